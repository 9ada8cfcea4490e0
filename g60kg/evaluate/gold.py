"""Gold files to values.

Goes in: a file `NAME.gold.json`, or a folder of them. Comes out: `Gold` values; what is malformed is a
`GoldError` that names the file, and the line or the fact. A gold file is a JSON object with `article` (a file
beside it), `date`, `url`, and the lists `relations` ([subject, predicates, object]), `statistics` and `years`
([subject, year]); `traps` has `never_entities` (names) and `never_relations`; `exhaustive: true` says that
the text states nothing else.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from ..errors import GoldError
from .facts import Fact, Names, Part, RelationFact, StatisticFact, YearFact

T = TypeVar("T")
ENDING: Final = ".gold.json"
_KEYS: Final = frozenset(
    ["article", "date", "url", "relations", "statistics", "years", "traps", "exhaustive", "note"]
)
_TRAPS: Final = frozenset(["never_entities", "never_relations"])
_MEND: Final = "see docs/extraction.md for the form"


@dataclass(frozen=True, slots=True)
class Gold:
    """What a person noted of a text: facts that it states, and traps that a reader may fall into."""

    path: Path
    article: Path
    date: str | None
    url: str | None
    facts: tuple[tuple[Part, Fact], ...]
    never_entities: tuple[Names, ...] = ()
    never_relations: tuple[RelationFact, ...] = ()
    exhaustive: bool = False

    @property
    def name(self) -> str:
        """The name of the text."""
        return self.article.stem


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
    raw = _read(path)
    article, traps = _text(raw, "article", path), _mapping(raw.get("traps", {}), _TRAPS, "'traps'", path)
    if article is None or not (path.parent / article).is_file():
        raise GoldError(
            f"no article {article!r} beside it", path=path, mend="name its text's file in 'article'"
        )
    if not isinstance(raw.get("exhaustive", False), bool):
        raise GoldError("'exhaustive' is true or false", path=path, mend=_MEND)
    return Gold(
        path,
        path.parent / article,
        _text(raw, "date", path),
        _text(raw, "url", path),
        (
            *(("relations", fact) for fact in _each(raw, "relations", _relation, path)),
            *(("statistics", fact) for fact in _each(raw, "statistics", _statistic, path)),
            *(("years", fact) for fact in _each(raw, "years", _year, path)),
        ),
        _each(traps, "never_entities", _names, path),
        _each(traps, "never_relations", _relation, path),
        raw.get("exhaustive", False),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_bytes())
    except OSError as error:
        raise GoldError(f"cannot be read: {error.strerror}", path=path) from error
    except json.JSONDecodeError as error:
        raise GoldError(f"not JSON: {error.msg}", path=path, line=error.lineno, mend=_MEND) from error
    except ValueError as error:
        raise GoldError("not UTF-8", path=path, mend="save the file as UTF-8") from error
    return _mapping(raw, _KEYS, "a gold file", path)


def _mapping(value: Any, keys: frozenset[str], what: str, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise GoldError(f"{what} is a JSON object", path=path, mend=_MEND)
    unknown = sorted(set(value) - keys)
    if unknown:
        raise GoldError(
            f"{what} has no key {unknown[0]!r}", path=path, mend=f"keys: {', '.join(sorted(keys))}"
        )
    return value


def _text(raw: dict[str, Any], key: str, path: Path) -> str | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, str):
        raise GoldError(f"{key!r} is a text", path=path, mend=_MEND)
    return value or None


def _each(raw: dict[str, Any], key: str, read: Callable[[Any], T], path: Path) -> tuple[T, ...]:
    """Read a list of facts; an error names the fact by its number."""
    listed = raw.get(key, [])
    if not isinstance(listed, list):
        raise GoldError(f"{key!r} is a list", path=path, mend=_MEND)
    found = []
    for number, value in enumerate(listed, 1):
        try:
            found.append(read(value))
        except re.error as error:
            message = f"{key} {number}: {error.pattern!r} is no regular expression: {error}"
            raise GoldError(message, path=path, mend="escape its signs with a backslash") from error
        except (ValueError, TypeError, KeyError) as error:
            message = f"{key} {number} is malformed: {json.dumps(value, ensure_ascii=False)[:80]}"
            raise GoldError(message, path=path, mend=_MEND) from error
    return tuple(found)


def _names(value: Any) -> Names:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return re.compile(value)


def _relation(value: Any) -> RelationFact:
    subject, predicates, object_ = _listed(value)
    if not all(isinstance(predicate, str) for predicate in _listed(predicates)):
        raise TypeError(predicates)
    return RelationFact(_names(subject), tuple(predicates), _names(object_))


def _statistic(value: Any) -> StatisticFact:
    if not isinstance(value, dict):
        raise TypeError(value)
    number, texts = value["value"], [value[key] for key in ("measure", "unit", "comparator")]
    if isinstance(number, bool | str) or not all(isinstance(text, str) for text in texts):
        raise TypeError(value)
    measure, unit, comparator = texts
    industry = _names(value["industry"]) if value.get("industry") else None
    year = str(value.get("year") or "")
    return StatisticFact(measure, float(number), unit, comparator, _names(value["of"]), industry, year)


def _year(value: Any) -> YearFact:
    subject, year = _listed(value)
    if not isinstance(year, str) or not year:
        raise TypeError(year)
    return YearFact(_names(subject), year)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise TypeError(value)
    return value
