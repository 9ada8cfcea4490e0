"""Accepting a candidate: a person's word that a name is an entity, written into a register file.

Goes in: a candidate, a file of the user's, and what the person says of it. Comes out: the file with one entry
more, whole and checked, or as it was.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from g60kg.errors import ParameterError
from g60kg.kg.candidates import Candidate
from g60kg.kg.own import Own
from g60kg.kg.writing import writing_file
from g60kg.register import Entry, Register, append_entry, entry_text, load_register, plain_name
from g60kg.resources import resource
from g60kg.terms import slug


@dataclass(frozen=True, slots=True)
class Accepted:
    """The entry that a candidate became; `text` is what was written, nothing where it was accepted before."""

    id: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a candidate: a new entity, or, with `of`, another name of a known one.

    `kind` is its class where that is another than it seems, `en` and `zh` its preferred names where they are
    others than the text's. `reason` says of a name of a known entity why it is wrong: then it is a repair.
    """

    kind: str | None = None
    en: str | None = None
    zh: str | None = None
    of: str | None = None
    reason: str | None = None


def accept(candidate: Candidate, file: Path, verdict: Verdict, own: Own) -> Accepted:
    """Write a candidate into a register file; one that it holds already changes nothing.

    Raises `ParameterError` for a verdict that does not fit, `RegisterError` for what cannot be written.
    """
    with writing_file(file):
        return _accepted(candidate, file, verdict, own)


def _accepted(candidate: Candidate, file: Path, verdict: Verdict, own: Own) -> Accepted:
    register = load_register(*_folders(file, own))
    fields = _as_name(candidate, verdict, register) if verdict.of else _as_entity(candidate, verdict)
    id = str(fields.get("extends") or fields["id"])
    if _holds(register, id, candidate, verdict):
        return Accepted(id, str(file), "")
    text = entry_text(fields)
    append_entry(file, text, lambda: _check(load_register(*_folders(file, own)), id))
    return Accepted(id, str(file), text)


def _folders(file: Path, own: Own) -> list[str | Path]:
    """Return the folders of the register with the file's own last."""
    folder = str(file.expanduser().absolute().parent)
    others = [each for each in own.register if each != folder]
    last = [folder] if Path(folder).is_dir() else []
    return [resource("data", "register"), *others, *last]


def _holds(register: Register, id: str, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether the register says already what a verdict says."""
    entry = register.entries.get(id)
    if entry is None:
        return False
    if verdict.of:
        return any(found.id == id for found in register.find(candidate.name))
    return _agrees(entry, candidate, verdict)


def _agrees(entry: Entry, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether an entry is what a verdict makes of a candidate; raises where it is another."""
    same = entry.en == (verdict.en or candidate.name) and entry.zh == verdict.zh
    if not same or set(entry.types) != set(_types(candidate, verdict)):
        place = f"{entry.place.path}:{entry.place.line}"
        message = f"the register has another entry {entry.id!r} ({place})"
        raise ParameterError(message, mend=f"change it there, or accept the name with --of {entry.id}")
    return True


def _check(register: Register, id: str) -> None:
    """Make sure that the register, read again, has the entry."""
    if id not in register.entries:
        raise ParameterError("the file is not read as part of the register", mend="name another file")


def _types(candidate: Candidate, verdict: Verdict) -> tuple[str, ...]:
    if verdict.kind:
        return (f"g60:{verdict.kind.removeprefix('g60:')}",)
    if len(candidate.classes) > 1:
        kinds = ", ".join(name.removeprefix("g60:") for name in candidate.classes)
        raise ParameterError(
            f"{candidate.name!r} seems to be of several classes: {kinds}", mend="say --as CLASS"
        )
    return candidate.classes


def _as_entity(candidate: Candidate, verdict: Verdict) -> dict[str, Any]:
    """Return the entry of a new entity: under the candidate's id, so that its IRI stays."""
    described = candidate.name.islower()
    if described and not verdict.en:
        raise ParameterError(
            f"{candidate.name!r} describes a thing and does not name it", mend="name it with --en"
        )
    en = verdict.en or candidate.name
    also = [] if described or en == candidate.name else [plain_name(candidate.name)]
    fields = {
        "id": slug(en) if described else candidate.id,
        "type": _types(candidate, verdict)[0].removeprefix("g60:"),
        "en": plain_name(en),
        "zh": plain_name(verdict.zh) if verdict.zh else None,
        "also": also or None,
        "source": _source(candidate),
    }
    return {key: value for key, value in fields.items() if value is not None}


def _as_name(candidate: Candidate, verdict: Verdict, register: Register) -> dict[str, Any]:
    """Return what adds a candidate's name to a known entity: a right name, or with a reason a repair."""
    id = str(verdict.of).removeprefix("id:")
    if id not in register.entries:
        near = "; ".join(f"{each.id}" for each in candidate.nearest) or "none"
        raise ParameterError(f"no entry has the id {id!r}", mend=f"nearest to the name: {near}")
    if candidate.name.islower():
        raise ParameterError(f"{candidate.name!r} describes a thing and does not name it", mend="leave it")
    name = plain_name(candidate.name)
    stated = {"garbled": [{"name": name, "reason": verdict.reason}]} if verdict.reason else {"also": [name]}
    return {"extends": id, **stated, "source": _source(candidate)}


def _source(candidate: Candidate) -> str:
    """Say where the name stands."""
    if not candidate.words:
        return "Accepted by a person."
    first = candidate.words[0]
    return f"Accepted by a person from the article {first.article}, characters {first.start} to {first.end}."
