"""Reviewing claims and names: what awaits a person's word, and that word, written beside the store.

The file of decisions has one entry more, whole and checked, or is as it was. A decision counts from the next
build; `withdrawn` takes it back.
"""

from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import proposed_claims as claims_to_confirm
from g60kg.describe.description import Said, said_of
from g60kg.describe.figures import name_of
from g60kg.errors import ParameterError, StoreError, UnknownName
from g60kg.kg import stages
from g60kg.kg.candidates import Accepted, accept, candidates, register_folders
from g60kg.kg.candidates import Verdict as Word
from g60kg.kg.decisions import RIGHT, Verdict, right_value
from g60kg.kg.history import check_seen, read_history, record
from g60kg.kg.overlays import Overlays
from g60kg.model import Value
from g60kg.query import resolve
from g60kg.register import Register, load_register, remove_entry
from g60kg.store import DiskStore, Store
from g60kg.terms import ARTICLE, CLAIM, G60, ID, PROV, RDF, curie

_SAID: Final = (RDF.subject, RDF.predicate, RDF.object, PROV.wasQuotedFrom)
_WORDS: Final = "SELECT DISTINCT ?quote { ?entity oa:hasTarget/oa:hasSelector/oa:exact ?quote }"


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
        told = [*map(_block, self.listed), *(["\n".join(["What they rest on:", *used])] if used else [])]
        return "\n\n".join([*told, f"{len(self.listed)} claims to confirm"])


def _block(claim: Said) -> str:
    words = claim.quote
    place = f"{words.article} {words.start}-{words.end}: «{' '.join(words.text.split())}»"
    return f"{claim.claim}  {claim.statement}\n  {place}\n  read by: {claim.reader}, {claim.basis}"


def proposed_claims(store: Store) -> Proposed:
    """Return the claims of a store that await a person's word."""
    return Proposed(said_of(store, claims_to_confirm(store)))


def find_claim(store: Store, name: str) -> str:
    """Return the id of the claim that an id, an IRI or a CURIE names, or the beginning of a proposed one's.

    Raises `UnknownName` with the nearest ids, and where several begin so.
    """
    wanted = name.strip("<>").removeprefix(CLAIM.base).removeprefix("claim:")
    try:
        if any(store.match(CLAIM[wanted], RDF.type, G60.Claim)):
            return wanted
    except ValueError:
        raise UnknownName(name) from None
    quads = store.match(None, G60.status, G60.Proposed)
    ids = sorted({str(quad.subject).strip("<>").removeprefix(CLAIM.base) for quad in quads})
    near = [each for each in ids if wanted and each.startswith(wanted)]
    if len(near) == 1:
        return near[0]
    raise UnknownName(name, near[:3] or ids[:3])


def decide_claim(
    store: Store,
    overlays: Overlays,
    name: str,
    verdict: Verdict,
    subject: str | None = None,
    object: str | None = None,
    *,
    by: str | None = None,
    seen: int | None = None,
) -> str:
    """Write a person's word on a claim beside the store, and return what was written.

    `subject` and `object` are what is right where the claim is corrected: an entity's name, or a number, a
    time or words where the object is such. `by` is who decides, `seen` how many decisions they saw. A word on
    a claim or a name that is `withdrawn` no longer counts. Raises `StoreError` for a store that is no folder,
    `UnknownName`, `DecidedMeanwhile`, `DecisionError` for what register or ontology do not let pass.
    """
    folder, register = _folder(store), stages.register(overlays)
    if (verdict == "corrected") == (subject is None and object is None):
        raise ParameterError("what is right goes with a correction", mend="give a right subject or object")
    if verdict == "withdrawn":
        return _withdraw(folder, overlays, name, by, seen)
    key = find_claim(store, name)
    check_seen(folder, key, seen)
    ends = ((RDF.subject, subject), (RDF.object, object))
    rights = [_right(store, register, key, part, name) for part, name in ends]
    fields = _fields(store, key, verdict) | {k: v for k, v in zip(RIGHT, rights, strict=True) if v}
    return record(folder, register, fields, by)


def _folder(store: Store) -> Path:
    if not isinstance(store, DiskStore):
        raise StoreError(
            "decisions are kept beside a store in a folder", mend="build one with --store FOLDER"
        )
    return store.folder


def _withdraw(folder: Path, overlays: Overlays, on: str, by: str | None, seen: int | None) -> str:
    """Take back the word that stands on a claim or a name; an entry of a name leaves the register's file."""
    standing = read_history(folder).standing
    if on not in standing:
        raise UnknownName(on, [each for each in standing if each.startswith(on)][:3] or list(standing)[:3])
    check_seen(folder, on, seen)
    fields = {k: v for k, v in standing[on].fields.items() if k not in (*RIGHT, "by", "at")}
    if entry := fields.get("entry"):
        file = Path(fields["file"])
        remove_entry(file, entry, lambda: load_register(*register_folders(file, overlays)))
    return record(folder, stages.register(overlays), fields | {"verdict": "withdrawn"}, by)


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
    file: Path | None = None,
    *,
    by: str | None = None,
    seen: int | None = None,
) -> Accepted:
    """Write a candidate into a register file, by default `register_file`, and who did so beside the store.

    Whose name it is may be said by any of its names. Raises what `accept` raises, and `DecidedMeanwhile`.
    """
    register = stages.register(overlays)
    found = candidates(store, register).find(name)
    if word.of:
        with suppress(UnknownName):
            word = replace(word, of=_entity_id(store, register, word.of))
    if isinstance(store, DiskStore):
        check_seen(store.folder, found.id, seen)
    if file is None:
        file = register_file(store, overlays)
        file.parent.mkdir(exist_ok=True)
    done = accept(found, file, word, overlays)
    if done.text and isinstance(store, DiskStore):
        said = found.words[0] if found.words else None
        fields = {
            "name": found.id,
            "verdict": "repaired" if word.reason else "merged" if word.of else "accepted",
            "entity": f"id:{done.id}",
            "file": str(file.expanduser().absolute()),
            "entry": done.text,
            "article": said.article if said else "",
            "quote": said.quote if said else "",
        }
        record(store.folder, register, fields, by)
    return done


def _fields(store: Store, key: str, verdict: Verdict) -> dict[str, str]:
    """Return what an entry says of a claim: enough for a person to know what was decided."""
    subject, predicate, object_, article = (_part(store, key, part) for part in _SAID)
    (quote,) = min(store.select(_WORDS, {"entity": CLAIM[key]}).rows, key=str)
    return {
        "claim": key,
        "verdict": verdict,
        "article": article.value.removeprefix(ARTICLE.base),
        "subject": name_of(store, subject),
        "predicate": curie(predicate.value),
        "object": name_of(store, object_),
        "quote": quote.value if quote else "",
    }


def _right(store: Store, register: Register, key: str, part: NamedNode, name: str | None) -> str | None:
    """Return how a decision writes what is right: `id:…` for an entity, else the text of a value."""
    if name is None:
        return None
    said = _part(store, key, part)
    if isinstance(said, NamedNode) and said.value.startswith(ID.base):
        return f"id:{_entity_id(store, register, name)}"
    number = Value("", "xsd:decimal", "unit:NUM")
    old = Value("", curie(said.datatype)) if isinstance(said, Literal) else number
    return right_value(old, name).value


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


def _part(store: Store, key: str, part: NamedNode) -> NamedNode | Literal:
    found = (quad.object for quad in store.match(CLAIM[key], part))
    return min((each for each in found if isinstance(each, NamedNode | Literal)), key=str)
