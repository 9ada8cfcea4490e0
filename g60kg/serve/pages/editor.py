"""The SPARQL editor: a plain form that works without scripts, and what scripts make the editor of.

It shows the first rows of an answer, and reads no more than it shows. Programs ask `/sparql`.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.lookup import subjects
from g60kg.serve.pages.links import texts
from g60kg.serve.pages.page import Page
from g60kg.serve.problem import refusal
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.store import Store, query_form
from g60kg.terms import G60, OWL, PREFIXES, RDF, SCHEMA, SKOS

SHOWN: Final = 200
_TRIPLE: Final = ("subject", "predicate", "object")
_BEGIN: Final = """SELECT ?company ?name WHERE {
  ?company a g60:Company ;
           skos:prefLabel ?name .
  FILTER(LANG(?name) = "%s")
}
ORDER BY ?name
LIMIT 20
"""
_DECLARED: Final = ("g60", "id", "skos")
_BORROWED: Final = {
    *(RDF.type.value, SCHEMA.sameAs.value),
    *(SKOS[name].value for name in ("prefLabel", "altLabel", "hiddenLabel", "broader")),
}


@dataclass(frozen=True, slots=True)
class Results:
    """Rows below their columns, of which there may be more; or `truth`, the answer of an ASK query."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    is_more: bool = False
    truth: bool | None = None


def editor(site: Site, request: Request) -> Response:
    """Return the page of the editor; what is wrong with a query stands beside it."""
    page = Page(site, request)
    query = request.value("query") or ""
    found, wrong = None, None
    if query.strip():
        try:
            found = results(site.kg.store, query)
        except Exception as error:
            wrong = refusal(error)
    return page.render(
        "editor.html",
        status=wrong.status.value if wrong else 200,
        query=query or _example(page),
        found=found,
        wrong=wrong.detail if wrong else None,
        groups=site.kg.catalogue.groups(),
        data=_data(page),
    )


def _example(page: Page) -> str:
    """Return the query to begin with: the stored one that was chosen, else a short one."""
    name = page.request.value("example")
    if name:
        return page.site.kg.catalogue[name].sparql
    declared = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in _DECLARED)
    return f"{declared}\n{_BEGIN % page.language}"


def _data(page: Page) -> dict[str, Any]:
    """Return what the script makes the editor of; its terms are the ontology's, and those borrowed most."""

    def terms(*classes: NamedNode) -> set[str]:
        found = {each.value for kind in classes for each in subjects(page.site.kg.store, RDF.type, kind)}
        return {each for each in found if each.startswith(G60.base)}

    properties = terms(OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return {
        "endpoint": page.link("sparql"),
        "prefixes": dict(PREFIXES),
        "words": texts(f"editor.{page.language}") if page.language != "en" else {},
        "name": page.request.value("example") or page.t("editor.tab"),
        "given": bool(page.request.value("query") or page.request.value("example")),
        "classes": sorted(terms(OWL.Class)),
        "properties": sorted(properties | _BORROWED),
    }


def results(store: Store, text: str) -> Results:
    """Return the first rows of an answer.

    Raises `SparqlError` with the place, `UpdateRefused` for an update or a SERVICE.
    """
    form = query_form(text)
    if form == "ask":
        return Results(truth=store.ask(text))
    found = store.select(text) if form == "select" else None
    rows = found.rows if found else map(tuple, store.construct(text))
    shown = tuple(islice(rows, SHOWN + 1))
    return Results(found.columns if found else _TRIPLE, shown[:SHOWN], len(shown) > SHOWN)
