"""The candidates of a store: names that articles use, that look like entities, and that the register lacks.

Goes in: a store and the register. Comes out: `Candidates`: each with its class, the words in which it stands,
and the known names that look most like it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any, Final

from g60kg.describe.lookup import rows_of
from g60kg.errors import UnknownName
from g60kg.register import Near, NearNames, Register
from g60kg.store import Store
from g60kg.terms import ARTICLE, ID, curie

_NAMED: Final = """
SELECT DISTINCT ?candidate ?kind ?name {
  GRAPH ?graph { ?candidate g60:status g60:Candidate ; a ?kind ; skos:prefLabel ?name }
}
"""
_WORDS: Final = """
SELECT DISTINCT ?candidate ?article ?start ?end ?quote {
  ?candidate g60:status g60:Candidate .
  { ?claim ?role ?candidate }
  UNION { ?figure a g60:Statistic ; ?limit ?candidate . ?claim rdf:object ?figure }
  ?claim prov:wasQuotedFrom ?article ; oa:hasTarget/oa:hasSelector ?place, ?words .
  ?place oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
}
"""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an article that speak of a candidate."""

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name to be looked at by a person; `known_as` is the entry that bears it by now."""

    iri: str
    name: str
    classes: tuple[str, ...]
    words: tuple[Words, ...]
    nearest: tuple[Near, ...]
    known_as: str | None = None

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
    ordered = sorted(names, key=lambda iri: (names[iri].casefold(), iri))
    return Candidates(
        tuple(
            Candidate(
                iri,
                names[iri],
                tuple(sorted(classes[iri])),
                tuple(sorted(words.get(iri, ()), key=lambda each: (each.article, each.start, each.end))),
                near.of(names[iri]),
                next((entry.id for entry in register.find(names[iri])), None),
            )
            for iri in ordered
        )
    )


def _words(store: Store) -> dict[str, set[Words]]:
    found: dict[str, set[Words]] = {}
    for row in rows_of(store, _WORDS):
        place = int(row["start"].value), int(row["end"].value)
        said = Words(row["article"].value.removeprefix(ARTICLE.base), *place, row["quote"].value)
        found.setdefault(row["candidate"].value, set()).add(said)
    return found


def _lines(candidate: Candidate) -> Iterator[str]:
    kinds = ", ".join(name.removeprefix("g60:") for name in candidate.classes)
    yield f"{candidate.name}  ({kinds}; id:{candidate.id})"
    if candidate.known_as is not None:
        yield f"  known by now as id:{candidate.known_as}: build again"
    for each in candidate.words:
        yield f"  {each.article} {each.start}-{each.end}: «{' '.join(each.quote.split())}»"
    if candidate.nearest:
        near = "; ".join(f"{each.name} (id:{each.id}, {each.likeness:.2f})" for each in candidate.nearest)
        yield f"  nearest: {near}"
