"""The pages of the stored queries: the list of the questions, and a question with its form and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from pyoxigraph import Literal

from g60kg.describe.answers import PLAIN, AnswerRow, answer_of
from g60kg.describe.evidence import columns_of
from g60kg.describe.supports import Supports
from g60kg.query import Catalogue, Parameter, StoredQuery
from g60kg.query import Rows as AllRows
from g60kg.serve.pages.facets import facets_of, key_of, map_of, only_of, time_of
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.plots import picture
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import Page as Rows
from g60kg.serve.stored.complete import members
from g60kg.serve.stored.params import Wrong
from g60kg.serve.values import Request, Response
from g60kg.terms import ID, RDFS, SKOS, UNIT, iri

_VIEWS: Final = ("cards", "table", "chart", "timeline", "map")
_BESIDE: Final = {**dict.fromkeys(("comparator", "unit"), ("value", "amount")), "dated": ("year",)}
"""Columns that stand in the cell of another, where that is there."""
_FEW: Final = 100
"""Of a class with so many members or fewer, all names are offered without scripts."""

_NAMINGS: Final = (SKOS.prefLabel, RDFS.label, SKOS.altLabel)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its parameter, what was given, what is wrong, and what may be given.

    `example` is that of the parameter, in the page's language. `nearest` are values that could be meant, each
    with the address of its answer.
    """

    parameter: Parameter
    example: str
    value: str
    wrong: Wrong | None
    names: tuple[str, ...]
    nearest: tuple[tuple[str, str], ...]


def questions_page(site: Site, request: Request, catalogue: Catalogue) -> Response:
    """Return the page that lists the stored queries by subject."""
    return Page(site, request).render("questions.html", groups=catalogue.groups())


def question_page(
    site: Site,
    request: Request,
    stored: StoredQuery,
    values: Mapping[str, tuple[str, ...]],
    rows: Rows | None,
    problems: Mapping[str, Wrong],
    whole: AllRows | None = None,
) -> Response:
    """Return the page of a stored query: its form, with its rows or with what is wrong.

    `whole` are all its rows, from which the facets are counted.
    """
    page = Page(site, request)
    fields = [_field(page, each, values, problems) for each in stored.parameters]
    known = {each.name for each in stored.parameters}
    strange = [wrong for name, wrong in problems.items() if name not in known]
    given: dict[str, Any] = {name: [*each] for name, each in values.items()}
    given |= {"only": request.values("only") or None, "view": request.value("view")}
    return page.render(
        "question.html",
        embedded=request.route == "embed",
        whole=page.link("query", name=stored.name, **given),
        stored=stored,
        fields=fields,
        strange=strange,
        rows=rows,
        columns=columns_of(stored),
        given=given,
        **(_shown(page, stored, rows, whole or rows) if rows is not None else {}),
    )


def _shown(page: Page, stored: StoredQuery, rows: Rows, whole: AllRows) -> dict[str, Any]:
    """Return what the template shows of rows: the views there are, the one that is wanted, and its parts."""
    store = page.site.memo
    answer, time, only = (
        answer_of(store, stored, rows),
        time_of(rows, {each.name for each in stored.columns}),
        only_of(page.request),
    )
    drawn = {"picture": picture(page, rows), "map": map_of(page, rows)}
    supports = Supports(store)

    def sources(row: AnswerRow) -> tuple[str, ...]:
        is_held = row.fact is not None and "register" in row.fact.layers
        return supports.sources(row.fact.triple) if row.fact and is_held else ()

    has: dict[str, object] = {"cards": answer.has_facts or answer.has_words, "table": True}
    has |= {"timeline": time and answer.rows, "chart": drawn["picture"]}
    has["map"] = drawn["map"]
    views = [name for name in _VIEWS if has[name]]
    view = page.request.value("view")
    when = rows.columns.index(time) if time else 0
    beside = {
        name: n
        for n, name in enumerate(answer.columns)
        if not {*_BESIDE.get(name, ())}.isdisjoint(answer.columns)
    }
    quotes = {n for row in answer.rows for n, cell in enumerate(row.cells) if cell.words}
    dated = zip((key_of(time or "", row[when]) for row in rows.terms), answer.rows, strict=True)
    return {
        **drawn,
        "answer": answer,
        "beside": beside,
        "places": [n for n, name in enumerate(answer.columns) if name not in beside and n not in quotes],
        "obvious": PLAIN | {"unit": UNIT.NUM.value},
        "views": views,
        "view": view if view in views else views[0],
        "dated": sorted(dated, key=lambda pair: pair[0]) if time else [],
        "facets": facets_of(whole, only),
        "sources": sources,
        "thing": ID.__getitem__,
    }


def _field(
    page: Page, parameter: Parameter, values: Mapping[str, tuple[str, ...]], problems: Mapping[str, Wrong]
) -> Field:
    found = members(page.site, iri(parameter.class_).value) if parameter.class_ else ()
    names = tuple(sorted({page.label(each) for each in found})) if len(found) <= _FEW else ()
    value = " | ".join(values.get(parameter.name, ()))
    wrong = problems.get(parameter.name)
    others = wrong.nearest if wrong and wrong.kind != "missing" else ()
    nearest = tuple((each, page.here(**{parameter.name: each})) for each in others)
    return Field(parameter, _example(page, parameter), value, wrong, names, nearest)


def _example(page: Page, parameter: Parameter) -> str:
    """Return the example of a parameter; where it names an entity, by its name in the page's language."""
    example = parameter.example or parameter.hint or ""
    names = (example, example[:1].upper() + example[1:]) if parameter.type == "entity" else ()
    for naming, name in product(_NAMINGS, names):
        for quad in page.site.kg.store.match(None, naming, Literal(name, language="en")):
            return page.label(quad.subject)
    return example
