"""The answer of a stored query as a table for a reader: its columns, and what each row rests on.

A column that holds only the name of a thing in another column is left out, since the thing bears its name;
so is the place of a quote, which leads there. A row rests on the facts that hold between its things.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Words, words_of
from g60kg.describe.facts import layers_of
from g60kg.describe.figures import Figure, figure_of
from g60kg.describe.lookup import Memo, subjects
from g60kg.describe.supports import Parts
from g60kg.query import Rows
from g60kg.reason import Explanation
from g60kg.store import Store, Term
from g60kg.terms import CLAIM, G60, ID, OA, RDF, RDFS, SCHEMA, SKOS, XSD

Why = Callable[[NamedNode, NamedNode, Term], Explanation | None]
"""Gives the proof of a fact, if there is one of a bounded size."""
_NUMBERS: Final = frozenset(XSD[name].value for name in ("integer", "decimal", "double"))
_MOST: Final = 3
_FIGURES: Final = 100
_NAMINGS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label)


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that a row rests on, and the layers that hold it."""

    triple: Parts
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; `words` is where it stands in its article, if it is a quote or a claim."""

    term: Term | None
    words: Words | None = None


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

    @property
    def has_words(self) -> bool:
        """Whether any row holds words of an article."""
        return any(cell.words for row in self.rows for cell in row.cells)


def evidence_of(row: AnswerRow, why: Why) -> tuple[tuple[Words, ...], tuple[str, ...]]:
    """Return the words that a row holds, else those that the proofs of its facts lead to; and where the
    register has from what they take from it.
    """
    held = tuple(cell.words for cell in row.cells if cell.words)
    proofs = (why(*fact.triple) for fact in row.facts if not held)
    found = [each for proof in proofs if proof for part in proof.parts() for each in part.evidence]
    said = (Words(e.article, e.start or 0, e.end or 0, e.quote) for e in found if e.article and e.quote)
    sources = (e.source for e in found if e.kind == "register" and e.source)
    return (held or tuple(dict.fromkeys(said)))[:_MOST], tuple(dict.fromkeys(sources))[:_MOST]


def answer_of(store: Store, rows: Rows) -> Answer:
    """Return the rows of a query as a table."""
    store = Memo.over(store)
    rests = _Rests(store)
    shown = shown_columns(rows.columns)
    places = [rows.columns.index(name) for name in shown]
    return Answer(
        shown,
        tuple(n for n, place in enumerate(places) if _is_number(rows, place)),
        tuple(
            AnswerRow(
                tuple(_cell(store, shown[n], row[place], row) for n, place in enumerate(places)),
                rests.of(row),
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
    >>> shown_columns(("subject", "quote", "article", "start", "end"))
    ('subject', 'quote')
    """
    placed = ("article", "start", "end") if "quote" in columns else ()
    return tuple(name for name in columns if name not in placed and not _names_another(name, columns))


def _names_another(name: str, columns: Sequence[str]) -> bool:
    if name in ("name", "nameZh"):
        return columns[0] != name and columns[0] != "name"
    base = name.removesuffix("Zh").removesuffix("Name")
    return base != name and base in columns


def _is_number(rows: Rows, place: int) -> bool:
    if rows.columns[place].lower().endswith("year"):
        return False
    terms = [row[place] for row in rows.terms if row[place] is not None]
    numbers = [each for each in terms if isinstance(each, Literal) and each.datatype.value in _NUMBERS]
    return bool(terms) and len(numbers) == len(terms)


def _cell(store: Store, column: str, term: Term | None, row: Sequence[Term | None]) -> Cell:
    if isinstance(term, NamedNode) and term.value.startswith(CLAIM.base):
        return Cell(term, words_of(store, term))
    if column == "quote" and isinstance(term, Literal):
        return Cell(term, _place(store, term, row))
    return Cell(term)


def _place(store: Store, quote: Literal, row: Sequence[Term | None]) -> Words | None:
    """Return where the words of a quote stand: of the claims that have them, that which the row speaks of."""
    claims = [
        claim
        for exact in subjects(store, OA.exact, quote)
        for target in subjects(store, OA.hasSelector, exact)
        for claim in subjects(store, OA.hasTarget, target)
    ]
    best = max(claims, key=lambda claim: _shared(store, claim, row), default=None)
    return words_of(store, best) if best is not None else None


def _shared(store: Store, claim: NamedNode, row: Sequence[Term | None]) -> int:
    """Return how much of a row a claim has: its article, what it states, and where."""
    words = words_of(store, claim)
    held = {quad.object for quad in store.match(claim)}
    places = {str(words.start), str(words.end)} if words else set()
    return sum(term in held or (isinstance(term, Literal) and term.value in places) for term in row if term)


class _Rests:
    """What the rows of one answer rest on; the figures of a thing are read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._figures: dict[NamedNode, tuple[Figure, ...]] = {}

    def of(self, row: Sequence[Term | None]) -> tuple[Held, ...]:
        """Return facts that hold between the things of a row, those held before those that follow."""
        others = [each for each in dict.fromkeys(row) if each is not None and not _is_text(each)]
        things = [each for each in others if isinstance(each, NamedNode) and each.value.startswith(ID.base)]
        found: dict[Parts, set[object]] = {}
        for thing in things:
            for triple, graph in (*self._between(thing, others), *self._measured(thing, others)):
                found.setdefault(triple, set()).add(graph)
        held = [Held(triple, layers_of(graphs)) for triple, graphs in found.items()]
        held.sort(key=lambda each: ("inferred" in each.layers, each.triple[1] == RDF.type))
        return tuple(_without_inverses(held))

    def _between(self, thing: NamedNode, others: Sequence[Term]) -> Iterator[tuple[Parts, object]]:
        """Yield the facts from a thing to the others, with the graphs that hold them."""
        for other in others:
            for quad in self._store.match(thing, None, other) if other != thing else ():
                if quad.predicate not in _NAMINGS and not quad.predicate.value.startswith(SCHEMA.base):
                    yield (thing, quad.predicate, other), quad.graph_name

    def _measured(self, thing: NamedNode, others: Sequence[Term]) -> Iterator[tuple[Parts, object]]:
        """Yield the figures of a thing whose value stands in the row, with all things that limit them.

        Where there is only one with that value, it is meant.
        """
        values = {each.value for each in others if isinstance(each, Literal)}
        fitting = [each for each in self._figures_of(thing) if each.value in values] if values else []
        limits = {each: {term for _, term in each.limits if isinstance(term, NamedNode)} for each in fitting}
        whole = [each for each in fitting if limits[each] <= set(others)]
        for each in whole or (fitting if len(fitting) == 1 else ()):
            assert each.measure is not None
            for quad in self._store.match(thing, each.measure, each.node):
                yield (thing, each.measure, each.node), quad.graph_name

    def _figures_of(self, thing: NamedNode) -> tuple[Figure, ...]:
        if thing not in self._figures:
            nodes = islice(self._store.match(None, G60.statisticOf, thing), _FIGURES)
            found = (figure_of(self._store, quad.subject) for quad in nodes)
            self._figures[thing] = tuple(each for each in found if each and each.measure is not None)
        return self._figures[thing]


def _without_inverses(held: Sequence[Held]) -> Iterator[Held]:
    """Yield facts, of those between the same two things only the first: the rest are its inverse or wider."""
    seen: set[frozenset[str]] = set()
    for each in held:
        ends = frozenset((str(each.triple[0]), str(each.triple[2])))
        if ends not in seen and len(seen) < _MOST:
            seen.add(ends)
            yield each


def _is_text(term: Term) -> bool:
    return isinstance(term, Literal) and (term.language is not None or term.datatype == XSD.string)
