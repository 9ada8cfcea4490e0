"""The ontology: `/ontology`, for people as a page, for programs as RDF.

The ontology's IRIs are of the kind that ends in `#Name`: the page has an anchor of that name for each
term, with its axioms as sentences in the reader's language, and the data hold them all.
"""

from functools import partial
from http import HTTPStatus
from typing import Final

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from g60kg.serve.linked.axioms import Part, Sentence
from g60kg.serve.linked.forms import ENDINGS, see, wants_page, written
from g60kg.serve.linked.vocabulary import KINDS, Vocabulary, vocabulary
from g60kg.serve.pages.links import root
from g60kg.serve.pages.page import Page, render
from g60kg.serve.pages.text import texts
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS
from g60kg.serve.stored.names import epoch
from g60kg.serve.values import Request, Response
from g60kg.terms import DCTERMS, G60, ONTOLOGY_GRAPH, OWL, curie

_VARIABLES: Final = {name: Markup("<var>{}</var>").format(name) for name in "xyz"}


def say(page: Page, part: Part) -> Markup:
    """Return a sentence, or a part of one, in the language of a page."""
    if isinstance(part, Sentence):
        words = Markup(texts(page.language)[f"say.{part.key}"])
        parts = {name: say(page, each) for name, each in part.parts}
        return words.format(**(_VARIABLES | parts))
    if isinstance(part, tuple):
        comma = Markup(escape(texts(page.language)["say.comma"]))
        return comma.join(say(page, each) for each in part)
    return term(page, part) if isinstance(part, NamedNode) else _plain(part)


def term(page: Page, iri: NamedNode) -> Markup:
    """Return a term by its name, linked to where it is told of: our own are on the same page."""
    own = iri.value.startswith(G60.base)
    address = f"#{iri.value.removeprefix(G60.base)}" if own else page.address(iri)
    name = escape(page.label(iri))
    return Markup('<a class="term" href="{}">{}</a>').format(address, name) if address else name


def _plain(part: Literal | str) -> Markup:
    """Return a literal's text, or a variable."""
    if isinstance(part, str):
        return Markup("<var>{}</var>").format(part)
    return escape(part.value)


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
    links = [f'<{G60.base.rstrip("#")}>; rel="describes"']
    links += [f'<{root(site)}/ontology>; rel="alternate"; type="text/html"']
    quads = site.kg.store.match(graph=ONTOLOGY_GRAPH)
    return written(quads, site.limits, "", ending, (("Link", ", ".join(links)),))


def version(site: Site, request: Request) -> Response:
    """Lead from the IRI of a version of the ontology to the ontology, if it is that which is served."""
    known = vocabulary(site.kg, epoch(site))
    wanted = f"{G60.base.rstrip('#')}/{request.path['version']}"
    versions = [each.value for each in known.axioms.named(known.ontology, OWL.versionIRI)]
    if wanted not in versions:
        served = ", ".join(each.rpartition("/")[2] for each in versions) or "none"
        raise Refused(HTTPStatus.NOT_FOUND, f"no such version of the ontology; served: {served}")
    return see(f"{root(site)}/ontology")


def _page(site: Site, request: Request) -> Response:
    known = vocabulary(site.kg, epoch(site))
    page = Page(site, request)
    return render(
        site,
        request,
        "ontology.html",
        page=page,
        vocabulary=known,
        about=_about(known, page.language),
        kinds=KINDS,
        say=partial(say, page),
        curie=curie,
        endings=ENDINGS,
        borrowed=_borrowed(known),
        title=lambda name: site.kg.catalogue[name].title.said_in(page.language),
    )


def _about(known: Vocabulary, language: str) -> dict[str, str]:
    """Return what the ontology says of itself, in a language where it does."""
    found = {}
    for name in ("title", "description", "license", "creator", "issued", "bibliographicCitation"):
        texts = known.axioms.texts(known.ontology, DCTERMS[name])
        iris = known.axioms.named(known.ontology, DCTERMS[name])
        text = texts.get(language) or texts.get("en") or texts.get("")
        found[name] = text or next((each.value for each in iris), "")
    info = known.axioms.texts(known.ontology, OWL.versionInfo)
    return found | {"version": next(iter(info.values()), ""), "iri": known.ontology.value}


def _borrowed(known: Vocabulary) -> dict[str, list[tuple[str, str]]]:
    """Return the alignments by the prefix of the vocabulary: the names of our term and of theirs."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in known.entries.values():
        for other in entry.aligned:
            found.setdefault(curie(other).partition(":")[0], []).append((entry.anchor, curie(other)))
    return dict(sorted(found.items()))
