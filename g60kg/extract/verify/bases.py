"""Which claims are accepted: the table of bases, agreement between readers, and the fullest of equal claims.

Goes in: `data/bases.yaml`, then claims. Comes out: the same claims with their status, each once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from g60kg.errors import InputError
from g60kg.extract.claims import object_key, qualifier_key
from g60kg.forms import Reader, flag, mapping, number, read_fields, text
from g60kg.model import Claim
from g60kg.nodes import Source, read_node
from g60kg.resources import resource


@dataclass(frozen=True, slots=True)
class Basis:
    """How subject and object were found: whether that is trusted, its measured precision, and a sentence."""

    accepted: bool
    precision: float | None
    kind: str
    means: str


Bases = Mapping[str, Basis]
_BASIS: Final[Mapping[str, Reader[Any]]] = {
    "accepted": flag,
    "precision": lambda node: None if node.tag == "null" else number(node),
    "kind": text,
    "means": text,
}


@lru_cache(maxsize=2)
def load_bases(path: Path | None = None) -> Bases:
    """Return the bases of `data/bases.yaml`, or of another file. Raises `InputError`."""
    source = Source(path or resource("data", "bases.yaml"), InputError, "table of bases")
    node = read_node(source)
    if node is None:
        raise source.fail("no table of bases", 1, "write 'name: {accepted: …}' lines")
    rows = mapping(node, "a table of bases").items()
    return {name: Basis(**read_fields(row, f"the basis {name!r}", _BASIS, {})) for name, row in rows}


def settle_status(claims: Iterable[tuple[int, Claim]], bases: Bases) -> list[Claim]:
    """Return claims with their status, the fullest of equal ones, given each with the number of its sentence.

    Two readers of different kinds that state one triple in one sentence agree: the claim is accepted.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for sentence, claim in claims:
        key = (sentence, claim.subject.iri, claim.predicate, *object_key(claim.object))
        groups.setdefault(key, []).append(claim)
    return [claim for rivals in groups.values() for claim in _fullest(_with_status(rivals, bases))]


def _with_status(claims: list[Claim], bases: Bases) -> list[Claim]:
    kinds = {bases[claim.basis].kind for claim in claims}
    agreed = len(kinds) > 1 and bases["agreed"].accepted
    found = []
    for claim in claims:
        is_trusted = bases[claim.basis].accepted
        basis = "agreed" if agreed and not is_trusted else claim.basis
        found.append(replace(claim, basis=basis, status="accepted" if is_trusted or agreed else "proposed"))
    return found


def _fullest(claims: list[Claim]) -> list[Claim]:
    """Keep those with the most qualifiers, then the accepted, then the shortest quote."""
    if len(claims) == 1:
        return claims
    kept: list[tuple[frozenset[str], Claim]] = []
    ranked = sorted(
        ((frozenset(qualifier_key(claim.qualifiers)), claim) for claim in claims),
        key=lambda row: (-len(row[0]), row[1].status, row[1].end - row[1].start, row[1].start),
    )
    for limits, claim in ranked:
        alike = (other for others, other in kept if limits <= others)
        if not any(claim.start < other.end and other.start < claim.end for other in alike):
            kept.append((limits, claim))
    return [claim for _, claim in kept]
