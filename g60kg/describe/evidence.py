"""What says the rows of a stored query: the words, their article and date, and how that is known.

Goes in: rows, and what a row states by the query's header. Comes out: the rows with five columns more. A fact
that follows has the words of the first claim that its smallest proof rests on.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from g60kg.describe.claims import words_of
from g60kg.describe.lookup import Memo, node, value
from g60kg.describe.supports import Parts, Supports, fact_of
from g60kg.errors import LimitError
from g60kg.query import Column, Rows, StoredQuery, Text
from g60kg.query.model import EVIDENCE
from g60kg.reason.explanation import Evidence
from g60kg.store import Store, Term
from g60kg.terms import ARTICLE, DCTERMS, G60, RDF, iri

if TYPE_CHECKING:
    from g60kg.reason import RuleSet, Why

COLUMNS: Final = tuple(
    Column(name, Text(en, zh))
    for name, en, zh in (
        (
            "quote",
            "The words that say so; of what follows, words that it follows from.",
            "如此表述的原话；推理所得的，为其所依据的原话。",
        ),
        ("article", "The article that says so.", "如此表述的文章。"),
        ("date", "The article's date.", "文章日期。"),
        (
            "basis",
            "Whether an article said it, the register has it, or it was inferred.",
            "由文章所述、名录所载，还是推理得出。",
        ),
        ("status", "Whether it is accepted, or still to be confirmed.", "已采信，还是待确认。"),
    )
)
"""What every query has whose header says what a row states."""
MOST: Final = 200
"""So many rows of an answer that were inferred are proved, which takes some milliseconds each."""
_HELD: Final = ("said", "register")
Said = tuple[Term | None, ...]
_NOTHING: Final[Said] = (None,) * len(COLUMNS)


def columns_of(query: StoredQuery) -> tuple[Column, ...]:
    """Return the columns of a query's answer, those of its evidence last."""
    return query.columns + (COLUMNS if query.evidence else ())


def with_evidence(store: Store, query: StoredQuery, rows: Rows, rules: "Callable[[], RuleSet]") -> Rows:
    """Return rows with what says each of them, where the query's header says what they state.

    `rules` is called where a row was inferred; of more than `MOST` such rows the further ones have no words.
    """
    if not query.evidence:
        return rows
    found = _Evidence(Memo.over(store), rules)
    said = (found.of(_parts(query.evidence, rows.columns, row)) for row in rows.terms)
    terms = tuple((*row, *more) for row, more in zip(rows.terms, said, strict=True))
    return Rows((*rows.columns, *EVIDENCE), terms)


def _parts(evidence: Sequence[str], columns: Sequence[str], row: Said) -> list[Term | None]:
    return [row[columns.index(each)] if each in columns else iri(each) for each in evidence]


def stated(store: Store, query: StoredQuery, columns: Sequence[str], row: Said) -> Parts | None:
    """Return the fact that a row states, that of its claim where it has one; None where it states none."""
    parts = _parts(query.evidence, columns, row)
    if len(parts) == 1 and isinstance(parts[0], NamedNode):
        parts = [value(store, parts[0], each) for each in (RDF.subject, RDF.predicate, RDF.object)]
    return fact_of(*parts) if len(parts) == 3 else None


class _Evidence:
    """What says facts and claims of one store; a proof is looked for where it is needed, up to `MOST`."""

    def __init__(self, store: Store, rules: "Callable[[], RuleSet]") -> None:
        self.store, self.rules = store, rules
        self._left = MOST

    def of(self, parts: Sequence[Term | None]) -> Said:
        """Return the terms of the columns for a claim, or for a fact."""
        if len(parts) == 1:
            return self._claimed(parts[0])
        stated = fact_of(*parts)
        if stated is None:
            return _NOTHING
        fact = Triple(*stated)
        held = [each for each in self._first(fact) if each.kind in _HELD]
        return self._said(held, held[0].kind) if held else self._said(self._leaves(fact), "inferred")

    def _claimed(self, claim: Term | None) -> Said:
        words = words_of(self.store, claim) if isinstance(claim, NamedNode) else None
        if words is None:
            return _NOTHING
        assert isinstance(claim, NamedNode)
        status = "proposed" if node(self.store, claim, G60.status) == G60.Proposed else "accepted"
        return self._row(words.quote, words.article, "said", status)

    def _said(self, evidence: Iterable[Evidence], basis: str) -> Said:
        """Return the columns for a fact that holds, by the first words that say it."""
        first = next((each for each in evidence if each.quote), None)
        return self._row(first.quote if first else None, first.article if first else None, basis, "accepted")

    def _row(self, quote: str | None, article: str | None, basis: str, status: str) -> Said:
        place = ARTICLE[article] if article else None
        date = value(self.store, place, DCTERMS.date) if place is not None else None
        return Literal(quote) if quote else None, place, date, Literal(basis), Literal(status)

    def _leaves(self, fact: Triple) -> list[Evidence]:
        """Return what a fact that was inferred rests on; nothing where its proof takes too much work."""
        from g60kg.reason.vocabulary import as_fact

        self._left -= 1
        if self._left < 0:
            return []
        try:
            proof = self._why.of(as_fact(fact))
        except LimitError:
            return []
        return [one for part in getattr(proof, "parts", tuple)() for one in part.evidence]

    def _first(self, fact: Triple) -> tuple[Evidence, ...]:
        """Return what says a fact, with the words of one article."""
        return Supports(self.store).evidence(fact, 1)

    @cached_property
    def _why(self) -> "Why":
        from g60kg.reason import StoreFacts, Why

        return Why(self.rules(), StoreFacts(self.store), self._first)
