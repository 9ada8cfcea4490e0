"""The answer of a stored query as a table for a reader: its columns, and what each row rests on.

A column that holds only the name of a thing in another column is left out, since the thing bears its name;
so is the place of a quote, which leads there. A row rests on the fact that it states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Words, words_of
from g60kg.describe.evidence import stated
from g60kg.describe.facts import Fact, layers_of
from g60kg.describe.figures import figure_of, local, plain_number, unit_text
from g60kg.describe.lookup import Memo, Names, subjects
from g60kg.query import Rows, StoredQuery
from g60kg.store import UNION, Store, Term
from g60kg.terms import CLAIM, OA, XSD

PLAIN: Final = {"comparator": "exact", "basis": "said", "status": "accepted"}
"""What goes without saying of a figure or a fact, by its column."""
_NUMBERS: Final = frozenset(XSD[name].value for name in ("integer", "decimal", "double"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; `words` is where it stands in its article, if it is a quote or a claim."""

    term: Term | None
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row: its cells, and the fact that it states."""

    cells: tuple[Cell, ...]
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A table. `numbers` are the indexes of the columns of numbers."""

    columns: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[AnswerRow, ...]

    @property
    def has_facts(self) -> bool:
        """Whether any row rests on a fact that can be followed."""
        return any(row.fact for row in self.rows)


def answer_of(store: Store, query: StoredQuery, rows: Rows) -> Answer:
    """Return the rows of a query as a table, each with the fact that it states by the query's header."""
    store = Memo.over(store)
    places = _shown(rows, ("article", "date", "start", "end", "claim"))
    found = list[AnswerRow]()
    for row in rows.terms:
        fact = stated(store, query, rows.columns, row)
        graphs = {quad.graph_name for quad in store.match(*fact)} if fact else set()
        cells = tuple(_cell(store, rows.columns[place], row[place], row) for place in places)
        found.append(AnswerRow(cells, Fact(*fact, layers_of(graphs)) if fact and graphs else None))
    numbers = tuple(n for n, place in enumerate(places) if _is_number(rows, place))
    return Answer(tuple(rows.columns[place] for place in places), numbers, tuple(found))


def readable(store: Store, rows: Rows) -> Rows:
    """Return rows for a table in words: things and units by their names, numbers in full, no empty column."""
    names = Names(store)
    kept = _shown(rows, ("start", "end", "claim"))
    numbers = {place for place in kept if _is_number(rows, place)}

    def words(place: int, term: Term | None) -> Term | None:
        if term is None:
            return None
        if rows.columns[place] == "unit" and isinstance(term, NamedNode):
            return Literal(unit_text(term))
        if place in numbers and isinstance(term, Literal):
            return Literal(plain_number(term.value))
        return Literal(str(figure_of(store, term) or names.of(term)))

    terms = (tuple(words(place, row[place]) for place in kept) for row in rows.terms)
    return Rows(tuple(rows.columns[place] for place in kept), tuple(terms))


def _is_plain(rows: Rows, place: int) -> bool:
    """Whether a column says in all rows what goes without saying: an exact figure, said and accepted."""
    plain = PLAIN.get(rows.columns[place])
    terms = {row[place] for row in rows.terms} if plain else set()
    said = {local(each) if isinstance(each, NamedNode) else each and each.value for each in terms}
    return said in ({plain}, {plain.capitalize()}) if plain else False


def _shown(rows: Rows, placed: Sequence[str]) -> list[int]:
    """Return the places of the columns that hold something and say what no other says; of a quote, `placed`
    say where it stands.
    """
    columns, nothing = rows.columns, (None, Literal(""))
    return [
        place
        for place, name in enumerate(columns)
        if not (name in placed and "quote" in columns)
        and not _is_plain(rows, place)
        and not _names_another(name, columns)
        and (not rows.terms or any(row[place] not in nothing for row in rows.terms))
    ]


def _names_another(name: str, columns: Sequence[str]) -> bool:
    """Tell whether a column only names the thing that another holds.

    >>> columns = ("company", "name", "nameZh", "industry", "industryName")
    >>> [name for name in columns if not _names_another(name, columns)]
    ['company', 'industry']
    >>> _names_another("name", ("name", "count"))
    False
    """
    if name in ("name", "nameZh"):
        return columns[0] != name and columns[0] != "name"
    base = name.removesuffix("Zh").removesuffix("Name")
    return base != name and base in columns


def _is_number(rows: Rows, place: int) -> bool:
    if rows.columns[place].lower().endswith(("year", "from", "to")):
        return False
    terms = [row[place] for row in rows.terms if row[place] is not None]
    return bool(terms) and all(
        isinstance(each, Literal) and each.datatype.value in _NUMBERS for each in terms
    )


def _cell(store: Store, column: str, term: Term | None, row: Sequence[Term | None]) -> Cell:
    """Return a value; a quote is that of the claim, of all that have its words, of which the row speaks."""
    if isinstance(term, NamedNode) and term.value.startswith(CLAIM.base):
        return Cell(term, words_of(store, term))
    if column != "quote" or not isinstance(term, Literal):
        return Cell(term)
    claims = [
        claim
        for exact in subjects(store, OA.exact, term)
        for target in subjects(store, OA.hasSelector, exact)
        for claim in subjects(store, OA.hasTarget, target)
    ]
    best = max(claims, key=lambda claim: _shared(store, claim, row), default=None)
    return Cell(term, words_of(store, best) if best is not None else None)


def _shared(store: Store, claim: NamedNode, row: Sequence[Term | None]) -> int:
    """Return how much of a row a claim has: its article, what it states, and where."""
    words = words_of(store, claim)
    held = {quad.object for quad in store.match(claim, None, None, UNION)}
    places = {str(words.start), str(words.end)} if words else set()
    return sum(term in held or (isinstance(term, Literal) and term.value in places) for term in row if term)
