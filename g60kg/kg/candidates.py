"""The candidates of a store: names that articles use, that look like entities, and that the register lacks.

`accept` writes one, by a person's word, into a register file: the file has one entry more, whole and checked,
or is as it was.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.claims import Words, words_of
from g60kg.describe.lookup import Memo, rows_of
from g60kg.errors import ParameterError, RegisterError, UnknownName
from g60kg.kg.change import writing_file
from g60kg.kg.overlays import Overlays
from g60kg.register import (
    Entry,
    Near,
    NearNames,
    Register,
    append_entry,
    entry_text,
    load_register,
    plain_name,
)
from g60kg.resources import resource
from g60kg.store import Store
from g60kg.terms import ID, curie, slug

_NAMED: Final = """
SELECT DISTINCT ?candidate ?kind ?name {
  GRAPH ?graph { ?candidate g60:status g60:Candidate ; a ?kind ; skos:prefLabel ?name }
}
"""
_NAMING: Final = """
SELECT DISTINCT ?candidate ?claim {
  ?candidate g60:status g60:Candidate .
  { ?claim ?role ?candidate }
  UNION { ?figure a g60:Statistic ; ?limit ?candidate . ?claim rdf:object ?figure }
  ?claim a g60:Claim .
}
"""


@dataclass(frozen=True, slots=True)
class Sense:
    """An entry of the register that bears a name as others do, and the places in which it lies."""

    id: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name to be looked at by a person; `known_as` is the entry that bears it by now, `senses` are the
    entries of an open choice: several bear the name, and the article does not say which it means.
    """

    iri: str
    name: str
    classes: tuple[str, ...]
    words: tuple[Words, ...]
    nearest: tuple[Near, ...]
    known_as: str | None = None
    senses: tuple[Sense, ...] = ()

    @property
    def id(self) -> str:
        """The id that an entry of it would have."""
        return self.iri.removeprefix(ID.base)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of a store, sorted by name."""

    listed: tuple[Candidate, ...]

    def find(self, name: str) -> Candidate:
        """Return the candidate of a name, an id or an IRI; raises `UnknownName` with the nearest."""
        wanted = name.strip("<>").removeprefix(ID.base).removeprefix("id:")
        for each in self.listed:
            if wanted == each.id or name.casefold() == each.name.casefold():
                return each
        names = [each.name for each in self.listed]
        raise UnknownName(name, get_close_matches(name, names, 3, 0.4) or names[:3])

    def to_json(self) -> list[dict[str, Any]]:
        """Return all of them, as `review --format json` prints."""
        return [asdict(each) for each in self.listed]

    def __str__(self) -> str:
        blocks = ["\n".join(_lines(each)) for each in self.listed]
        return "\n\n".join([*blocks, f"{len(self.listed)} candidates"])


def candidates(store: Store, register: Register) -> Candidates:
    """Return the candidates of a store, with the names of a register that look like theirs."""
    names: dict[str, str] = {}
    classes: dict[str, set[str]] = {}
    for row in rows_of(store, _NAMED):
        iri = row["candidate"].value
        names[iri] = min(names.get(iri, row["name"].value), row["name"].value)
        classes.setdefault(iri, set()).add(curie(row["kind"].value))
    words, near = _words(store), NearNames(register)
    found = (
        Candidate(
            iri, name, tuple(sorted(classes[iri])), words.get(iri, ()), near.of(name), *_known(register, name)
        )
        for iri, name in names.items()
    )
    return Candidates(tuple(sorted(found, key=lambda each: (each.name.casefold(), each.iri))))


def _known(register: Register, name: str) -> tuple[str | None, tuple[Sense, ...]]:
    """Return the one entry that bears a name by now, or all of several."""
    bearers = register.find(name)
    if len(bearers) < 2:
        return next((entry.id for entry in bearers), None), ()
    return None, tuple(Sense(entry.id, _places(register, entry)) for entry in bearers)


def _places(register: Register, entry: Entry) -> tuple[str, ...]:
    ids = sorted(place.value.removeprefix(ID.base) for place in entry.containers())
    return tuple(register.entries[id].en for id in ids if id in register.entries)


def _words(store: Store) -> dict[str, tuple[Words, ...]]:
    """Return the words that speak of each candidate, in the order of the articles and their texts."""
    found: dict[str, set[Words]] = {}
    read = Memo(store)
    for row in rows_of(store, _NAMING):
        words = words_of(read, NamedNode(row["claim"].value))
        found.setdefault(row["candidate"].value, set()).update([words] if words else ())
    place = attrgetter("article", "start", "end")
    return {iri: tuple(sorted(words, key=place)) for iri, words in found.items()}


def _lines(candidate: Candidate) -> Iterator[str]:
    kinds = ", ".join(name.removeprefix("g60:") for name in candidate.classes)
    yield f"{candidate.name}  ({kinds}; id:{candidate.id})"
    if candidate.known_as is not None:
        yield f"  known by now as id:{candidate.known_as}: build again"
    if candidate.senses:
        told = "; ".join(f"id:{each.id} (in {', '.join(each.places)})" for each in candidate.senses)
        yield f"  one of {len(candidate.senses)}: {told}"
    for each in candidate.words:
        yield f"  {each.article} {each.start}-{each.end}: «{' '.join(each.quote.split())}»"
    if candidate.nearest and not candidate.senses:
        near = "; ".join(f"{each.name} (id:{each.id}, {each.likeness:.2f})" for each in candidate.nearest)
        yield f"  nearest: {near}"


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


def accept(candidate: Candidate, file: Path, verdict: Verdict, overlays: Overlays) -> Accepted:
    """Write a candidate into a register file; one that it holds already changes nothing.

    Raises `ParameterError` for a verdict that does not fit, `RegisterError` for what cannot be written.
    """
    with writing_file(file):
        register = load_register(*register_folders(file, overlays))
        fields = _as_name(candidate, verdict, register) if verdict.of else _as_entity(candidate, verdict)
        id = str(fields.get("extends") or fields["id"])
        if _holds(register, id, candidate, verdict):
            return Accepted(id, str(file), "")

        def check() -> None:
            if id not in load_register(*register_folders(file, overlays)).entries:
                raise ParameterError("the file is not read as part of the register", mend="name another file")

        text = entry_text(fields)
        append_entry(file, text, check)
        return Accepted(id, str(file), text)


def register_folders(file: Path, overlays: Overlays) -> list[str | Path]:
    """Return the folders of the register with the file's own last."""
    folder = str(file.expanduser().absolute().parent)
    others = [each for each in overlays.register if each != folder]
    last = [folder] if Path(folder).is_dir() else []
    return [resource("data", "register"), *others, *last]


def _holds(register: Register, id: str, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether the register says already what a verdict says; raises where it has another entry of the id."""
    entry = register.entries.get(id)
    if entry is None or verdict.of:
        return any(found.id == id for found in register.find(candidate.name))
    same = (entry.en, entry.zh) == (verdict.en or candidate.name, verdict.zh)
    if not same or set(entry.types) != set(_types(candidate, verdict)):
        place = f"{entry.place.path}:{entry.place.line}"
        message = f"the register has another entry {entry.id!r} ({place})"
        raise ParameterError(message, mend=f"change it there, or accept the name with --of {entry.id}")
    return True


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
    if any(each.id == id for each in candidate.senses):
        message = f"{candidate.name!r} is a name of id:{id} already, and of {len(candidate.senses) - 1} more"
        mend = f"correct its claims: review --correct CLAIM --subject id:{id}, or --object"
        raise ParameterError(message, mend=mend)
    for other in (bearer for bearer in register.find(candidate.name) if bearer.id != id):
        message = f"the name {candidate.name!r} of {id!r} is also a name of {other.id!r}"
        raise RegisterError(message, path=other.place.path, line=other.place.line, mend="leave it there")
    name = plain_name(candidate.name)
    stated = {"garbled": [{"name": name, "reason": verdict.reason}]} if verdict.reason else {"also": [name]}
    return {"extends": id, **stated, "source": _source(candidate)}


def _source(candidate: Candidate) -> str:
    """Say where the name stands."""
    if not candidate.words:
        return "Accepted by a person."
    first = candidate.words[0]
    return f"Accepted by a person from the article {first.article}, characters {first.start} to {first.end}."
