"""What a person decided on claims: `decisions.yaml` beside the store, and the claims after it.

Each entry is on the claim of an id, with its triple and its words so that it can be read. The last counts.
One that is withdrawn leaves the claim as it was read. What was decided on names stands there too, for
`kg/history.py`: it counts by the register's file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from g60kg.errors import DecisionError
from g60kg.forms import Reader, one_of, read_fields, text, words
from g60kg.model import Claim, Entity, Value
from g60kg.nodes import Node, Source, read_items
from g60kg.register import Register
from g60kg.text.ontology import load_ontology

Verdict = Literal["confirmed", "rejected", "corrected", "withdrawn"]
OnName = Literal["accepted", "merged", "repaired", "withdrawn"]
FILE: Final = "decisions.yaml"
RIGHT: Final = ("right_subject", "right_object")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_TIMES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_TIME: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_SIDES: Final = {"subject": "domain", "object": "range"}


_SIGNED: Final[Mapping[str, Reader[Any]]] = {"by": words, "at": words}
_ON_NAME: Final[Mapping[str, Reader[Any]]] = {
    "name": words,
    "verdict": one_of("accepted", "merged", "repaired", "withdrawn"),
    "entity": words,
    "file": words,
    "entry": words,
}
_ON_CLAIM: Final[Mapping[str, Reader[Any]]] = {
    "claim": words,
    "verdict": one_of(*get_args(Verdict)),
    **dict.fromkeys(("article", "subject", "predicate", "object", "quote"), words),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a claim; a corrected one says the right `subject`, the right `object`, or both.

    A right object that is no entity is text: a number, a time, words. `path` and `line` say where it stands.
    """

    claim: str
    verdict: Verdict
    path: str = field(repr=False)
    line: int = field(repr=False)
    subject: Entity | None = None
    object: Entity | str | None = None


def read_decisions(folder: Path, register: Register) -> tuple[Decision, ...]:
    """Read the decisions beside a store, checked against the register and the classes of the ontology.

    There may be no file. Raises `DecisionError` with file and line for an entry that cannot be used.
    """
    found = (_decision(node, register) for node in decision_nodes(folder))
    return tuple(each for each in found if each is not None)


def decision_nodes(folder: Path) -> Iterator[Node]:
    """Yield the entries of the decisions beside a store, in their order, which is that of time."""
    path = folder / FILE
    if path.exists():
        yield from read_items(Source(path, DecisionError, "decisions"))


def decide(claims: Iterable[Claim], decisions: Iterable[Decision]) -> tuple[Claim, ...]:
    """Return claims after what was decided on them; deciding again changes nothing.

    A confirmed or corrected claim is accepted on that basis, a rejected one is left out. Raises
    `DecisionError` for a correction that is no value of the claim's kind.
    """
    last = {each.claim: each for each in decisions}
    verdicts = {claim: each for claim, each in last.items() if each.verdict != "withdrawn"}
    found: dict[str, Claim] = {}
    for claim in claims:
        after = _decided(claim, verdicts)
        if after and (after.id not in found or after.status == "accepted"):
            found[after.id] = after
    return tuple(found.values())


def _decided(claim: Claim, verdicts: Mapping[str, Decision]) -> Claim | None:
    """Return a claim after the decision on it, and after that on what it was corrected to, and so on."""
    seen: set[str] = set()
    while claim.id not in seen and (decision := verdicts.get(claim.id)):
        seen.add(claim.id)
        if decision.verdict == "rejected":
            return None
        right = _corrected(claim, decision) if decision.verdict == "corrected" else claim
        claim = replace(right, basis=decision.verdict, status="accepted")
    return claim


def _corrected(claim: Claim, decision: Decision) -> Claim:
    """Return a claim with the right subject and object, under the id that is its new content."""
    from g60kg.extract.claims import claim_id

    subject = _in_place_of(claim.subject, decision.subject)
    object_ = _right_object(claim, decision)
    old = {each for each in (claim.subject, claim.object) if each not in (subject, object_)}
    wrong = {each.iri for each in old if isinstance(each, Entity)}
    words = {each.surface for each in old if isinstance(each, Entity)}
    place = claim.start, claim.end
    return replace(
        claim,
        id=claim_id(claim.article, place, subject, claim.predicate, object_, claim.qualifiers),
        subject=subject,
        object=object_,
        repairs=tuple(each for each in claim.repairs if each.iri not in wrong),
        resolved=tuple(each for each in claim.resolved if each.surface not in words),
    )


def _right_object(claim: Claim, decision: Decision) -> Entity | Value:
    said, right = claim.object, decision.object
    if right is None:
        return said
    if isinstance(said, Value) and isinstance(right, str):
        return right_value(said, right, decision.path, decision.line)
    if isinstance(said, Entity) and isinstance(right, Entity):
        return _in_place_of(said, right)
    kind, mend = (
        ("an entity", "write id: and its id") if isinstance(said, Entity) else ("a value", "write it")
    )
    raise DecisionError(
        f"the object of claim {claim.id} is {kind}", path=decision.path, line=decision.line, mend=mend
    )


def _in_place_of(said: Entity, right: Entity | None) -> Entity:
    """Return the right entity, as the text writes the one that it replaces."""
    return replace(right, surface=said.surface) if right else said


def right_value(said: Value, text: str, path: str | None = None, line: int | None = None) -> Value:
    """Return a value with the right text in its place: a number for a figure, a time for a time.

    Raises `DecisionError` for a text of another kind.

    >>> right_value(Value("3", "xsd:decimal", "unit:NUM", "about"), "45000").value
    '45000'
    """
    is_time = said.datatype in _TIMES.values()
    form, mend = (_TIME, "2016, 2016-05 or 2016-05-31") if is_time else (_NUMBER, "a plain decimal: 45000")
    if (is_time or said.is_figure) and not form.fullmatch(text):
        raise DecisionError(f"{text!r} is no right object", path=path, line=line, mend=f"write {mend}")
    return replace(said, value=text, datatype=_TIMES[len(text)] if is_time else said.datatype)


def _decision(node: Node, register: Register) -> Decision | None:
    """Return the decision of an entry; None for one on a name."""
    if any(key.text == "name" for key, _ in node.pairs):
        read_fields(node, "a decision", _ON_NAME, {**_SIGNED, "article": text, "quote": text})
        return None
    said = read_fields(node, "a decision", _ON_CLAIM, {**_SIGNED, **dict.fromkeys(RIGHT, words)})
    rights = [key for key in RIGHT if key in said]
    if bool(rights) != (said["verdict"] == "corrected"):
        raise node.error(f"a claim that is {said['verdict']}", f"{' and '.join(RIGHT)} go with 'corrected'")
    right = {key: _right(key, said[key], said["predicate"], register, node) for key in rights}
    subject, object_ = right.get("right_subject"), right.get("right_object")
    if isinstance(subject, str):
        raise node.error(f"the right subject {subject!r} is no entity", "write id: and the entity's id")
    return Decision(said["claim"], said["verdict"], str(node.source.path), node.line, subject, object_)


def _right(key: str, text: str, predicate: str, register: Register, node: Node) -> Entity | str:
    """Return what is right: the entity of the register that `id:…` names, or the text of a value."""
    if not text.startswith("id:"):
        return text
    entry = register.entries.get(text.removeprefix("id:"))
    if entry is None:
        raise node.error(f"no entry of the register has the id {text!r}", "add it to your register first")
    name, end = predicate.removeprefix("g60:"), key.removeprefix("right_")
    ontology, classes = load_ontology(), tuple(each.removeprefix("g60:") for each in entry.types)
    if name not in ontology.properties:
        raise node.error(f"no property {predicate!r}", "write a CURIE such as g60:locatedIn")
    if ontology.misfit(name, _SIDES[end], classes):
        raise node.error(f"{entry.en!r} cannot be the {end} of {predicate}", "name another thing")
    return Entity(entry.iri.value, entry.en, entry.en, entry.types)
