"""A reply: claims as JSON, from a person, a model or another tool, read into proposals.

Goes in: text. Comes out: proposals, and what is wrong with the claims that are none. The form is
`REPLY_SCHEMA`; nothing is looked up in the article here, that is the verifier's.
"""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from g60kg.errors import ReplyError
from g60kg.extract.proposals import Mention, Proposal, Stated
from g60kg.extract.tables import read_table
from g60kg.model import Qualifier, Value
from g60kg.resources import resource

LARGEST: Final = 4_000_000
"""The most characters of one reply."""
_LONG: Final = 2_000
"""The most characters of a quote; of any other text it is a quarter."""
_COMMENTS: Final = frozenset(["note", "fault"])
"""Keys that say something about a claim and are not read."""
_NUMBER: Final = re.compile(r"[-+]?\d{1,30}(?:\.\d{1,15})?")
_FRACTION: Final = re.compile(r"(\d{1,9})/([1-9]\d{0,8})")
_MONTH: Final = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_TIME: Final = re.compile(_MONTH)
_PERIOD: Final = re.compile(rf"{_MONTH}/{_MONTH}")
_LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CURRENCY: Final = re.compile(r"(?:cur:|unit:CCY_)?([A-Z]{3})")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_Text: Final[dict[str, Any]] = {"type": "string"}
_Optional: Final[dict[str, Any]] = {"type": ["string", "null"]}


def _object(needed: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    properties = {**needed, **(optional or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(needed),
        "additionalProperties": False,
    }


def _words() -> Any:
    return read_table(resource("data", "grammar", "replies.yaml"))


_MENTION: Final = _object({"name": _Text, "mention": _Text, "class": _Text})
_FIGURE: Final = _object(
    {
        "figure": _Text,
        "value": {"type": "string", "description": "a plain decimal with its scale applied, or 1/9"},
        "unit": {
            "type": "string",
            "description": "count, percent, fraction, km, km2, m2, ha, mu, CNY, USD",
        },
        "comparator": {
            "type": "string",
            "enum": ["exact", "about", "nearly", "more than", "less than", "at least", "up to"],
        },
        "of": {"type": "string", "description": "what is counted or measured, in words of the text"},
    }
)
_LIMITS: Final = {
    "year": {"type": ["string", "null"], "description": "2023, 2023-09 or 2023-09-22"},
    "period": {"type": ["string", "null"], "description": "2016/2021 or 2023-01/2023-09"},
    "industry": _Optional,
    "region": _Optional,
    "modality": {"type": ["string", "null"], "enum": ["planned", "denied", "reported", "partial", None]},
}
_CLAIM: Final = _object(
    {
        "quote": {"type": "string", "description": "words of the text, letter by letter; at most a sentence"},
        "subject": _MENTION,
        "predicate": _Text,
        "object": {"anyOf": [_MENTION, _FIGURE, _object({"date": _Text}), _object({"text": _Text})]},
    },
    _LIMITS,
)
REPLY_SCHEMA: Final[dict[str, Any]] = _object({"claims": {"type": "array", "items": _CLAIM}})
"""The JSON Schema of a reply as a model gives it; a file may also say who it is `by`, and comment claims."""


def every_key_required(schema: Any) -> Any:
    """Return a schema in which each key must stand, perhaps with null, as some endpoints ask for."""
    if isinstance(schema, list):
        return [every_key_required(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: every_key_required(part) for key, part in schema.items()}
    return whole | {"required": list(whole["properties"])} if "properties" in whole else whole


class _ClaimError(ValueError):
    """What is wrong with one claim: the key, and the mend."""


def read_reply(text: str, reader: str, where: str) -> tuple[tuple[Proposal, ...], tuple[str, ...]]:
    """Return the proposals of a reply, and what is wrong with those of its claims that cannot be used.

    One bad claim costs only itself. `where` is what a message names. Raises `ReplyError` for a text that is
    no reply at all.
    """
    reply = _load(text, where)
    basis = "recorded" if reply.get("by") == "person" else "model"
    proposals: list[Proposal] = []
    problems: list[str] = []
    for number, claim in enumerate(reply["claims"], 1):
        try:
            proposals.append(_proposal(claim, reader, basis))
        except _ClaimError as error:
            problems.append(f"{where}: claim {number}: {error}")
    return tuple(proposals), tuple(problems)


def read_proposals(text: str, reader: str, where: str) -> tuple[Proposal, ...]:
    """Return the proposals of a reply all of whose claims can be used. Raises `ReplyError`."""
    proposals, problems = read_reply(text, reader, where)
    if problems:
        raise ReplyError(problems[0])
    return proposals


def _load(text: str, where: str) -> dict[str, Any]:
    """Return a reply's JSON. Raises `ReplyError` unless it is an object with a list of claims."""
    if len(text) > LARGEST:
        raise ReplyError(f"longer than {LARGEST:,} characters", path=where, mend="split the article")
    try:
        reply = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise ReplyError(
            f"not JSON: {error.msg}", path=where, line=error.lineno, mend="mend that line"
        ) from error
    except ValueError as error:
        raise ReplyError("a number that is none", path=where, mend="write plain decimals") from error
    except RecursionError as error:
        raise ReplyError("nested too deep", path=where, mend="give {'claims': [...]}") from error
    if not isinstance(reply, dict) or not isinstance(reply.get("claims"), list):
        raise ReplyError("no list of claims", path=where, mend="give {'claims': [...]}")
    if unknown := reply.keys() - {"claims", "by"} - _COMMENTS:
        raise ReplyError(f"unknown key {min(unknown)!r}", path=where, mend="keys: claims, by, note")
    if not isinstance(reply.get("by", ""), str):
        raise ReplyError("'by' is no text", path=where, mend="write person, or the name of the tool")
    return reply


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _proposal(claim: Any, reader: str, basis: str) -> Proposal:
    _check_keys(claim, "claim", _CLAIM, _COMMENTS)
    predicate = _text(claim, "predicate")
    local = predicate.removeprefix("g60:")
    if not _LOCAL.fullmatch(local):
        raise _ClaimError(f"'predicate' {predicate!r} is no name; write it as locatedIn")
    return Proposal(
        reader=reader,
        pattern="reply",
        quote=_text(claim, "quote", _LONG),
        subject=_mention(claim["subject"], "subject"),
        predicate=f"g60:{local}",
        object=_stated(claim["object"]),
        basis=basis,
        qualifiers=_qualifiers(claim),
    )


def _check_keys(value: Any, key: str, schema: Mapping[str, Any], more: frozenset[str] = frozenset()) -> None:
    """Refuse what is no object, lacks a key, or has one that is none of the schema's."""
    if not isinstance(value, dict):
        raise _ClaimError(f"{key!r} is no object; write it as {{…}}")
    if lacks := [name for name in schema["required"] if name not in value]:
        raise _ClaimError(f"{key!r} lacks {lacks[0]!r}; add it")
    if unknown := value.keys() - schema["properties"].keys() - more:
        raise _ClaimError(f"unknown key {min(unknown)!r}; keys: {', '.join(schema['properties'])}")


def _text(value: Mapping[str, Any], key: str, longest: int = _LONG // 4, *, empty: bool = False) -> str:
    text = value[key]
    if not isinstance(text, str) or not (text.strip() or empty):
        raise _ClaimError(f"{key!r} is no text; write it in quotation marks")
    if len(text) > longest:
        raise _ClaimError(f"{key!r} is longer than {longest:,} characters; shorten it")
    if _SURROGATE.search(text):
        raise _ClaimError(f"{key!r} holds half a character; write it in full")
    return text


def _mention(value: Any, key: str) -> Mention:
    _check_keys(value, key, _MENTION)
    kind = _text(value, "class").removeprefix("g60:")
    if not _LOCAL.fullmatch(kind):
        raise _ClaimError(f"'class' {kind!r} is no name; write it as Company")
    return Mention(_text(value, "name"), _text(value, "mention", empty=True), kind)


def _stated(value: Any) -> Mention | Stated:
    """Return the object of a claim by the key that tells its kind."""
    kinds: dict[str, Callable[[Any], Mention | Stated]] = {
        "name": lambda given: _mention(given, "object"),
        "figure": _figure,
        "date": _date,
        "text": _literal,
    }
    if not isinstance(value, dict) or not (kind := next((key for key in kinds if key in value), None)):
        raise _ClaimError(f"'object' is none of the kinds; give one of {', '.join(kinds)}")
    return kinds[kind](value)


def _figure(value: Any) -> Stated:
    _check_keys(value, "object", _FIGURE)
    words, of = _text(value, "figure"), _text(value, "of", empty=True)
    comparator = _text(value, "comparator")
    if comparator not in _words_of("comparators"):
        raise _ClaimError(f"'comparator' {comparator!r}; one of {', '.join(_words_of('comparators'))}")
    unit = _text(value, "unit")
    code = unit_code(unit)
    literal = Value(_decimal(value["value"]), "xsd:decimal", code or "unit:NUM", comparator)
    return Stated(literal, words, of=of or (None if code else unit))


def _decimal(given: Any) -> str:
    """Return a number as a plain decimal; a fraction as the number reader rounds it."""
    text = str(given).strip() if isinstance(given, str | int | float) and not isinstance(given, bool) else ""
    if part := _FRACTION.fullmatch(text):
        return _plain(round(Decimal(part[1]) / Decimal(part[2]), 6))
    if not _NUMBER.fullmatch(text):
        raise _ClaimError(f"'value' {text[:40]!r} is no plain decimal; write 45000000000, 0.5 or 1/9")
    return _plain(Decimal(text))


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_code(word: str) -> str | None:
    """Return the unit of a word of a reply; None for one that counts things.

    >>> unit_code("km2"), unit_code("DKK"), unit_code("TEUs")
    ('unit:KiloM2', 'cur:DKK', None)
    """
    units = _words_of("units")
    if word in units:
        return str(units[word])
    if word in units.values():
        return word
    currency = _CURRENCY.fullmatch(word)
    return f"cur:{currency[1]}" if currency else None


@cache
def _words_of(part: str) -> Any:
    return _words()[part]


def _date(value: Any) -> Stated:
    _check_keys(value, "object", _object({"date": _Text}))
    date = _text(value, "date")
    if not _TIME.fullmatch(date):
        raise _ClaimError(f"'date' {date!r} is none; write it as 2023, 2023-09 or 2023-09-22")
    return Stated(Value(date, {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(date), "xsd:date")), "")


def _literal(value: Any) -> Stated:
    _check_keys(value, "object", _object({"text": _Text}))
    text = _text(value, "text", _LONG)
    return Stated(Value(text, "rdf:langString"), text)


def _qualifiers(claim: Mapping[str, Any]) -> tuple[tuple[str, Qualifier], ...]:
    """Return what limits a claim, sorted by name; a year with a month is a date."""
    given = {key: _text(claim, key) for key in _LIMITS if claim.get(key) is not None}
    for key, form in (("year", _TIME), ("period", _PERIOD)):
        if key in given and not form.fullmatch(given[key]):
            raise _ClaimError(f"{key!r} {given[key]!r} is none; write 2023 or 2023-09, or 2016/2021")
    if given.get("modality", "planned") not in _words_of("modalities"):
        raise _ClaimError(f"'modality' {given['modality']!r}; one of {', '.join(_words_of('modalities'))}")
    if len(given.get("year", "")) > 4:
        given["date"] = given.pop("year")
    return tuple(sorted(given.items()))
