"""The answer of a stored query as a table for a reader: its columns, and what each row rests on.

Goes in: a store, a stored query and its rows. Comes out: an `Answer`. A column that holds only the name of a
thing in another column is left out: the thing bears its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.query import Rows, StoredQuery
from g60kg.serve.views.claims import Words, words_of
from g60kg.serve.views.facts import layers_of
from g60kg.serve.views.figures import figure_of
from g60kg.serve.views.memo import Memo
from g60kg.serve.views.reading import subjects
from g60kg.serve.views.supports import Triple
from g60kg.store import Store, Term
from g60kg.terms import CLAIM, G60, ID, OA, RDF, RDFS, SCHEMA, SKOS, XSD

_MOST: Final = 3
"""So many facts of a row are offered to be followed."""
_FIGURES: Final = 100
_NAMINGS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label)
_NUMBERS: Final = frozenset(XSD[name].value for name in ("integer", "decimal", "double"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; `words` is where it stands in its article, if it is a quote or a claim."""

    term: Term | None
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that a row rests on, and the layers that hold it."""

    triple: Triple
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row: its cells, and facts that hold between its things."""

    cells: tuple[Cell, ...]
    facts: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A table. `numbers` are the indexes of the columns of numbers."""

    columns: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[AnswerRow, ...]

    @property
    def has_facts(self) -> bool:
        """Whether any row rests on a fact that can be followed."""
        return any(row.facts for row in self.rows)


def answer_of(store: Store, query: StoredQuery, rows: Rows) -> Answer:
    """Return the rows of a query as a table."""
    store = Memo.over(store)
    shown = shown_columns(rows.columns)
    places = [rows.columns.index(name) for name in shown]
    return Answer(
        shown,
        tuple(n for n, place in enumerate(places) if _is_number(rows, place)),
        tuple(
            AnswerRow(
                tuple(_cell(store, shown[n], row[place]) for n, place in enumerate(places)),
                tuple(facts_of_row(store, row)),
            )
            for row in rows.terms
        ),
    )


def shown_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns without those that only name what another column holds.

    >>> shown_columns(("company", "name", "nameZh", "industry", "industryName"))
    ('company', 'industry')
    >>> shown_columns(("name", "count"))
    ('name', 'count')
    """
    return tuple(name for name in columns if not _names_another(name, columns))


def _names_another(name: str, columns: Sequence[str]) -> bool:
    if name in ("name", "nameZh"):
        return columns[0] != name and columns[0] != "name"
    base = name.removesuffix("Zh").removesuffix("Name")
    return base != name and base in columns


def _is_number(rows: Rows, place: int) -> bool:
    terms = [row[place] for row in rows.terms if row[place] is not None]
    numbers = [each for each in terms if isinstance(each, Literal) and each.datatype.value in _NUMBERS]
    return bool(terms) and len(numbers) == len(terms)


def _cell(store: Store, column: str, term: Term | None) -> Cell:
    if isinstance(term, NamedNode) and term.value.startswith(CLAIM.base):
        return Cell(term, words_of(store, term))
    if column == "quote" and isinstance(term, Literal):
        return Cell(term, _place(store, term))
    return Cell(term)


def _place(store: Store, quote: Literal) -> Words | None:
    """Return where the words of a quote stand, of the first claim that has them."""
    for exact in subjects(store, OA.exact, quote):
        for target in subjects(store, OA.hasSelector, exact):
            for claim in subjects(store, OA.hasTarget, target):
                return words_of(store, claim)
    return None


def facts_of_row(store: Store, row: Sequence[Term | None]) -> Iterator[Held]:
    """Yield facts that hold between the things of a row, those that are held before those that follow."""
    things = [each for each in dict.fromkeys(row) if isinstance(each, NamedNode) and _is_thing(each)]
    others = [each for each in dict.fromkeys(row) if each is not None and not _is_text(each)]
    found: dict[Triple, set[object]] = {}
    for thing in things:
        for other in others:
            for quad in store.match(thing, None, other) if other != thing else ():
                if quad.predicate not in _NAMINGS and not quad.predicate.value.startswith(SCHEMA.base):
                    found.setdefault((thing, quad.predicate, other), set()).add(quad.graph_name)
        for triple, graphs in _figures(store, thing, others):
            found.setdefault(triple, set()).update(graphs)
    held = sorted(
        (Held(triple, layers_of(graphs)) for triple, graphs in found.items()),
        key=lambda each: ("inferred" in each.layers, each.triple[1] == RDF.type),
    )
    yield from _without_inverses(held)


def _figures(store: Store, thing: NamedNode, others: Sequence[Term]) -> Iterator[tuple[Triple, set[object]]]:
    """Yield the figures of a thing whose value stands in the row, with all things that limit them."""
    values = {each.value for each in others if isinstance(each, Literal)}
    for quad in islice(store.match(None, G60.statisticOf, thing), _FIGURES) if values else ():
        figure = figure_of(store, quad.subject)
        if figure and figure.measure and figure.value in values:
            limits = {term for _, term in figure.limits if isinstance(term, NamedNode)}
            if limits <= set(others):
                graphs: set[object] = {q.graph_name for q in store.match(thing, figure.measure, figure.node)}
                yield (thing, figure.measure, figure.node), graphs


def _without_inverses(held: Sequence[Held]) -> Iterator[Held]:
    """Yield facts, of those between the same two things only the first: the rest are its inverse or wider."""
    seen: set[frozenset[str]] = set()
    for each in held:
        ends = frozenset((str(each.triple[0]), str(each.triple[2])))
        if ends not in seen and len(seen) < _MOST:
            seen.add(ends)
            yield each


def _is_thing(term: NamedNode) -> bool:
    return term.value.startswith(ID.base)


def _is_text(term: Term) -> bool:
    return isinstance(term, Literal) and (term.language is not None or term.datatype == XSD.string)
