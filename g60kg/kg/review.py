"""Reviewing claims: those that await a person's word, and that word, written beside the store.

The file of decisions has one entry more, whole and checked, or is as it was; it counts from the next build.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import proposed_claims as claims_to_confirm
from g60kg.describe.description import Said, said_of
from g60kg.describe.figures import name_of
from g60kg.errors import ParameterError, StoreError, UnknownName
from g60kg.kg import stages
from g60kg.kg.decisions import FILE, RIGHT, Verdict, read_decisions, right_value
from g60kg.kg.overlays import Overlays
from g60kg.model import Value
from g60kg.query import resolve
from g60kg.register import Register, append_entry, entry_text
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
        return "\n\n".join([*map(_block, self.listed), f"{len(self.listed)} claims to confirm"])


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
) -> str:
    """Write a person's word on a claim beside the store, as `KnowledgeGraph.decide` does."""
    if not isinstance(store, DiskStore):
        raise StoreError(
            "decisions are kept beside a store in a folder", mend="build one with --store FOLDER"
        )
    if (verdict == "corrected") == (subject is None and object is None):
        raise ParameterError("what is right goes with a correction", mend="give a right subject or object")
    file, key = store.folder / FILE, find_claim(store, name)
    register = stages.register(overlays)
    ends = ((RDF.subject, subject), (RDF.object, object))
    rights = [_right(store, register, key, part, name) for part, name in ends]
    text = entry_text(_fields(store, key, verdict) | {k: v for k, v in zip(RIGHT, rights, strict=True) if v})
    append_entry(file, text, lambda: read_decisions(store.folder, register))
    return text


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
