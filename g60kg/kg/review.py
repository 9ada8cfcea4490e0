"""What awaits a person's word: names of things that the register lacks, and claims on a weaker basis."""

from dataclasses import asdict, dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from pyoxigraph import NamedNode

from g60kg.describe.claims import Words, claims_naming, proposed_claims, words_of
from g60kg.describe.description import Said, said_of
from g60kg.describe.lookup import Memo, grouped, rows_of
from g60kg.errors import ParameterError, RegisterError, UnknownName
from g60kg.register import Near, NearNames, Register, plain_name
from g60kg.resources import query_text
from g60kg.store import Store
from g60kg.terms import ID, curie, slug


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

    def __str__(self) -> str:
        kinds = ", ".join(name.removeprefix("g60:") for name in self.classes)
        lines = [f"{self.name}  ({kinds}; id:{self.id})"]
        if self.known_as is not None:
            lines.append(f"  known by now as id:{self.known_as}: build again")
        if self.senses:
            told = "; ".join(f"id:{each.id} (in {', '.join(each.places)})" for each in self.senses)
            lines.append(f"  one of {len(self.senses)}: {told}")
        lines += [_place(each.article, each.start, each.end, each.quote) for each in self.words]
        if self.nearest and not self.senses:
            near = (f"{each.name} (id:{each.id}, {each.likeness:.2f})" for each in self.nearest)
            lines.append(f"  nearest: {'; '.join(near)}")
        return "\n".join(lines)


def _place(article: str, start: int, end: int, quote: str) -> str:
    return f"  {article} {start}-{end}: «{' '.join(quote.split())}»"


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
        return "\n\n".join([*map(str, self.listed), f"{len(self.listed)} candidates"])


def candidates(store: Store, register: Register) -> Candidates:
    """Return the candidates of a store, with the names of a register that look like theirs."""
    read, near = Memo(store), cache(NearNames(register).of)  # many candidates may bear one name
    rows = grouped((row["candidate"].value, row) for row in rows_of(store, query_text("candidates")))
    found = list[Candidate]()
    for iri, held in rows.items():
        name = min(row["name"].value for row in held)
        classes = tuple(sorted({curie(row["kind"].value) for row in held}))
        words = filter(None, {words_of(read, claim) for claim in claims_naming(read, NamedNode(iri))})
        placed = sorted(words, key=lambda each: (each.article, each.start, each.end))
        found.append(Candidate(iri, name, classes, tuple(placed), near(name), *_known(register, name)))
    return Candidates(tuple(sorted(found, key=lambda each: (each.name.casefold(), each.iri))))


def _known(register: Register, name: str) -> tuple[str | None, tuple[Sense, ...]]:
    """Return the one entry that bears a name by now, or all of several."""
    bearers = register.find(name)
    if len(bearers) < 2:
        return next((entry.id for entry in bearers), None), ()
    known, senses = register.entries, list[Sense]()
    for entry in bearers:
        ids = sorted(place.value.removeprefix(ID.base) for place in entry.containers())
        senses.append(Sense(entry.id, tuple(known[id].en for id in ids if id in known)))
    return None, tuple(senses)


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of a candidate: a new entity, or, with `of`, another name of a known one.

    `kind` is its class where that is another than it seems, `en` and `zh` its preferred names where they are
    others than the text's. `reason` says of a name of a known entity why it is wrong: then it is a repair.
    """

    kind: str | None = None
    en: str | None = None
    zh: str | None = None
    of: str | None = None
    reason: str | None = None


def fields_of(candidate: Candidate, word: Word, register: Register) -> dict[str, Any]:
    """Return the entry of a register that a word makes of a candidate: a new entity, or another name of one.

    Raises `ParameterError` for a word that does not fit, `RegisterError` for a name that another entry has.
    """
    name, is_described = candidate.name, candidate.name.islower()
    if is_described and (word.of or not word.en):
        mend = "leave it" if word.of else "name it with --en"
        raise ParameterError(f"{name!r} describes a thing and does not name it", mend=mend)
    first = (f" from the article {w.article}, characters {w.start} to {w.end}" for w in candidate.words[:1])
    plain, source = plain_name(name), f"Accepted by a person{''.join(first)}."
    if word.of:
        stated = {"garbled": [{"name": plain, "reason": word.reason}]} if word.reason else {"also": [plain]}
        return {"extends": _known_id(candidate, word.of, register), **stated, "source": source}
    en = word.en or name
    return {  # under the candidate's id, so that its IRI stays
        "id": slug(en) if is_described else candidate.id,
        "type": _types(candidate, word)[0].removeprefix("g60:"),
        "en": plain_name(en),
        **({"zh": plain_name(word.zh)} if word.zh else {}),
        **({} if is_described or en == name else {"also": [plain]}),
        "source": source,
    }


def _known_id(candidate: Candidate, of: str, register: Register) -> str:
    """Return the id of the entry that is to have a candidate's name; raises where it cannot."""
    name, id = candidate.name, of.removeprefix("id:")
    if id not in register.entries:
        near = "; ".join(each.id for each in candidate.nearest) or "none"
        raise ParameterError(f"no entry has the id {id!r}", mend=f"nearest to the name: {near}")
    if any(each.id == id for each in candidate.senses):
        message = f"{name!r} is a name of id:{id} already, and of {len(candidate.senses) - 1} more"
        mend = f"correct its claims: review --correct CLAIM --subject id:{id}, or --object"
        raise ParameterError(message, mend=mend)
    for other in (bearer for bearer in register.find(name) if bearer.id != id):
        message = f"the name {name!r} of {id!r} is also a name of {other.id!r}"
        raise RegisterError(message, path=other.place.path, line=other.place.line, mend="leave it there")
    return id


def is_held(register: Register, id: str, candidate: Candidate, word: Word) -> bool:
    """Whether a register says already what a word says; raises where it has another entry of the id."""
    entry = register.entries.get(id)
    if entry is None or word.of:
        return any(found.id == id for found in register.find(candidate.name))
    same = (entry.en, entry.zh) == (word.en or candidate.name, word.zh)
    if not same or set(entry.types) != set(_types(candidate, word)):
        message = f"the register has another entry {id!r} ({entry.place.path}:{entry.place.line})"
        raise ParameterError(message, mend=f"change it there, or accept the name with --of {id}")
    return True


def _types(candidate: Candidate, word: Word) -> tuple[str, ...]:
    if word.kind:
        return (f"g60:{word.kind.removeprefix('g60:')}",)
    if len(candidate.classes) > 1:
        kinds = ", ".join(name.removeprefix("g60:") for name in candidate.classes)
        message = f"{candidate.name!r} seems to be of several classes: {kinds}"
        raise ParameterError(message, mend="say --as CLASS")
    return candidate.classes


@dataclass(frozen=True, slots=True)
class Proposed:
    """The claims of a store that await a person's word, in the order of the articles and their texts."""

    listed: tuple[Said, ...]

    def to_json(self) -> list[dict[str, Any]]:
        """Return all of them, as `review --claims --format json` prints."""
        return [asdict(each) for each in self.listed]

    def __str__(self) -> str:
        from g60kg.extract import load_bases

        held = {each.basis for each in self.listed}
        used = [f"  {name}: {basis.means}" for name, basis in load_bases().items() if name in held]
        told = []
        for each in self.listed:
            place = _place(each.quote.article, each.quote.start, each.quote.end, each.quote.text)
            told.append(f"{each.claim}  {each.statement}\n{place}\n  read by: {each.reader}, {each.basis}")
        told += ["\n".join(["What they rest on:", *used])] if used else []
        return "\n\n".join([*told, f"{len(self.listed)} claims to confirm"])


def proposed(store: Store) -> Proposed:
    """Return the claims of a store that await a person's word."""
    return Proposed(said_of(store, proposed_claims(store)))
