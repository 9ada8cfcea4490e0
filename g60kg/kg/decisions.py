"""What persons decided: `decisions.yaml` beside a store, with who and when, and the claims after it.

An entry is on the claim or the name of an id, with its words, so that it can be read; nothing is ever taken
out. Of several on one thing the last stands, and one that is withdrawn leaves it as it was read. What is on
claims counts from the next build, what is on names by the register's file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

from g60kg.errors import DecisionError, InputError
from g60kg.forms import Reader, mapping, one_of, read_fields, text, words
from g60kg.model import TIMES, Claim, Entity, Value
from g60kg.nodes import Node, Source, read_items
from g60kg.ontology import load_ontology
from g60kg.register import Register, entry_text, with_entry, write_entries

Verdict = Literal["confirmed", "rejected", "corrected", "withdrawn"]
FILE: Final = "decisions.yaml"
RIGHT: Final = ("right_subject", "right_object")
NAME_LENGTH: Final = 80
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_TIME: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_SIGNED: Final[Mapping[str, Reader[Any]]] = {"by": words, "at": words}
_ON_NAME: Final[Mapping[str, Reader[Any]]] = {
    "name": words,
    "verdict": one_of("accepted", "merged", "repaired", "withdrawn"),
    **dict.fromkeys(("entity", "file", "entry"), words),
}
_ON_CLAIM: Final[Mapping[str, Reader[Any]]] = {
    "claim": words,
    "verdict": one_of(*get_args(Verdict)),
    **dict.fromkeys(("article", "subject", "predicate", "object", "quote"), words),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A person's word: the fields of its entry, and its number, from 0."""

    number: int
    fields: Mapping[str, str]

    @property
    def on(self) -> str:
        """The id of the claim, or of the name, that it is on."""
        return self.fields.get("claim") or self.fields.get("name", "")

    def __str__(self) -> str:
        said = self.fields.get
        what = said("name") or " ".join(said(key, "") for key in ("subject", "predicate", "object"))
        right = ", ".join(filter(None, map(said, (*RIGHT, "entity"))))
        signed = " ".join(filter(None, map(said, ("at", "by"))))
        told = f"{said('verdict', '')}: {what}" + (f" → {right}" if right else "")
        return f"{signed}  {told}  {self.on}".strip()


@dataclass(frozen=True, slots=True)
class History:
    """All words of persons beside a store, in the order of time."""

    events: tuple[Event, ...] = ()

    @property
    def standing(self) -> dict[str, Event]:
        """What stands of it, by the id of the claim or the name: the last word, where it is not withdrawn."""
        last = {each.on: each for each in self.events}
        return {on: each for on, each in last.items() if each.fields.get("verdict") != "withdrawn"}

    def __str__(self) -> str:
        return "\n".join([*map(str, self.events), f"{len(self.events)} decisions"])


def _entries(folder: Path | None, text: str | None = None) -> Iterator[Node]:
    """Yield the entries beside a store in their order, which is that of time; there may be no file."""
    if folder and (text is not None or (folder / FILE).exists()):
        yield from read_items(Source(folder / FILE, DecisionError, "decisions"), text)


def read_history(folder: Path | None) -> History:
    """Read what was decided beside a store; raises `DecisionError` for a file that cannot be used."""
    entries = (mapping(node, "a decision") for node in _entries(folder))
    fields = ({key: node.text for key, node in entry.items()} for entry in entries)
    return History(tuple(Event(number, each) for number, each in enumerate(fields)))


def record(
    folder: Path,
    register: Register,
    fields: Mapping[str, str],
    by: str | None,
    then: Callable[[], object] = lambda: None,
) -> str:
    """Add a word to the decisions beside a store, signed with the time, and return what was written.

    Nothing is written that could not be read again. Where `then`, which does what it says, raises, the word
    is taken back. Raises `DecisionError`, also for a name of who decides that is longer than `NAME_LENGTH`.
    """
    who = " ".join((by or "").split())
    if len(who) > NAME_LENGTH or not who.isprintable():
        raise DecisionError("the name of who decides is too long", mend=f"write up to {NAME_LENGTH} letters")
    signed = {"by": who} if who else {}
    entry = entry_text({**fields, **signed, "at": datetime.now(UTC).isoformat(timespec="seconds")})
    after = with_entry(file := folder / FILE, entry)
    read_decisions(folder, register, after)
    write_entries(file, after)
    try:
        then()
    except BaseException:
        write_entries(file, after.removesuffix(entry))
        raise
    return entry


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a claim; a corrected one says the right `subject`, the right `object`, or both.

    A right object that is no entity is text: a number, a time, words. `entry` is where it stands.
    """

    claim: str
    verdict: Verdict
    entry: Node = field(repr=False)
    subject: Entity | None = None
    object: Entity | str | None = None


def read_decisions(folder: Path, register: Register, text: str | None = None) -> tuple[Decision, ...]:
    """Read the decisions on claims, checked against the register and the classes of the ontology.

    With `text`, reads this as what their file is to hold. Raises `DecisionError` with file and line for an
    entry that cannot be used.
    """
    return tuple(filter(None, (_decision(node, register) for node in _entries(folder, text))))


def _decision(node: Node, register: Register) -> Decision | None:
    """Return the decision of an entry; None for one on a name."""
    if any(key.text == "name" for key, _ in node.pairs):
        read_fields(node, "a decision", _ON_NAME, {**_SIGNED, "article": text, "quote": text})
        return None
    said = read_fields(node, "a decision", _ON_CLAIM, {**_SIGNED, **dict.fromkeys(RIGHT, words)})
    right = {key: _right(key, said[key], said["predicate"], register, node) for key in RIGHT if key in said}
    if bool(right) != (said["verdict"] == "corrected"):
        raise node.error(f"a claim that is {said['verdict']}", f"{' and '.join(RIGHT)} go with 'corrected'")
    subject, object_ = (right.get(key) for key in RIGHT)
    if isinstance(subject, str):
        raise node.error(f"the right subject {subject!r} is no entity", "write id: and the entity's id")
    return Decision(said["claim"], said["verdict"], node, subject, object_)


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
    if ontology.misfit(name, "domain" if end == "subject" else "range", classes):
        raise node.error(f"{entry.en!r} cannot be the {end} of {predicate}", "name another thing")
    return Entity(entry.iri.value, entry.en, entry.en, entry.types)


def decide(claims: Iterable[Claim], decisions: Iterable[Decision]) -> tuple[Claim, ...]:
    """Return claims after what was decided on them; deciding again changes nothing.

    A confirmed or corrected claim is accepted on that basis, a rejected one is left out. Raises
    `DecisionError` for a correction that is no value of the claim's kind.
    """
    last = {each.claim: each for each in decisions}
    standing = {on: each for on, each in last.items() if each.verdict != "withdrawn"}
    found: dict[str, Claim] = {}
    for claim in claims:
        seen, after = set[str](), claim
        while after.id not in seen and (decision := standing.get(after.id)):  # also on what was corrected
            seen.add(after.id)
            if decision.verdict == "rejected":
                break
            right = _corrected(after, decision) if decision.verdict == "corrected" else after
            after = replace(right, basis=decision.verdict, status="accepted")
        else:
            if after.id not in found or after.status == "accepted":
                found[after.id] = after
    return tuple(found.values())


def _corrected(claim: Claim, decision: Decision) -> Claim:
    """Return a claim with the right subject and object, under the id that is its new content."""
    from g60kg.extract.claims import claim_id

    subject, said, right = claim.subject, claim.object, decision.object
    if decision.subject:
        subject = replace(decision.subject, surface=subject.surface)  # as the text writes it
    if isinstance(said, Value) and isinstance(right, str):
        said = right_value(said, right, decision.entry.error)
    elif isinstance(said, Entity) and isinstance(right, Entity):
        said = replace(right, surface=said.surface)
    elif right is not None:
        kind, mend = ("a value", "it") if isinstance(said, Value) else ("an entity", "id: and its id")
        raise decision.entry.error(f"the object of claim {claim.id} is {kind}", f"write {mend}")
    old = [each for each in {claim.subject, claim.object} - {subject, said} if isinstance(each, Entity)]
    wrong, words = {each.iri for each in old}, {each.surface for each in old}
    content = claim.article, (claim.start, claim.end), subject, claim.predicate, said, claim.qualifiers
    return replace(
        claim,
        id=claim_id(*content),
        subject=subject,
        object=said,
        repairs=tuple(each for each in claim.repairs if each.iri not in wrong),
        resolved=tuple(each for each in claim.resolved if each.surface not in words),
    )


def right_value(said: Value, text: str, error: Callable[..., InputError] = DecisionError) -> Value:
    """Return a value with the right text in its place: a number for a figure, a time for a time.

    Raises `DecisionError`, as `error` makes it, for a text of another kind.

    >>> right_value(Value("3", "xsd:decimal", "unit:NUM", "about"), "45000").value
    '45000'
    """
    is_time = said.datatype in TIMES.values()
    form, mend = (_TIME, "2016, 2016-05 or 2016-05-31") if is_time else (_NUMBER, "a plain decimal: 45000")
    if (is_time or said.is_figure) and not form.fullmatch(text):
        raise error(f"{text!r} is no right object", mend=f"write {mend}")
    return replace(said, value=text, datatype=TIMES[len(text)] if is_time else said.datatype)
