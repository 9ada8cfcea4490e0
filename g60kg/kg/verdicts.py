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
from g60kg.kg.decisions import RIGHT, Event, History, Verdict, read_history, record, right_value
from g60kg.kg.overlays import Overlays
from g60kg.kg.review import Candidate, Word, candidates, fields_of, is_held
from g60kg.model import Value
from g60kg.query import resolve
from g60kg.register import Register, entry_text, load_register, with_entry, without_entry, write_entries
from g60kg.resources import resource
from g60kg.store import DiskStore, Store
from g60kg.temporary import writing
from g60kg.terms import CLAIM, G60, ID, curie


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


class Reviewer:
    """A person who gives their word on what a store holds, `by` name; `seen` is how many words they saw."""

    def __init__(
        self, store: Store, overlays: Overlays, by: str | None = None, seen: int | None = None
    ) -> None:
        self._store, self._overlays = store, overlays.again()
        self._register = stages.register(self._overlays)
        self._folder = store.folder if isinstance(store, DiskStore) else None
        self._by, self._seen = by, seen

    @property
    def _history(self) -> History:
        """What was decided by now: others may give their word meanwhile."""
        return read_history(self._folder)

    def decide(self, name: str, verdict: Verdict, right: tuple[str | None, str | None]) -> str:
        """Write a word on a claim, or take one back; see `KnowledgeGraph.decide`.

        `right` are subject and object where they are others.
        """
        folder = _folder(self._store)
        if (verdict == "corrected") != any(each is not None for each in right):
            message = "what is right goes with a correction"
            raise ParameterError(message, mend="give a right subject or object")
        if verdict == "withdrawn":
            return self._withdraw(folder, name)
        claim = _find_claim(self._store, name)
        key = claim.node.value.removeprefix(CLAIM.base)
        self._check_seen(key)
        fields = {
            "claim": key,
            "verdict": verdict,
            "article": claim.words.article,
            "subject": name_of(self._store, claim.subject),
            "predicate": curie(claim.predicate.value),
            "object": name_of(self._store, claim.object),
            "quote": claim.words.quote,
        }
        for part, said, given in zip(RIGHT, (claim.subject, claim.object), right, strict=True):
            if given is None:
                continue
            if isinstance(said, NamedNode) and said.value.startswith(ID.base):
                fields[part] = f"id:{self._entity_id(given)}"
            else:
                kind = (curie(said.datatype),) if isinstance(said, Literal) else ("xsd:decimal", "unit:NUM")
                fields[part] = right_value(Value("", *kind), given).value
        return record(folder, self._register, fields, self._by)

    def _withdraw(self, folder: Path, on: str) -> str:
        """Take back the word that stands on a claim or a name; a name's entry leaves the register's file."""
        standing = self._history.standing
        if on not in standing:
            near = [each for each in standing if each.startswith(on)]
            raise UnknownName(on, near[:3] or list(standing)[:3])
        self._check_seen(on)
        fields = {k: v for k, v in standing[on].fields.items() if k not in (*RIGHT, "by", "at")}
        entry, file = fields.get("entry"), Path(fields.get("file", ""))
        if entry and _is_there(entry, self._register_with(file)):
            after = without_entry(file, entry)
            self._register_with(file, after)
            write_entries(file, after)
        return record(folder, self._register, fields | {"verdict": "withdrawn"}, self._by)

    def accept(self, name: str, word: Word, file: Path | None) -> Accepted:
        """Write the candidate of a name into a register file; see `KnowledgeGraph.accept`.

        Whose name it is may be said by any of its names.
        """
        found = candidates(self._store, self._register).find(name)
        if word.of:
            with suppress(UnknownName):
                word = replace(word, of=self._entity_id(word.of))
        self._check_seen(found.id)
        return self.write(found, word, file or register_file(self._store, self._overlays))

    def write(self, candidate: Candidate, word: Word, file: Path) -> Accepted:
        """Write a candidate into a register file; one that it holds already changes nothing.

        In the folder of a store it is said who did so. Raises `ParameterError` for a word that does not fit,
        `RegisterError` for what cannot be written.
        """
        place = file.expanduser().absolute()
        with writing(place.parent, patience()) if place.parent.is_dir() else nullcontext():
            register = self._register_with(place)
            fields = fields_of(candidate, word, register)
            id = str(fields.get("extends") or fields["id"])
            if is_held(register, id, candidate, word):
                return Accepted(id, str(file), "")
            entry = entry_text(fields)
            after = with_entry(file, entry)
            self._register_with(place, after)
            put = partial(write_entries, file, after)
            said = {
                "name": candidate.id,
                "verdict": "repaired" if word.reason else "merged" if word.of else "accepted",
                "entity": f"id:{id}",
                "file": str(place),
                "entry": entry,
                "article": candidate.words[0].article if candidate.words else "",
                "quote": candidate.words[0].quote if candidate.words else "",
            }
            before = self._history.standing.get(candidate.id)
            if self._folder is None or (before and said.items() <= before.fields.items()):
                put()  # whoever said so was killed before it was done
            else:
                record(self._folder, self._register, said, self._by, put)
            return Accepted(id, str(file), entry)

    def _check_seen(self, on: str) -> None:
        """Raise `DecidedMeanwhile` where a word on a thing came after those that were seen."""
        for event in self._history.events[self._seen :] if self._seen is not None else ():
            if event.on == on:
                raise DecidedMeanwhile(event)

    def _entity_id(self, name: str) -> str:
        """Return the id of what a name means: in the store, else in the register, which knows more."""
        try:
            return resolve(self._store, name).value.removeprefix(ID.base)
        except UnknownName:
            known = self._register.find(name)
            id = known[0].id if len(known) == 1 else name.removeprefix("id:")
            if id not in self._register.entries:
                raise
            return id

    def _register_with(self, place: Path, text: str | None = None) -> Register:
        """Return the register with a file's own folder last, and with a text that is to stand in the file."""
        others = [each for each in self._overlays.register if each != str(place.parent)]
        own = [place.parent] if text is not None or place.parent.is_dir() else []
        drafts = {} if text is None else {place: text}
        return load_register(resource("data", "register"), *others, *own, drafts=drafts)


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


def _folder(store: Store) -> Path:
    if not isinstance(store, DiskStore):
        message = "decisions are kept beside a store in a folder"
        raise StoreError(message, mend="build one with --store FOLDER")
    return store.folder


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
