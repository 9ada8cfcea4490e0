"""The pages of the stored queries: the list of the questions, and a question with its form and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.answers import answer_of
from g60kg.describe.evidence import columns_of
from g60kg.query import Catalogue, Parameter, StoredQuery
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.plots import picture, relation
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import Page as Rows
from g60kg.serve.stored.params import Wrong
from g60kg.serve.values import Request, Response
from g60kg.store import Store
from g60kg.terms import RDF, RDFS, SKOS, iri

_FEW: Final = 100
"""Of a class with so many members or fewer, all names are offered without scripts."""

_NAMINGS: Final = (SKOS.prefLabel, RDFS.label, SKOS.altLabel)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its parameter, its class, what was given, what is wrong, and what may be given.

    `example` is that of the parameter, in the page's language. `nearest` are values that could be meant, each
    with the address of its answer.
    """

    parameter: Parameter
    class_: NamedNode | None
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
) -> Response:
    """Return the page of a stored query: its form, with its rows or with what is wrong."""
    page = Page(site, request)
    fields = [_field(page, each, values, problems) for each in stored.parameters]
    known = {each.name for each in stored.parameters}
    strange = [wrong for name, wrong in problems.items() if name not in known]
    answer = answer_of(site.kg.store, stored, rows) if rows is not None else None
    return page.render(
        "question.html",
        stored=stored,
        fields=fields,
        strange=strange,
        rows=rows,
        answer=answer,
        picture=picture(page, rows) if rows is not None else None,
        relation=relation(page, answer) if answer is not None else None,
        columns=columns_of(stored),
        given={name: [*each] for name, each in values.items()},
    )


def _field(
    page: Page, parameter: Parameter, values: Mapping[str, tuple[str, ...]], problems: Mapping[str, Wrong]
) -> Field:
    class_ = iri(parameter.class_) if parameter.class_ else None
    names = _names(page, class_) if class_ is not None else ()
    value = " | ".join(values.get(parameter.name, ()))
    wrong = problems.get(parameter.name)
    others = wrong.nearest if wrong and wrong.kind != "missing" else ()
    nearest = tuple((each, page.here(**{parameter.name: each})) for each in others)
    return Field(parameter, class_, _example(page, parameter), value, wrong, names, nearest)


def _example(page: Page, parameter: Parameter) -> str:
    """Return the example of a parameter; where it names an entity, by its name in the page's language."""
    example = parameter.example or parameter.hint or ""
    names = (example, example[:1].upper() + example[1:]) if parameter.type == "entity" else ()
    for naming, name in product(_NAMINGS, names):
        for quad in page.site.kg.store.match(None, naming, Literal(name, language="en")):
            return page.label(quad.subject)
    return example


def _names(page: Page, class_: NamedNode) -> tuple[str, ...]:
    """Return the names of the members of a class in the page's language, where they are few."""
    members = _members(page.site.kg.store, class_)
    return tuple(sorted({page.label(each) for each in members})) if len(members) <= _FEW else ()


def _members(store: Store, class_: NamedNode) -> set[NamedNode]:
    found: set[NamedNode] = set()
    for quad in store.match(None, RDF.type, class_):
        if isinstance(quad.subject, NamedNode):
            found.add(quad.subject)
        if len(found) > _FEW:
            break
    return found
