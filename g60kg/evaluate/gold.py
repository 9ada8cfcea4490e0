"""Gold files: what a person noted that a text says.

A gold file is a JSON object with `article` (a file beside it), `date`, `url`, and the lists `relations`
([subject, predicates, object]), `statistics` and `years` ([subject, year]); `traps` has `never_entities`
(names) and `never_relations`; `exhaustive: true` says that the text states nothing else. Names are regular
expressions, searched for in any name of a thing. What is malformed is a `GoldError` that names file and line.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from g60kg.errors import GoldError
from g60kg.forms import Reader, T, filled, flag, listed, number, read_fields, text, written
from g60kg.nodes import Node, Source, read_node

Part = Literal["relations", "statistics", "years"]
Names = re.Pattern[str]
ENDING: Final = ".gold.json"
_MEND: Final = "see docs/extraction.md for the form"


@dataclass(frozen=True, slots=True)
class RelationFact:
    """A relation between two things; any of the predicates (without prefix) will do."""

    subject: Names
    predicates: tuple[str, ...]
    object: Names


@dataclass(frozen=True, slots=True)
class StatisticFact:
    """A figure: value, unit and comparator, of what, and where it is given for which industry."""

    measure: str
    value: float
    unit: str
    comparator: str
    of: Names
    industry: Names | None = None
    year: str = ""


@dataclass(frozen=True, slots=True)
class YearFact:
    """A time that is said of a thing: a year, or a date's beginning."""

    subject: Names
    year: str


Fact = RelationFact | StatisticFact | YearFact


def counted_under(fact: Fact) -> str:
    """Return the predicate that a fact is counted under: of a relation, any of them."""
    if isinstance(fact, RelationFact):
        return "|".join(fact.predicates)
    return fact.measure if isinstance(fact, StatisticFact) else "time"


def fact_json(fact: Fact) -> Any:
    """Return a fact in the form of the gold file: a figure by name, any other as a list."""
    parts = {name: getattr(fact, name) for name in fact.__slots__}
    for name, part in parts.items():
        said = part.pattern if isinstance(part, re.Pattern) else part
        parts[name] = list(said) if isinstance(said, tuple) else "" if said is None else said
    return parts if isinstance(fact, StatisticFact) else list(parts.values())


@dataclass(frozen=True, slots=True)
class Gold:
    """What a person noted of a text: facts that it states, and traps: what it never states, and a reader may
    take it to state. `article` is the path of the text.
    """

    article: str = ""
    date: str | None = None
    url: str | None = None
    relations: tuple[RelationFact, ...] = ()
    statistics: tuple[StatisticFact, ...] = ()
    years: tuple[YearFact, ...] = ()
    never_entities: tuple[Names, ...] = ()
    never_relations: tuple[RelationFact, ...] = ()
    exhaustive: bool = False
    note: Any = None

    @property
    def name(self) -> str:
        """The name of the text."""
        return Path(self.article).stem

    @property
    def facts(self) -> tuple[tuple[Part, Fact], ...]:
        """All its facts, each with its part."""
        return tuple((part, fact) for part in get_args(Part) for fact in getattr(self, part))


def read_golds(folder: str | Path) -> tuple[Gold, ...]:
    """Read the gold files of a folder, in the order of their names.

    Raises `GoldError` for a folder without any, and for a file that is malformed.
    """
    place = Path(folder)
    if not place.is_dir():
        raise GoldError("no such folder", path=place, mend=f"name a folder of *{ENDING} files")
    paths = sorted(place.glob(f"*{ENDING}"))
    if not paths:
        raise GoldError(f"holds no *{ENDING} file", path=place, mend="name a folder of gold files")
    return tuple(map(read_gold, paths))


def read_gold(path: Path) -> Gold:
    """Read one gold file; raises `GoldError`."""
    source = Source(path, GoldError, "gold")
    root = read_node(source)
    if root is None:
        raise source.fail("holds nothing", mend=_MEND)
    said = read_fields(root, "a gold file", {}, _GOLD)
    article = path.parent / (said.get("article") or "")
    if not article.is_file():
        message = f"no article {said.get('article') or ''!r} beside it"
        raise source.fail(message, mend="name its text's file in 'article'")
    traps = said.pop("traps", {})
    return Gold(**said | traps | {"article": str(article)})


def _names(node: Node) -> Names:
    said = filled(text)(node)
    try:
        return re.compile(said)
    except re.error as error:
        message = f"{said!r} is no regular expression: {error}"
        raise node.error(message, "escape its signs with a backslash") from error


def _perhaps(reader: Reader[T]) -> Reader[T | None]:
    """Return what reads null and an empty text to None."""
    return lambda node: None if node.tag == "null" or node.plain() == "" else reader(node)


def _list_of(make: Callable[..., T], **readers: Reader[Any]) -> Reader[T]:
    """Return what reads a fact that is written as a list, of a part for each reader."""

    def read(node: Node) -> T:
        if len(node.items) != len(readers):
            raise node.error(f"a fact of {node.key!r} is [{', '.join(readers)}]", _MEND)
        return make(*(reader(part) for reader, part in zip(readers.values(), node.items, strict=True)))

    return read


_STATISTIC: Final[Mapping[str, Reader[Any]]] = {
    "measure": text,
    "value": number,
    "unit": text,
    "comparator": text,
    "of": _names,
}
_WHERE: Final[Mapping[str, Reader[Any]]] = {
    "industry": _perhaps(_names),
    "year": lambda node: written(node) if node.tag != "null" else "",
}
_RELATIONS: Final = listed(
    _list_of(RelationFact, subject=_names, predicates=filled(listed(text)), object=_names)
)
_TRAPS: Final[Mapping[str, Reader[Any]]] = {"never_entities": listed(_names), "never_relations": _RELATIONS}
_GOLD: Final[Mapping[str, Reader[Any]]] = {
    "article": _perhaps(text),
    "date": _perhaps(text),
    "url": _perhaps(text),
    "relations": _RELATIONS,
    "statistics": listed(lambda node: StatisticFact(**read_fields(node, "a statistic", _STATISTIC, _WHERE))),
    "years": listed(_list_of(YearFact, subject=_names, year=filled(text))),
    "traps": lambda node: read_fields(node, "'traps'", {}, _TRAPS),
    "exhaustive": flag,
    "note": Node.plain,
}
