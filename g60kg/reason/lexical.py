"""The lexical forms of the datatypes of OWL 2 RL: text to value.

Goes in: a lexical form. Comes out: a key (a value space and a value in it), or None for a text without value.
Source: XML Schema 1.1 part 2, section 3.3; rdf:PlainLiteral, section 4.
"""

import base64
import binascii
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from xml.etree import ElementTree

_DATE_TIME: Final = re.compile(
    r"-?(?:[1-9]\d{3,}|0\d{3})-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)
_FLOAT: Final = re.compile(r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)")
_DECIMAL: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_INTEGER: Final = re.compile(r"[+-]?\d+")
_LANGUAGE_TAG: Final = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*|")
_SMALLEST_FLOAT: Final = 2.0**-150
_LARGEST_FLOAT: Final = 3.4028235677973366e38
_URI: Final = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.\-]*:|[^:/?#]*(?:[/?#]|$)|[/?#]).*", re.DOTALL)

Key = tuple[str, object]
"""A value space and a value in it."""


def read_number(text: str) -> Key | None:
    """Read a decimal number."""
    return ("number", Decimal(text)) if _DECIMAL.fullmatch(text) else None


def read_integer(text: str) -> Key | None:
    """Read an integer."""
    return ("number", Decimal(text)) if _INTEGER.fullmatch(text) else None


def read_float(text: str, *, single: bool) -> Key | None:
    """Read a floating-point number, single or double."""
    if not _FLOAT.fullmatch(text):
        return None
    if text.endswith(("INF", "NaN")):
        return ("float" if single else "double", text.lstrip("+"))
    value, zero = float(text), not text.lower().split("e")[0].strip("+-0.")
    too_small = not zero and (abs(value) <= _SMALLEST_FLOAT if single else value == 0)
    too_large = abs(value) >= _LARGEST_FLOAT if single else value in (float("inf"), float("-inf"))
    return None if too_small or too_large else ("float" if single else "double", value)


def read_boolean(text: str) -> Key | None:
    """Read a truth value."""
    return ("boolean", text in ("true", "1")) if text in ("true", "false", "0", "1") else None


def read_hex(text: str) -> Key | None:
    """Read bytes in base 16."""
    try:
        return ("hexBinary", bytes.fromhex(text)) if re.fullmatch(r"[0-9a-fA-F]*", text) else None
    except ValueError:
        return None


def read_base64(text: str) -> Key | None:
    """Read bytes in base 64."""
    try:
        return ("base64Binary", base64.b64decode(text.replace(" ", ""), validate=True))
    except (binascii.Error, ValueError):
        return None


def read_date_time(text: str) -> Key | None:
    """Read a moment, with or without a time zone."""
    match = _DATE_TIME.fullmatch(text)
    if not match:
        return None
    if len(text.split("T")[0]) != len("2023-07-11"):
        return ("dateTime", text)
    try:
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text).replace("T24:00", "T00:00"))
    except ValueError:
        return None
    known = moment.astimezone(UTC).replace(tzinfo=None) if match["zone"] else moment
    return ("dateTime", (bool(match["zone"]), known))


def read_plain(text: str) -> Key | None:
    """Read a text with its language tag after the last @."""
    words, at, tag = text.rpartition("@")
    return ("text", (words, tag.lower())) if at and _LANGUAGE_TAG.fullmatch(tag) else None


def read_xml(text: str) -> Key | None:
    """Read well-formed XML content."""
    try:
        ElementTree.fromstring(f"<x>{text}</x>")
    except ElementTree.ParseError:
        return None
    return ("xml", text)


def read_uri(text: str) -> Key | None:
    """Read an IRI or a relative reference."""
    return ("anyURI", text) if _URI.fullmatch(text) and not re.search(r"[\s<>\"{}|\\^`]", text) else None


def read_text(text: str) -> Key | None:
    """Read a text without language tag."""
    return ("text", (text, ""))


def as_integer(value: object) -> int | None:
    """Return the value of a number that is an integer."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else None


def as_text(value: object) -> tuple[str, str]:
    """Return the words and the language tag of a text."""
    match value:
        case (str(words), str(tag)):
            return words, tag
    return "", "?"


def has_zone(value: object) -> bool:
    """Whether a moment has a time zone."""
    return isinstance(value, tuple) and value[0] is True
