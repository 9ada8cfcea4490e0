"""Who decided what, and when: the words of persons on claims and names, as they stand beside a store.

Nothing is ever taken out of the file: what is withdrawn stands there twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from g60kg.errors import DecisionError
from g60kg.kg.decisions import FILE, decision_nodes, read_decisions
from g60kg.register import Register, append_entry, entry_text

NAME_LENGTH: Final = 80


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
        known = self.fields
        what = known.get("name") or " ".join(known.get(key, "") for key in ("subject", "predicate", "object"))
        right = [known[key] for key in ("right_subject", "right_object", "entity") if key in known]
        signed = " ".join(filter(None, (known.get("at", ""), known.get("by", ""))))
        told = f"{known.get('verdict', '')}: {what}" + (f" → {', '.join(right)}" if right else "")
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


def read_history(folder: Path) -> History:
    """Read what was decided beside a store; raises `DecisionError` for a file that cannot be used."""
    events = []
    for number, node in enumerate(decision_nodes(folder)):
        if node.tag != "map":
            raise node.error("a decision is a mapping", "write 'key: value' lines")
        events.append(Event(number, {key: value.text for key, value in node.fields().items()}))
    return History(tuple(events))


def record(folder: Path, register: Register, fields: Mapping[str, str], by: str | None) -> str:
    """Add a word to the decisions beside a store, signed with the time, and return what was written.

    Where the file cannot be read with it, it stays as it was. Raises `DecisionError`, also for a name of who
    decides that is longer than `NAME_LENGTH`.
    """
    who = " ".join((by or "").split())
    if len(who) > NAME_LENGTH or not who.isprintable():
        raise DecisionError("the name of who decides is too long", mend=f"write up to {NAME_LENGTH} letters")
    signed = ({"by": who} if who else {}) | {"at": datetime.now(UTC).isoformat(timespec="seconds")}
    text = entry_text({**fields, **signed})
    append_entry(folder / FILE, text, lambda: read_decisions(folder, register))
    return text


class DecidedMeanwhile(DecisionError):  # noqa: N818
    """Somebody else decided on the same thing since it was looked at; `event` is that word."""

    def __init__(self, event: Event) -> None:
        self.event = event
        who = event.fields.get("by") or "somebody"
        super().__init__(
            f"{who} decided on {event.on} meanwhile: {event.fields.get('verdict', '')}", mend="decide again"
        )


def check_seen(folder: Path, on: str, seen: int | None) -> None:
    """Raise `DecidedMeanwhile` where a word on a thing came after the first `seen` ones."""
    if seen is not None:
        for event in read_history(folder).events[seen:]:
            if event.on == on:
                raise DecidedMeanwhile(event)
