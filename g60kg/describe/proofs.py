"""Why a fact holds: from what a user writes to its proofs, and these as trees of a bounded size."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from g60kg.describe.claims import Claimed, claims_of
from g60kg.describe.evidence import Supports
from g60kg.describe.figures import figure_of
from g60kg.describe.lookup import Memo
from g60kg.errors import QueryError, UnknownName, UnknownProperty
from g60kg.query import resolve
from g60kg.reason import Closure, Contradiction, Explanation, Missing, RuleSet, StoreFacts, Why
from g60kg.reason.vocabulary import Fact, as_fact
from g60kg.resources import query_text
from g60kg.store import Store
from g60kg.terms import G60, INFERRED_GRAPH, PREFIXES, RDF, iri

MOST_STEPS: Final = 150
"""So many steps of a proof stand on a page."""


def explain(
    store: Store, rules: RuleSet, subject: object, predicate: object, value: object
) -> Explanation | Missing:
    """Return a smallest proof of a fact, down to quotes, register entries and axioms, or what it wants.

    A `Missing` says what came nearest, and which claims state it that nobody has confirmed. Raises
    `UnknownName`, `AmbiguousName`, and `LimitError` when a proof takes too much work.
    """
    triple, supports = fact(store, subject, predicate, value), Supports(store)
    found = Why(rules, StoreFacts(store), supports.evidence).of(as_fact(triple))
    if not isinstance(found, Missing):
        return found
    one, relation, other = as_fact(triple)
    quads = [quad for quad in store.match(one, relation) if quad.object != other]  # type: ignore[arg-type]
    quads.sort(key=lambda quad: (quad.graph_name == INFERRED_GRAPH, str(quad.object)))  # said first
    held = tuple(dict.fromkeys(as_fact(quad.triple) for quad in quads))[:5]
    return replace(found, proposed=supports.proposed(triple), held=held)


def explain_all(
    store: Store, rules: RuleSet, subject: object, predicate: object, value: object, most: int
) -> tuple[Explanation, ...]:
    """Return the proofs of a fact, the smallest first, at most so many; none where it does not hold."""
    triple = fact(store, subject, predicate, value)
    return Why(rules, StoreFacts(store), Supports(store).evidence).all_of(as_fact(triple), most)


_SCALES: Final = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "万": 4, "亿": 8}
"""Words that stand behind a number, and how many zeros they stand for."""


def explain_contradictions(
    store: Store, rules: RuleSet, closure: Closure
) -> tuple[tuple[Contradiction, Explanation], ...]:
    """Return what cannot hold together in a closure of a store, each with the proof of its premises."""
    if not closure.contradictions:
        return ()
    facts = StoreFacts(store)
    for triple in closure.inferred:
        facts.add(as_fact(triple))
    proofs = Why(rules, facts, Supports(store).evidence)
    return tuple((found, proofs.contradiction(found)) for found in closure.contradictions)


def fact(store: Store, subject: object, predicate: object, value: object) -> Triple:
    """Return the triple that three names mean: IRIs, CURIEs, names in any language, or terms.

    A value may also be the text or the number of one that the subject has, or is claimed to have.
    Raises `UnknownName` with the nearest names, `AmbiguousName` with the choices.
    """
    one = subject if isinstance(subject, NamedNode) else resolve(store, str(subject))
    relation = _property(store, predicate)
    return Triple(one, relation, _value(store, one, relation, value))


def _property(store: Store, name: object) -> NamedNode:
    """Return a property by its IRI, its CURIE, its local name, or its label."""
    if name == "a":
        return RDF.type
    direct = name if isinstance(name, NamedNode) else _direct(str(name))
    if direct is not None:
        return direct
    text = str(name)
    if text.isidentifier() and any(store.match(G60[text], RDF.type)):
        return G60[text]
    try:
        return resolve(store, text)
    except UnknownName as error:
        raise UnknownProperty(text, error.nearest) from None


def _value(store: Store, subject: NamedNode, predicate: NamedNode, name: object) -> NamedNode | Literal:
    """Return the object: a value that the subject has or is claimed to have, or a thing."""
    if isinstance(name, NamedNode | Literal):
        return name
    said = str(name)
    held = sorted({quad.object for quad in store.match(subject, predicate)}, key=str)
    if found := _saying(store, held, said):
        return found
    try:
        return _direct(said) or resolve(store, said)
    except UnknownName:
        parts = {"subject": subject, "predicate": predicate}
        claimed = store.select(query_text("claimed-values"), parts).rows
        if found := _saying(store, (row[0] for row in claimed), said):
            return found
        raise


def _saying(store: Store, values: Iterable[object], text: str) -> NamedNode | Literal | None:
    """Return the first of some values that is written so: a literal as its text, a statistic as its number or
    as it is shown.
    """
    for each in values:
        figure = figure_of(store, each)
        if figure and (_equal(figure.value, text) or str(figure) == text):
            return figure.node
        if isinstance(each, Literal) and each.value == text:
            return each
    return None


def _equal(one: str, other: str) -> bool:
    """Whether two texts write one number.

    >>> _equal("57920000", "57,920,000"), _equal("45000000000", "45 billion"), _equal("1", "x")
    (True, True, False)
    """
    number = other.replace(",", "").strip()
    for word, scale in _SCALES.items():
        if number.endswith(word):
            number = f"{number.removesuffix(word).strip()}e{scale}"
    try:
        return Decimal(one) == Decimal(number)
    except InvalidOperation:
        return False


def _direct(text: str) -> NamedNode | None:
    """Return the term of an IRI or of a CURIE with a known prefix, held or not."""
    prefix, colon, rest = text.partition(":")
    try:
        if colon and prefix in PREFIXES and not rest.startswith("//"):
            return iri(text)
        return NamedNode(text.strip("<>")) if "://" in text else None
    except ValueError as error:
        raise QueryError(f"{text!r} is no IRI: {error}", mend="write an IRI, a CURIE or a name") from error


@dataclass(frozen=True, slots=True)
class Step:
    """A fact of a proof and why it holds.

    `number` counts the inferred ones, from 1; 0 is none. `shown` is `here`, `before` where it is proved
    earlier on the page, or `apart` where its proof is left out; what is shown here has claims or premises.
    """

    proof: Explanation
    number: int
    shown: str
    sources: tuple[str, ...]
    claims: tuple[Claimed, ...] = ()
    axioms: tuple[Fact, ...] = ()
    premises: tuple["Step", ...] = ()


class Proofs:
    """Proofs as trees: what one shows, the next refers to; what grows too large is cut."""

    def __init__(self, store: Store, most: int = MOST_STEPS) -> None:
        self._store = Memo.over(store)
        self._most = most
        self._numbers: dict[Explanation, int] = {}

    def tree(self, proof: Explanation) -> Step:
        """Return a proof as a tree."""
        number, shown = 0, "here"
        if proof in self._numbers:
            number, shown = self._numbers[proof], "before"
        elif proof.rule is not None and len(self._numbers) >= self._most:
            shown = "apart"
        elif proof.rule is not None:
            self._numbers[proof] = number = len(self._numbers) + 1
        step = Step(
            proof, number, shown, tuple(dict.fromkeys(one.source for one in proof.evidence if one.source))
        )
        if shown != "here":
            return step
        axioms = tuple(map(as_fact, proof.axioms))
        if any(isinstance(term, BlankNode) for axiom in axioms for term in axiom):
            axioms = ()  # what is about a thing without name the rule says better
        claims = claims_of(self._store, (NamedNode(one.claim) for one in proof.evidence if one.claim))
        return replace(step, claims=claims, axioms=axioms, premises=tuple(map(self.tree, proof.premises)))
