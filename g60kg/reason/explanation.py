"""What an explanation is: frozen values, and how they read: as an argument, and as JSON."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pyoxigraph import Triple

from g60kg.model import Evidence, content_id
from g60kg.notebook import Shown
from g60kg.reason.rules import Atom, Slot, name_of, words
from g60kg.reason.vocabulary import Fact, as_fact
from g60kg.terms import CLAIM

Kind = Literal["said", "register", "axiom", "inferred"]
Namer = Callable[[Slot], str]
Source = Callable[[Triple], tuple[Evidence, ...]]
"""The hook that gives the evidence of a fact that is said."""


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Shown):
    """Why a fact holds: its evidence, or a rule with its axioms and the explanations of its premises.

    `fact` is None for a contradiction: the rule concludes false. `statement` is the rule over the terms
    of the ontology, without its name.
    """

    fact: Fact | None
    kind: Kind
    evidence: tuple[Evidence, ...] = ()
    rule: str | None = None
    statement: str = ""
    axioms: tuple[Triple, ...] = ()
    premises: tuple["Explanation", ...] = ()

    @property
    def id(self) -> str:
        """The id of what is explained, by its content."""
        return content_id(*(self.fact or ("false", self.rule, *(part.id for part in self.premises))))

    @property
    def size(self) -> int:
        """The number of rules applied, a shared premise counted once."""
        return sum(part.rule is not None for part in self.parts())

    def parts(self) -> Iterator["Explanation"]:
        """Yield the explanation and those of all its premises, each fact once, conclusions first."""
        seen: set[str] = set()
        left = [self]
        while left:
            part = left.pop()
            if part.id not in seen:
                seen.add(part.id)
                yield part
                left += reversed(part.premises)

    def __repr__(self) -> str:
        what = words(self.fact) if self.fact else "false"
        return f"<Explanation {what}: {self.kind}{f' by {self.rule}' if self.rule else ''}>"

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, name: Namer = name_of) -> str:
        """Return the argument as text; `name` says how a term is written."""
        return "\n".join(_lines(self, name, "", "", set()))

    def to_json(self) -> dict[str, Any]:
        """Return the argument as JSON.

        `{"id", "fact": {"subject", "predicate", "object"} | null, "kind", "rule"?, "statement"?,
        "axioms"?: [fact, …], "evidence"?: [{"kind", "article"?, "quote"?, "start"?, "end"?, "claim"?,
        "source"?, "reader"?, "basis"?}, …], "premises"?: [argument | {"ref": id}, …]}`: terms in N-Triples; a
        premise that is given before is only referred to by its id.
        """
        return _json(self, set())


@dataclass(frozen=True, slots=True, repr=False)
class Missing(Shown):
    """Why a fact does not hold: the rule that came nearest to it, what of it holds and what it wants.

    It is false, as what it answers.

    `rule` is None where no rule concludes such a fact. `proposed` is where claims state it that await a
    person's word; `held` are facts that give the subject another object.
    """

    fact: Fact
    rule: str | None = None
    present: tuple[Fact, ...] = ()
    wanted: tuple[Atom, ...] = ()
    proposed: tuple[Evidence, ...] = ()
    held: tuple[Fact, ...] = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return f"<Missing {words(self.fact)}>"

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, name: Namer = name_of) -> str:
        """Return the answer as text; `name` says how a term is written."""
        first = f"{words(self.fact, name)} does not hold."
        first += " It is only proposed, and nobody has confirmed it." if self.proposed else ""
        if self.held:
            first += f"\nWhat holds: {'; '.join(words(each, name) for each in self.held)}.\n"
        none = "" if self.proposed else "Nobody says it, and no rule concludes it."
        head = f"{first} {self._nearest(name) or none}".replace("\n ", "\n").rstrip()
        # the id of a claim, as `review` takes it
        claims = ((one, (one.claim or "").removeprefix(CLAIM.base)) for one in self.proposed)
        return "\n".join([head, *(f"   to confirm: {one}, claim {claim}" for one, claim in claims)])

    def _nearest(self, name: Namer) -> str:
        """Return which rule came nearest and what it wants; nothing where none did."""
        if self.rule is None:
            return ""
        wanted = " and ".join(words(atom.slots, name) for atom in self.wanted)
        given = " and ".join(words(fact, name) for fact in self.present)
        having = f" given that {given}," if given else ""
        return f"Nearest is {self.rule}:{having} it wants {wanted}."

    def to_json(self) -> dict[str, Any]:
        """Return `{"fact", "holds": false, "rule"?, "present": [fact, …], "wanted": [pattern, …],
        "held": [fact, …], "proposed": [evidence, …]}`, where evidence is as with an `Explanation`.
        """
        return {
            "fact": _terms(self.fact),
            "holds": False,
            "rule": self.rule,
            "present": [_terms(fact) for fact in self.present],
            "wanted": [_terms(atom.slots) for atom in self.wanted],
            "held": [_terms(fact) for fact in self.held],
            "proposed": [one.to_json() for one in self.proposed],
        }


def _lines(part: Explanation, name: Namer, lead: str, stem: str, seen: set[str]) -> Iterator[str]:
    what = words(part.fact, name) if part.fact else "This cannot be"
    if part.id in seen:
        yield f"{lead}{what} (shown above)"
        return
    seen.add(part.id)
    if part.rule is None:
        reasons = [str(one) for one in part.evidence] or ["said"]
        yield f"{lead}{what}: {reasons[0]}"
        yield from (f"{stem}   also {reason}" for reason in reasons[1:])
        return
    texts = [words(as_fact(axiom), name) for axiom in part.axioms]
    # the rule itself where an axiom is about a thing without name
    given = part.statement if any("_:" in text for text in texts) else "; ".join(texts)
    yield f"{lead}{what}, by {part.rule}{f' ({given})' if given else ''}{', since' if part.premises else ''}"
    for number, premise in enumerate(part.premises, 1):
        last = number == len(part.premises)
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _lines(premise, name, stem + branch, stem + below, seen)


def _json(part: Explanation, seen: set[str]) -> dict[str, Any]:
    if part.id in seen:
        return {"ref": part.id}
    seen.add(part.id)
    fact = _terms(part.fact) if part.fact else None
    found: dict[str, Any] = {"id": part.id, "fact": fact, "kind": part.kind}
    if part.rule is not None:
        axioms = [_terms(as_fact(axiom)) for axiom in part.axioms]
        found |= {"rule": part.rule, "statement": part.statement, "axioms": axioms}
        found["premises"] = [_json(premise, seen) for premise in part.premises]
    if part.evidence:
        found["evidence"] = [one.to_json() for one in part.evidence]
    return found


def _terms(slots: tuple[Slot, Slot, Slot]) -> dict[str, str]:
    return dict(zip(("subject", "predicate", "object"), map(str, slots), strict=True))
