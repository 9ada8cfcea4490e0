"""The SPARQL endpoint at `/sparql`: a query is answered here, or by the server that keeps the graph; and the
page of the editor, a plain form that works without scripts, with the first rows, and no more read than these.

The engine writes a table piece by piece and is stopped where it is, so that a million rows are never made,
neither by the engine nor in Python. Who asks nothing is told what the endpoint is (`service.ttl`): its
languages, formats and graphs, and what `g60kg describe` counts, without blank nodes.

Sources: SPARQL 1.1 Service Description; VoID, section 6.2.
"""

import csv
import json
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, Final

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from g60kg.describe.lookup import subjects
from g60kg.query import Rows
from g60kg.serve.linked.published import served_dataset
from g60kg.serve.pages.links import link, texts
from g60kg.serve.pages.page import Page, environment
from g60kg.serve.problem import Refused, refusal
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS, HTML, TABLES, preferred, rdf, too_large, too_many
from g60kg.serve.sparql.protocol import Asked, base_of, read_asked
from g60kg.serve.sparql.update import update
from g60kg.serve.values import Limits, Request, Response, see
from g60kg.store import DiskStore, MemoryStore, Store, query_form, used_prefixes
from g60kg.store.engine import reading
from g60kg.terms import G60, OWL, PREFIXES, RDF, SCHEMA, SKOS

_HEADERS: Final = (("Vary", "Accept"), ("Server", "g60kg"))  # by which clients know it
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


def sparql(site: Site, request: Request) -> Response:
    """Answer a request of the protocol."""
    asked = read_asked(request)
    if asked is None:
        return _described(site, request)
    if asked.kind == "update":
        return update(site, request, asked)
    size, most = len(asked.text.encode()), site.limits.query_bytes
    if size > most:
        detail = f"the query is {size:,} bytes long, and may be {most:,.0f}; shorten it"
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
    offers = (*TABLES.media_types, *GRAPHS.media_types, HTML)
    if request.method != "GET" or asked.format or asked.has_dataset:
        offers = ()  # the editor's page can show no other answer than one over the whole graph
    if preferred(request.header("accept"), offers) == HTML:
        return editor(site, request)
    return query(site, request, asked)


def _described(site: Site, request: Request) -> Response:
    """Describe the service, or lead who wants a page to the editor; raises `Refused` (406)."""
    accept = request.header("accept")
    if preferred(accept, (*GRAPHS.media_types, HTML)) == HTML:
        return see(link(site, request, "editor"))
    text = (
        environment()
        .get_template("service.ttl")
        .render(tables=TABLES, forms=GRAPHS, writable=site.writable, graphs=site.kg.store.graphs())
    )
    quads = (
        *parse(text, RdfFormat.TURTLE, base_iri=base_of(site, request, "/sparql")),
        *served_dataset(site),
    )
    short = request.value("format") or request.value("output")
    return rdf((quad.triple for quad in quads), site.limits, accept, short, (("Vary", "Accept"),))


def query(site: Site, request: Request, asked: Asked) -> Response:
    """Answer a query.

    Raises `SparqlError` for one that does not parse or cannot be evaluated, `UpdateRefused` for an update
    and for a SERVICE, `LimitError` for an answer that is too large, `Refused`: 406 where no format suits, 501
    where another server keeps the graph and the request names a dataset.
    """
    accept = request.header("accept")
    if query_form(asked.text) not in ("select", "ask"):
        with reading("the store", asked.text):
            return rdf(_found(site, request, asked), site.limits, accept, asked.format, _HEADERS)
    table, kind = TABLES.chosen(accept, asked.format)
    with reading("the store", asked.text):
        found = _found(site, request, asked)
        sink = Sink(site.limits)
        found.serialize(sink, table.engine)
    body = sink.getvalue()
    if not isinstance(found, QueryBoolean) and has_more_rows(body, table.engine, site.limits.rows):
        raise too_many(site.limits.rows, "rows")
    return Response(body, kind, headers=_HEADERS)


def _found(site: Site, request: Request, asked: Asked) -> Any:
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        base = base_of(site, request, "/sparql")
        return store.engine.query(
            asked.text, base_iri=base, prefixes=used_prefixes(asked.text), **asked.options
        )
    if asked.has_dataset:
        detail = "this graph is kept by another server; name its graphs by FROM in the query"
        raise Refused(HTTPStatus.NOT_IMPLEMENTED, detail)
    form = query_form(asked.text)
    if form not in ("select", "ask"):
        return store.construct(asked.text)
    if form == "ask":
        text = json.dumps({"head": {}, "boolean": store.ask(asked.text)})
    else:
        text = Rows.of(store.select(asked.text), int(site.limits.rows) + 1).to_json()
    return parse_query_results(text, QueryResultsFormat.JSON)


class Sink(BytesIO):
    """A stream that takes an answer, up to the size that one may have."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def write(self, data: Any) -> int:
        """Take a piece; raises `LimitError` where the answer is too large now."""
        if self.tell() + len(data) > self._limits.answer_bytes:
            raise too_large(self._limits)
        return super().write(data)


_BETWEEN: Final = {
    QueryResultsFormat.JSON: b"},{",
    QueryResultsFormat.XML: b"<result>",
    QueryResultsFormat.CSV: b"\r\n",
    QueryResultsFormat.TSV: b"\n",
}
"""What a table has once for each row, or once more or less, and its texts may have."""


def has_more_rows(body: bytes, form: QueryResultsFormat, most: float) -> bool:
    """Whether a table has more rows than so many; it is read where a quick count does not tell."""
    if body.count(_BETWEEN[form]) < most:
        return False
    if form == QueryResultsFormat.CSV:
        return sum(1 for _ in csv.reader(StringIO(body.decode(), newline=""))) - 1 > most
    found: Any = parse_query_results(body, form)
    return sum(1 for _ in found) > most


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
