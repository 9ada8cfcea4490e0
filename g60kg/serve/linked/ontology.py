"""The ontology: `/ontology`, for people as a page, for programs as RDF.

Goes in: a `Site` and a `Request`. Comes out: the page, or 303 to the data. The ontology's IRIs are of the
kind that ends in `#Name`: the page has an anchor of that name for each term, and the data hold them all.
"""

from functools import partial
from http import HTTPStatus

from g60kg.serve.linked.forms import ENDINGS, wants_page, written
from g60kg.serve.linked.leading import see
from g60kg.serve.linked.saying import say
from g60kg.serve.linked.vocabulary import KINDS, Vocabulary, vocabulary
from g60kg.serve.pages.links import root
from g60kg.serve.pages.page import Page, render
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS
from g60kg.serve.stored.epoch import epoch
from g60kg.serve.values import Request, Response
from g60kg.terms import DCTERMS, G60, ONTOLOGY_GRAPH, OWL, curie


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
