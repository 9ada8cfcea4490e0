"""The ontology: `/ontology`, for people as a page, for programs as RDF.

The ontology's IRIs are of the kind that ends in `#Name`: the page has an anchor of that name for each term,
with its place in the hierarchy, its axioms as sentences in the reader's language, how often the graph uses
it, and which stored queries do. The data hold all axioms.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from markupsafe import Markup, escape
from pyoxigraph import NamedNode

from g60kg.describe.lookup import grouped
from g60kg.serve.linked.axioms import Axioms, Part, Sentence, of_class, of_property
from g60kg.serve.linked.published import described
from g60kg.serve.pages.links import root, texts
from g60kg.serve.pages.page import Page
from g60kg.serve.problem import absent
from g60kg.serve.site import Site, while_unchanged
from g60kg.serve.sparql.formats import ENDINGS, GRAPHS, rdf, wants_page
from g60kg.serve.values import Request, Response, see
from g60kg.terms import DCTERMS, G60, ONTOLOGY_GRAPH, OWL, RDF, RDFS, SKOS, curie

_KINDS: Final = ("class", "relation", "measure", "attribute", "individual")
_ORDER: Final = ("class", "measure", "relation", "attribute", "individual")
_VARIABLE: Final = Markup("<var>{}</var>")
_TERM: Final = Markup('<a href="{}">{}</a>')
_ONTOLOGY: Final = G60.base.rstrip("#")
_TOLD: Final = ("title", "description", "license", "creator", "issued", "bibliographicCitation")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the ontology's own. `aligned` are the terms of others that it is below, or is like."""

    iri: NamedNode
    kind: str
    labels: dict[str, str]
    definitions: dict[str, str]
    parents: tuple[NamedNode, ...]
    children: tuple[NamedNode, ...]
    aligned: tuple[NamedNode, ...]
    sentences: tuple[Sentence, ...]
    uses: int
    queries: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """What follows `#` in its IRI, and in its address."""
        return self.iri.value.removeprefix(G60.base)

    def definition(self, language: str) -> tuple[str, str] | None:
        """Return the language and the words of what it means: in a language, else in English, else in any."""
        for each in (language, "en", *self.definitions):
            if each in self.definitions:
                return each, self.definitions[each]
        return None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ontology: its axioms, itself, and its terms."""

    axioms: Axioms
    ontology: NamedNode
    entries: dict[NamedNode, Entry]

    def of(self, kind: str) -> list[Entry]:
        """Return the terms of a kind."""
        return [entry for entry in self.entries.values() if entry.kind == kind]

    def tops(self, kind: str) -> list[Entry]:
        """Return the terms of a kind that have no parent among the ontology's own."""
        return [entry for entry in self.of(kind) if not entry.parents]

    def about(self, language: str) -> dict[str, str]:
        """Return what the ontology says of itself, in a language where it does."""
        found = {"iri": self.ontology.value}
        for name, property_ in (*((each, DCTERMS[each]) for each in _TOLD), ("version", OWL.versionInfo)):
            said = self.axioms.texts(self.ontology, property_)
            iris = [each.value for each in self.axioms.named(self.ontology, property_)]
            found[name] = said.get(language) or said.get("en") or said.get("") or next(iter(iris), "")
        return found

    def borrowed(self) -> dict[str, list[tuple[str, str]]]:
        """Return the alignments by the prefix of the vocabulary: the names of our term and of theirs."""
        pairs = ((entry.anchor, curie(other)) for entry in self.entries.values() for other in entry.aligned)
        return dict(sorted(grouped((pair[1].partition(":")[0], pair) for pair in pairs).items()))


@while_unchanged(1, elsewhere=True)
def vocabulary(site: Site) -> Vocabulary:
    """Return the vocabulary of a graph."""
    axioms = Axioms(site.kg.store.match(graph=ONTOLOGY_GRAPH))
    counts = described(site)
    uses = {part.iri: part.count for part in (*counts.classes, *counts.properties)}
    queries: dict[str, tuple[str, ...]] = {}
    for stored in site.kg.catalogue:
        for name in sorted(set(re.findall(r"\bg60:(\w+)", stored.text))):
            queries[G60.base + name] = (*queries.get(G60.base + name, ()), stored.name)
    measures = axioms.of_type(G60.Measure)
    relations = [each for each in axioms.of_type(OWL.ObjectProperty) if each not in measures]
    attributes = axioms.of_type(OWL.DatatypeProperty, OWL.AnnotationProperty)
    individuals = axioms.of_type(OWL.NamedIndividual)
    terms = (axioms.of_type(OWL.Class), measures, relations, attributes, individuals)
    kinds = {iri: kind for kind, found in zip(_ORDER, terms, strict=True) for iri in found if _is_own(iri)}
    places = {iri: _above(axioms, kind, iri) for iri, kind in kinds.items()}
    entries = {
        iri: Entry(
            iri,
            kind,
            labels=axioms.texts(iri, RDFS.label),
            definitions=axioms.texts(iri, SKOS.definition),
            parents=tuple(each for each in places[iri] if _is_own(each)),
            children=tuple(each for each, above in places.items() if iri in above),
            aligned=tuple(_aligned(axioms, iri, places[iri])),
            sentences=tuple(of_class(axioms, iri) if kind == "class" else of_property(axioms, iri)),
            uses=uses.get(iri.value, 0),
            queries=queries.get(iri.value, ()),
        )
        for iri, kind in kinds.items()
    }
    return Vocabulary(axioms, next(iter(axioms.of_type(OWL.Ontology)), NamedNode(_ONTOLOGY)), entries)


def _is_own(term: NamedNode) -> bool:
    return term.value.startswith(G60.base)


def _above(axioms: Axioms, kind: str, iri: NamedNode) -> list[NamedNode]:
    """Return what a term is directly below; a class also below those that its definition narrows."""
    if kind != "class":
        return axioms.named(iri, RDF.type if kind == "individual" else RDFS.subPropertyOf)
    same = axioms.nodes(iri, OWL.equivalentClass)
    narrowed = (part for node in same for part in axioms.members(node, OWL.intersectionOf))
    found = [*axioms.named(iri, RDFS.subClassOf), *(each for each in narrowed if isinstance(each, NamedNode))]
    return list(dict.fromkeys(found))


def _aligned(axioms: Axioms, iri: NamedNode, above: Iterable[NamedNode]) -> Iterator[NamedNode]:
    """Yield the terms of other vocabularies that a term is below, the same as, or like."""
    like = (RDFS.seeAlso, OWL.equivalentClass, OWL.equivalentProperty, SKOS.closeMatch)
    for other in dict.fromkeys((*above, *(each for way in like for each in axioms.named(iri, way)))):
        if not (_is_own(other) or other.value.startswith(OWL.base)):
            yield other


def say(page: Page, part: Part) -> Markup:
    """Return a sentence, or a part of one, in the language of a page; our own terms are on the same page."""
    known = texts(page.language)
    if isinstance(part, Sentence):
        parts = {name: say(page, each) for name, each in part.parts.items()}
        variables = {name: _VARIABLE.format(name) for name in "xyz"}
        return Markup(known[f"say.{part.key}"]).format(**(variables | parts))
    if isinstance(part, tuple):
        return Markup(escape(known["home.comma"])).join(say(page, each) for each in part)
    if isinstance(part, str):
        return _VARIABLE.format(part)
    if not isinstance(part, NamedNode):
        return escape(part.value)
    address = f"#{part.value.removeprefix(G60.base)}" if _is_own(part) else page.address(part)
    name = escape(page.label(part))
    return _TERM.format(address, name) if address else name


def ontology(site: Site, request: Request) -> Response:
    """Answer with the page of the ontology, or lead to its data; raises `Refused` (406)."""
    accept = request.header("accept")
    if wants_page(accept):
        return _page(site, request)
    form, _ = GRAPHS.chosen(accept)
    ending = next(ending for ending, media in ENDINGS.items() if media == form.media_types[0])
    return see(f"{root(site)}/ontology.{ending}")


def data(site: Site, request: Request) -> Response:
    """Return the ontology in the format of an address's ending; raises `Refused` (406)."""
    ending = request.path["format"]
    if ending == "html":
        return _page(site, request)
    links = f'<{_ONTOLOGY}>; rel="describes", <{root(site)}/ontology>; rel="alternate"; type="text/html"'
    quads = site.kg.store.match(graph=ONTOLOGY_GRAPH)
    return rdf(quads, site.limits, "", ending, (("Link", links),))


def version(site: Site, request: Request) -> Response:
    """Lead from the IRI of a version of the ontology to the ontology, if it is that which is served."""
    known = vocabulary(site)
    versions = [each.value for each in known.axioms.named(known.ontology, OWL.versionIRI)]
    if f"{_ONTOLOGY}/{request.path['version']}" not in versions:
        served = ", ".join(each.rpartition("/")[2] for each in versions) or "none"
        raise absent(f"no such version of the ontology; served: {served}")
    return see(f"{root(site)}/ontology")


def _page(site: Site, request: Request) -> Response:
    known = vocabulary(site)
    page = Page(site, request)
    return page.render(
        "ontology.html",
        vocabulary=known,
        about=known.about(page.language),
        kinds=_KINDS,
        say=partial(say, page),
        endings=ENDINGS,
        borrowed=known.borrowed(),
        title=lambda name: site.kg.catalogue[name].title.said_in(page.language),
    )
