"""A reply: claims as JSON, from a person, a model or another tool, read into proposals; and files of them.

Goes in: text, or a folder of files `ARTICLE-ID.json`. Comes out: proposals, and what is wrong with the claims
that are none. The form is that of `data/reply.schema.json`; nothing is looked up in the article here, that is
the verifier's. A file that says `"by": "person"` has the basis `recorded`, for which a person answers; any
other has `model`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from g60kg.article import Article
from g60kg.errors import ReplyError
from g60kg.extract.proposals import Mention, Proposal, Stated
from g60kg.extract.tables import read_table
from g60kg.model import TIMES, Qualifier, Value
from g60kg.nodes import Source
from g60kg.resources import resource
from g60kg.terms import CURRENCY
from g60kg.text.numbers import plain_decimal

LARGEST: Final = 4_000_000
"""The most characters of one reply."""
_COMMENTS: Final = frozenset(["note", "fault", "by", "id", "frame", "complete"])
_ENDPOINT_KEYS: Final = frozenset(
    ["type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "description"]
)
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "null": (type(None),),
}
_CURRENCY: Final = re.compile(r"(?:cur:|unit:CCY_)?([A-Z]{3})")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LIMITS: Final = ("year", "period", "industry", "region", "rank", "change", "modality")


REPLY_SCHEMA: Final[Mapping[str, Any]] = json.loads(resource("data", "reply.schema.json").read_text("utf-8"))
"""The JSON Schema of a reply, and of a recorded file."""
_CLAIM: Final = REPLY_SCHEMA["properties"]["claims"]["items"]
_FIGURE: Final = _CLAIM["properties"]["object"]["anyOf"][1]


def every_key_required(schema: Any) -> Any:
    """Return a schema as endpoints of models take it: without comments and patterns, each key required,
    perhaps with null.
    """
    if isinstance(schema, list):
        return [every_key_required(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: part for key, part in schema.items() if key in _ENDPOINT_KEYS}
    if "properties" not in kept:
        return {key: every_key_required(part) for key, part in kept.items()}
    properties = {
        name: every_key_required(part) for name, part in kept["properties"].items() if name not in _COMMENTS
    }
    return kept | {"properties": properties, "required": list(properties)}


class _ClaimError(ValueError):
    """What is wrong with one claim: the key, and the mend."""


def read_reply(text: str, reader: str, where: str) -> tuple[tuple[Proposal, ...], tuple[str, ...]]:
    """Return the proposals of a reply, and what is wrong with those of its claims that cannot be used.

    One bad claim costs only itself. `where` is what a message names. The basis is `recorded` where the reply
    says that it is by a person, else `model`. Raises `ReplyError` for a text that is no reply at all.
    """
    reply = _load(text, where)
    basis = "recorded" if reply.get("by") == "person" else "model"
    proposals: list[Proposal] = []
    problems: list[str] = []
    for number, claim in enumerate(reply["claims"], 1):
        try:
            _check(claim, _CLAIM, "claim")
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
        _check(reply, REPLY_SCHEMA, "reply")
    except json.JSONDecodeError as error:
        raise ReplyError(
            f"not JSON: {error.msg}", path=where, line=error.lineno, mend="mend that line"
        ) from error
    except _ClaimError as error:
        raise ReplyError(str(error), path=where) from error
    except ValueError as error:
        raise ReplyError("a number that is none", path=where, mend="write plain decimals") from error
    except RecursionError as error:
        raise ReplyError("nested too deep", path=where, mend='give {"claims": […]}') from error
    return dict(reply)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _check(value: Any, schema: Mapping[str, Any], key: str) -> None:
    """Refuse a value that is not of a schema's form; the items of a list are checked one by one elsewhere."""
    if forms := schema.get("anyOf"):  # which of them, the first key says
        fitting = [form for form in forms if isinstance(value, dict) and form["required"][0] in value]
        if not fitting:
            kinds = ", ".join(form["required"][0] for form in forms)
            raise _ClaimError(f"{key!r} is none of the kinds; give {kinds}")
        schema = fitting[0]
    if "enum" in schema and value not in schema["enum"]:
        raise _ClaimError(
            f"{key!r} is {str(value)[:40]!r}; give one of {', '.join(filter(None, schema['enum']))}"
        )
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    allowed = tuple(kind for name in types for kind in _TYPES[name])
    if allowed and (not isinstance(value, allowed) or isinstance(value, bool)):
        raise _ClaimError(f"{key!r} is no {types[0]}; write it as one")
    if isinstance(value, str):
        _check_text(value, schema, key)
    if isinstance(value, dict):
        if lacks := [name for name in schema["required"] if name not in value]:
            raise _ClaimError(f"{key!r} lacks {lacks[0]!r}; add it")
        if unknown := value.keys() - schema["properties"].keys():
            raise _ClaimError(f"unknown key {min(unknown)!r}; keys: {', '.join(schema['properties'])}")
        for name, part in value.items():
            _check(part, schema["properties"][name], name)


def _check_text(text: str, schema: Mapping[str, Any], key: str) -> None:
    if len(text) > schema.get("maxLength", LARGEST):
        raise _ClaimError(f"{key!r} is longer than {schema['maxLength']:,} characters; shorten it")
    if schema.get("minLength") and not text.strip():
        raise _ClaimError(f"{key!r} is empty; give its words")
    if _SURROGATE.search(text):
        raise _ClaimError(f"{key!r} holds half a character; write it in full")
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
        raise _ClaimError(f"{key!r} is {text[:40]!r}; give {schema['description']}")


def _proposal(claim: Mapping[str, Any], reader: str, basis: str) -> Proposal:
    predicate = claim["predicate"].removeprefix("g60:")
    return Proposal(
        reader=reader,
        pattern=claim.get("frame") or "reply",
        quote=claim["quote"],
        subject=_mention(claim["subject"]),
        predicate=predicate if ":" in predicate else f"g60:{predicate}",
        object=_object(claim["object"]),
        basis=basis,
        qualifiers=_qualifiers(claim),
        weighs=basis == "recorded",
    )


def _mention(value: Mapping[str, str | None]) -> Mention:
    name, surface, kind = (str(value[key]) for key in ("name", "mention", "class"))
    return Mention(name, surface, kind.removeprefix("g60:"), entry=value.get("id"))


def _object(value: Mapping[str, Any]) -> Mention | Stated:
    """Return the object of a claim by the key that tells its kind."""
    if "name" in value:
        return _mention(value)
    if "figure" in value:
        return _figure(value)
    if "date" in value:
        return Stated(Value(value["date"], TIMES[len(value["date"])]), "")
    return Stated(Value(value["text"], "rdf:langString"), value["text"])


def _figure(value: Mapping[str, Any]) -> Stated:
    written = str(value["value"]).strip()
    _check_text(written, _FIGURE["properties"]["value"], "value")
    unit = unit_code(value["unit"])
    part, slash, whole = written.partition("/")
    number = round(Decimal(part) / Decimal(whole), 6) if slash else Decimal(written)
    literal = Value(plain_decimal(number), "xsd:decimal", unit or "unit:NUM", value["comparator"])
    return Stated(literal, value["figure"], of=value["of"] or (None if unit else value["unit"]))


def unit_code(word: str) -> str | None:
    """Return the unit of a word of a reply; None for one that counts things.

    >>> unit_code("km2"), unit_code("DKK"), unit_code("TEUs")
    ('unit:KiloM2', 'unit:CCY_DKK', None)
    """
    units = _units()
    if word in units or word in units.values():
        return units.get(word, word)
    currency = _CURRENCY.fullmatch(word)
    return f"{CURRENCY}{currency[1]}" if currency else None


@cache
def _units() -> Mapping[str, str]:
    units: Mapping[str, str] = read_table(resource("data", "grammar", "replies.yaml"))["units"]
    return units


def _qualifiers(claim: Mapping[str, Any]) -> tuple[tuple[str, Qualifier], ...]:
    """Return what limits a claim, sorted by name; a year with a month is a date."""
    given = {key: claim[key] for key in _LIMITS if claim.get(key)}
    if len(given.get("year", "")) > 4:
        given["date"] = given.pop("year")
    return tuple(sorted(given.items()))


@dataclass(frozen=True, slots=True)
class RecordedReader:
    """Reads the proposals that are recorded for an article in some folders.

    Where they are `needed`, an article for which no folder has any is an error, else it has none.
    """

    folders: tuple[Path, ...]
    needed: bool = False

    @property
    def name(self) -> str:
        """What a claim's `reader` says."""
        return "recorded"

    def paths(self, article: Article) -> tuple[Path, ...]:
        """Return the files that hold proposals for an article."""
        paths = (folder / f"{article.id}.json" for folder in self.folders)
        return tuple(path for path in paths if path.exists())

    def propose(self, article: Article) -> tuple[Proposal, ...]:
        """Return the proposals recorded for an article, in the order of the folders and of each file.

        Raises `ReplyError` for a file that is needed and missing, unreadable or too large, or with a claim
        that breaks the schema: it names the file, the claim and the key.
        """
        paths = self.paths(article)
        if self.needed and not paths:
            mend = f"record proposals as {article.id}.json, and name their folder with --replies"
            raise ReplyError(f"no proposals are recorded for {article.id}", mend=mend)
        texts = ((str(path), Source(path, ReplyError).read()) for path in paths)
        return tuple(each for path, text in texts for each in read_proposals(text, self.name, path))

    def is_complete(self, article: Article) -> bool:
        """Tell whether a person has noted all that an article states: then no other reader is heard."""
        replies = (_load(Source(path, ReplyError).read(), str(path)) for path in self.paths(article))
        return any(reply.get("by") == "person" and reply.get("complete") == "yes" for reply in replies)
