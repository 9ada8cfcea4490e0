"""Gold files: what a person noted that a text says.

A gold file is a JSON object with `article` (a file beside it), `date`, `url`, and the lists `relations`
([subject, predicates, object]), `statistics` and `years` ([subject, year]); `traps` has `never_entities`
(names) and `never_relations`; `exhaustive: true` says that the text states nothing else. Names are regular
expressions, searched for in any name of a thing. What is malformed is a `GoldError` that names file and fact.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, get_args

from pydantic import BeforeValidator, Field, PlainValidator, StrictBool, StrictFloat, ValidationError

from g60kg.errors import GoldError
from g60kg.forms import Form, fault, first_fault

Part = Literal["relations", "statistics", "years"]
ENDING: Final = ".gold.json"
_MEND: Final = "see docs/extraction.md for the form"


def _names(raw: Any) -> re.Pattern[str]:
    if not isinstance(raw, str) or not raw:
        raise ValueError
    try:
        return re.compile(raw)
    except re.error as error:
        message = f"{error.pattern!r} is no regular expression: {error}"
        raise fault(message, "escape its signs with a backslash") from error


def _of_list(*names: str) -> BeforeValidator:
    """Return what makes a mapping of a fact that is written as a list."""

    def named(raw: Any) -> dict[str, Any]:
        if not isinstance(raw, list) or len(raw) != len(names):
            raise ValueError
        return dict(zip(names, raw, strict=True))

    return BeforeValidator(named)


Names = Annotated[re.Pattern[str], PlainValidator(_names)]
_PerhapsNames = Annotated[re.Pattern[str] | None, PlainValidator(lambda raw: _names(raw) if raw else None)]
_Said = Annotated[str | None, BeforeValidator(lambda raw: raw or None)]
_Year = Annotated[str, BeforeValidator(lambda raw: str(raw or ""))]


@dataclass(frozen=True, slots=True)
class RelationFact:
    """A relation between two things; any of the predicates (without prefix) will do."""

    subject: Names
    predicates: Annotated[tuple[str, ...], Field(min_length=1)]
    object: Names

    @property
    def predicate(self) -> str:
        """What it is counted under."""
        return "|".join(self.predicates)


@dataclass(frozen=True, slots=True)
class StatisticFact:
    """A figure: value, unit and comparator, of what, and where it is given for which industry."""

    measure: str
    value: StrictFloat
    unit: str
    comparator: str
    of: Names
    industry: _PerhapsNames = None
    year: _Year = ""

    @property
    def predicate(self) -> str:
        """What it is counted under."""
        return self.measure


@dataclass(frozen=True, slots=True)
class YearFact:
    """A time that is said of a thing: a year, or a date's beginning."""

    subject: Names
    year: Annotated[str, Field(min_length=1)]

    @property
    def predicate(self) -> str:
        """What it is counted under."""
        return "time"


Fact = RelationFact | StatisticFact | YearFact


def fact_json(fact: Fact) -> Any:
    """Return a fact in the form of the gold file: a figure by name, any other as a list."""
    parts = {name: _written(getattr(fact, name)) for name in fact.__slots__}
    return parts if isinstance(fact, StatisticFact) else list(parts.values())


def _written(part: Any) -> Any:
    if isinstance(part, re.Pattern):
        return part.pattern
    return list(part) if isinstance(part, tuple) else "" if part is None else part


_Relations = tuple[Annotated[RelationFact, _of_list("subject", "predicates", "object")], ...]


class _Traps(Form):
    noun: ClassVar[str] = "'traps'"
    never_entities: tuple[Names, ...] = ()
    never_relations: _Relations = ()


class Gold(Form):
    """What a person noted of a text: facts that it states, and traps that a reader may fall into.

    `article` is the path of the text.
    """

    noun: ClassVar[str] = "a gold file"
    article: Annotated[str, BeforeValidator(lambda raw: "" if raw is None else raw)] = ""
    date: _Said = None
    url: _Said = None
    relations: _Relations = ()
    statistics: tuple[StatisticFact, ...] = ()
    years: tuple[Annotated[YearFact, _of_list("subject", "year")], ...] = ()
    traps: _Traps = _Traps()
    exhaustive: StrictBool = False
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
    try:
        raw = json.loads(path.read_bytes())
        gold = Gold.model_validate(raw)
    except OSError as error:
        raise GoldError(f"cannot be read: {error.strerror}", path=path) from error
    except json.JSONDecodeError as error:
        raise GoldError(f"not JSON: {error.msg}", path=path, line=error.lineno, mend=_MEND) from error
    except UnicodeDecodeError as error:
        raise GoldError("not UTF-8", path=path, mend="save the file as UTF-8") from error
    except ValidationError as error:
        raise _named(error, raw, path) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise GoldError("too large a number, or nested too deeply", path=path, mend=_MEND) from error
    article = path.parent / gold.article
    if not article.is_file():
        message = f"no article {gold.article!r} beside it"
        raise GoldError(message, path=path, mend="name its text's file in 'article'")
    return gold.model_copy(update={"article": str(article)})


def _named(error: ValidationError, raw: Any, path: Path) -> GoldError:
    """Return the error of what is malformed; it names a fact by its number."""
    place, message, mend = first_fault(error)
    at = next((at for at, step in enumerate(place) if isinstance(step, int)), None)
    if at is None:
        return GoldError(message, path=path, mend=mend if "known" in (mend or "") else _MEND)
    number = int(place[at])
    if "regular expression" in message:
        return GoldError(f"{place[at - 1]} {number + 1}: {message}", path=path, mend=mend)
    for step in place[: at + 1]:
        raw = raw[step]
    shown = json.dumps(raw, ensure_ascii=False)[:80]
    return GoldError(f"{place[at - 1]} {number + 1} is malformed: {shown}", path=path, mend=_MEND)
