"""A person's word on a claim or a name, written beside the store and into a register file.

Both files are read with the entry before either is written. No register has an entry whose word is not beside
the store: the word comes first and goes last. A killed writer may leave the word alone: then saying it again,
or taking it back, ends what was begun.
"""

from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import yaml
from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Claimed, claim_of
from g60kg.describe.figures import name_of
from g60kg.errors import DecisionError, ParameterError, StoreError, UnknownName
from g60kg.kg import stages
from g60kg.kg.change import patience
from g60kg.kg.decisions import RIGHT, Event, Verdict, read_history, record, right_value
from g60kg.kg.overlays import Overlays
from g60kg.kg.review import Candidate, Word, candidates, fields_of, is_held
from g60kg.model import Value
from g60kg.query import resolve
from g60kg.register import Register, entry_text, load_register, with_entry, without_entry, write_entries
from g60kg.resources import resource
from g60kg.store import DiskStore, Store, Term
from g60kg.temporary import writing
from g60kg.terms import CLAIM, G60, ID, curie

Right = tuple[str | None, str | None]
"""The right subject and object of a claim, where they are others."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The entry that a candidate became; `text` is what was written, nothing where it was accepted before."""

    id: str
    file: str
    text: str


class DecidedMeanwhile(DecisionError):  # noqa: N818
    """Somebody else decided on the same thing since it was looked at; `event` is that word."""

    def __init__(self, event: Event) -> None:
        self.event = event
        verdict, who = event.fields.get("verdict", ""), event.fields.get("by") or "somebody"
        super().__init__(f"{who} decided on {event.on} meanwhile: {verdict}", mend="decide again")


def decide_claim(
    store: Store,
    overlays: Overlays,
    name: str,
    verdict: Verdict,
    right: Right,
    by: str | None,
    seen: int | None,
) -> str:
    """Write a word on a claim, or take one back; see `KnowledgeGraph.decide`. `right`: subject and object."""
    folder, overlays = _folder(store), overlays.again()
    if (verdict == "corrected") != any(each is not None for each in right):
        raise ParameterError("what is right goes with a correction", mend="give a right subject or object")
    if verdict == "withdrawn":
        return _withdraw(folder, overlays, name, by, seen)
    claim, register = _find_claim(store, name), stages.register(overlays)
    key = claim.node.value.removeprefix(CLAIM.base)
    _check_seen(folder, key, seen)
    fields = {
        "claim": key,
        "verdict": verdict,
        "article": claim.words.article,
        "subject": name_of(store, claim.subject),
        "predicate": curie(claim.predicate.value),
        "object": name_of(store, claim.object),
        "quote": claim.words.quote,
    }
    for part, said, given in zip(RIGHT, (claim.subject, claim.object), right, strict=True):
        if given is not None:
            fields[part] = _right(store, register, said, given)
    return record(folder, register, fields, by)


def _find_claim(store: Store, name: str) -> Claimed:
    """Return the claim that an id, an IRI or a CURIE names, or the beginning of a proposed one's.

    Raises `UnknownName` with the nearest ids, and where several begin so.
    """
    wanted = name.strip("<>").removeprefix(CLAIM.base).removeprefix("claim:")
    quads = store.match(None, G60.status, G60.Proposed)
    ids = sorted({str(quad.subject).strip("<>").removeprefix(CLAIM.base) for quad in quads})
    near = [each for each in ids if wanted and each.startswith(wanted)]
    for id in (wanted, *(near if len(near) == 1 else ())):
        with suppress(ValueError):  # it makes no IRI
            if claim := claim_of(store, CLAIM[id]):
                return claim
    raise UnknownName(name, near[:3] or ids[:3])


def _right(store: Store, register: Register, said: Term, name: str) -> str:
    """Return how a decision writes what is right: `id:…` for an entity, else the text of a value."""
    if isinstance(said, NamedNode) and said.value.startswith(ID.base):
        return f"id:{_entity_id(store, register, name)}"
    number = Value("", "xsd:decimal", "unit:NUM")
    return right_value(Value("", curie(said.datatype)) if isinstance(said, Literal) else number, name).value


def _entity_id(store: Store, register: Register, name: str) -> str:
    """Return the id of what a name means: in the store, else in the register, which knows more."""
    try:
        return resolve(store, name).value.removeprefix(ID.base)
    except UnknownName:
        known = register.find(name)
        id = known[0].id if len(known) == 1 else name.removeprefix("id:")
        if id not in register.entries:
            raise
        return id


def _folder(store: Store) -> Path:
    if not isinstance(store, DiskStore):
        message = "decisions are kept beside a store in a folder"
        raise StoreError(message, mend="build one with --store FOLDER")
    return store.folder


def _check_seen(folder: Path | None, on: str, seen: int | None) -> None:
    """Raise `DecidedMeanwhile` where a word on a thing came after the first `seen` ones."""
    for event in read_history(folder).events[seen:] if seen is not None else ():
        if event.on == on:
            raise DecidedMeanwhile(event)


def _withdraw(folder: Path, overlays: Overlays, on: str, by: str | None, seen: int | None) -> str:
    """Take back the word that stands on a claim or a name; an entry of a name leaves the register's file."""
    standing = read_history(folder).standing
    if on not in standing:
        raise UnknownName(on, [each for each in standing if each.startswith(on)][:3] or list(standing)[:3])
    _check_seen(folder, on, seen)
    fields = {k: v for k, v in standing[on].fields.items() if k not in (*RIGHT, "by", "at")}
    entry, file = fields.get("entry"), Path(fields.get("file", ""))
    if entry and _is_there(entry, _register(file, overlays)):
        after = without_entry(file, entry)
        _register(file, overlays, after)
        write_entries(file, after)
    return record(folder, stages.register(overlays), fields | {"verdict": "withdrawn"}, by)


def _is_there(entry: str, register: Register) -> bool:
    """Whether a register has an entry, also where its file was changed by hand since."""
    [said] = yaml.safe_load(entry)
    if "id" in said:
        return said["id"] in register.entries
    names = [*said.get("also", ()), *(each["name"] for each in said.get("garbled", ()))]
    return any(found.id == said["extends"] for name in names for found in register.find(name))


def register_file(store: Store, overlays: Overlays) -> Path:
    """Return where names are accepted that no file is named for: in the user's own register, else beside the
    store.
    """
    own = [Path(each) for each in overlays.register if Path(each).is_dir()]
    return (own[-1] if own else _folder(store) / "register") / "reviewed.yaml"


def accept_name(
    store: Store,
    overlays: Overlays,
    name: str,
    word: Word,
    file: Path | None,
    by: str | None,
    seen: int | None,
) -> Accepted:
    """Write a candidate into a register file, and who did so beside the store; see `KnowledgeGraph.accept`.

    Whose name it is may be said by any of its names.
    """
    overlays = overlays.again()
    register = stages.register(overlays)
    found = candidates(store, register).find(name)
    if word.of:
        with suppress(UnknownName):
            word = replace(word, of=_entity_id(store, register, word.of))
    folder = store.folder if isinstance(store, DiskStore) else None
    _check_seen(folder, found.id, seen)
    return accept(found, file or register_file(store, overlays), word, overlays, folder, by)


def accept(
    candidate: Candidate,
    file: Path,
    word: Word,
    overlays: Overlays,
    folder: Path | None = None,
    by: str | None = None,
) -> Accepted:
    """Write a candidate into a register file; one that it holds already changes nothing.

    In the folder of a store it is said who did so. Raises `ParameterError` for a word that does not fit,
    `RegisterError` for what cannot be written.
    """
    place = file.expanduser().absolute()
    with writing(place.parent, patience()) if place.parent.is_dir() else nullcontext():
        register = _register(place, overlays)
        fields = fields_of(candidate, word, register)
        id = str(fields.get("extends") or fields["id"])
        if is_held(register, id, candidate, word):
            return Accepted(id, str(file), "")
        entry = entry_text(fields)
        after = with_entry(file, entry)
        _register(place, overlays, after)
        write = partial(write_entries, file, after)
        said = {
            "name": candidate.id,
            "verdict": "repaired" if word.reason else "merged" if word.of else "accepted",
            "entity": f"id:{id}",
            "file": str(place),
            "entry": entry,
            "article": candidate.words[0].article if candidate.words else "",
            "quote": candidate.words[0].quote if candidate.words else "",
        }
        before = read_history(folder).standing.get(candidate.id)
        if folder is None or (before and said.items() <= before.fields.items()):
            write()  # whoever said so was killed before it was done
        else:
            record(folder, stages.register(overlays), said, by, write)
        return Accepted(id, str(file), entry)


def _register(place: Path, overlays: Overlays, text: str | None = None) -> Register:
    """Return the register with the file's own folder last, and with a text that is to stand in the file."""
    others = [each for each in overlays.register if each != str(place.parent)]
    own = [place.parent] if text is not None or place.parent.is_dir() else []
    drafts = {} if text is None else {place: text}
    return load_register(resource("data", "register"), *others, *own, drafts=drafts)
