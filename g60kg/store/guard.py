"""Which questions may be asked: the form of a query, and what is refused before it is evaluated.

Refused are updates and requests to another host. The judge of the latter is the parser of the engine that
answers, so that no second grammar can disagree with it: every run of the letters `service` is
replaced by a word that the language does not have, and the text is parsed again, without data. It
still parses where they stood in a string, a comment, an IRI or a name, and cannot where they were
the keyword. No request is made, since the text that is parsed has no SERVICE in it.

A text is judged twice: as it stands, and with its escapes such as `\\u0041` read. By SPARQL 1.1 (section
19.2) they are read before anything else, so that `\\u000A` ends a comment; Oxigraph, measured, reads
them in strings and IRIs only, once those are found. Servers elsewhere do the one or the other. What
either would read as SERVICE or LOAD is refused.

So is a text that would end the process: the engine's parser goes down a level for each bracket and operator,
and was measured to overflow its stack at 3,000 levels. Terms in VALUES cost no level.
"""

import re
from functools import lru_cache
from typing import Final

from pyoxigraph import Store as Engine

from g60kg.errors import SparqlError, UpdateRefused
from g60kg.store.lexer import tokens
from g60kg.store.parts import FORMS
from g60kg.terms import PREFIXES

_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"}
)
_SERVICE: Final = re.compile("service", re.IGNORECASE)
_ASKING: Final = re.compile("service|load", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

SHORT: Final = 2_000
"""Characters that cannot hold too much of anything."""
LEVELS: Final = 200
WORDS: Final = 5_000
_PLAINLY: Final = r"escapes such as \u0022 may stand for marks of the language; write them plainly"


@lru_cache(256)  # stored queries are asked again and again
def query_form(text: str) -> str:
    """Return the form of a query in small letters, and refuse what is no plain query.

    Raises `UpdateRefused` for an update or a SERVICE, `SparqlError` for a text without a form.

    >>> query_form("PREFIX ask: <http://e/> SELECT * { ?s a ask:x }")
    'select'
    """
    opening = (
        t for t in tokens(text) if t.kind not in ("iri", "name") and t.keyword not in ("PREFIX", "BASE")
    )
    word = next((t.keyword for t in opening), "")
    if word in _UPDATES:
        raise UpdateRefused(
            f"{word} is an update", mend="only SELECT, ASK, CONSTRUCT and DESCRIBE are answered"
        )
    if word not in FORMS:
        raise SparqlError("the text is no SPARQL query", mend="begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    for reading in _readings(text):
        refuse_overlong(reading)
        try:
            if masked := _masked(reading, _SERVICE):
                Engine().query(masked, prefixes=PREFIXES)
        except SyntaxError as error:
            instead = "only this store answers" if reading == text else _PLAINLY
            raise UpdateRefused("SERVICE asks another host", mend=f"take it out: {instead}") from error
        except (ValueError, RuntimeError, UnicodeError) as error:
            raise SparqlError(f"the query cannot be evaluated: {error}") from error
    return word.lower()


def _readings(text: str) -> tuple[str, ...]:
    """Return a text as it stands, and as it is where its escapes are read first, if that is another."""
    return tuple(dict.fromkeys((text, _ESCAPE.sub(_character, text))))


def _character(escape: re.Match[str]) -> str:
    """Return the character of an escape, and for half of one, of which Java makes a whole, any letter."""
    code = int(escape[1] or escape[2], 16)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code) if code <= 0x10FFFF else escape[0]


def refuse_requests(text: str) -> None:
    """Refuse an update that would ask another host, by LOAD or SERVICE, or end the process by its size.

    Raises `UpdateRefused`; `SparqlError` for one that is too large, or does not parse and holds such a
    word. The judge is the parser, as with a query; what the masked text does, it does to no data.

    >>> refuse_requests("INSERT DATA { <http://e/load> <http://e/p> 'service' }")
    """
    for reading in _readings(text):
        refuse_overlong(reading)
        try:
            if masked := _masked(reading, _ASKING):
                Engine().update(masked, base_iri="http://localhost/", prefixes=PREFIXES)
        except SyntaxError:
            word = next((t.keyword for t in tokens(reading) if t.keyword in ("LOAD", "SERVICE")), None)
            if word is None:
                raise SparqlError("the update does not parse") from None
            instead = "data is sent with the request" if reading == text else _PLAINLY
            raise UpdateRefused(f"{word} asks another host", mend=f"take it out: {instead}") from None
        except (ValueError, RuntimeError, UnicodeError, OSError):
            continue  # it parses, and who makes it says what is wrong


def _masked(text: str, words: re.Pattern[str]) -> str:
    """Return a text with a word that is not in it, as long as `service`, for some; nothing if it has none."""
    if not words.search(text):
        return ""
    lowered = text.lower()
    return words.sub(next(word for n in range(10**6) if (word := f"q{n:06d}") not in lowered), text)


def refuse_overlong(text: str) -> None:
    """Refuse a text with more than 200 levels of brackets, or 5,000 words outside VALUES and INSERT DATA.

    Raises `SparqlError`.
    """
    if len(text) <= SHORT:
        return
    depth = words = 0
    data = None  # the depth of the brackets of a block of data, while in one
    for token in tokens(text):
        if token.keyword in ("VALUES", "DATA"):
            data = depth
        words += data is None
        depth += (token.text in ("{", "(", "[")) - (token.text in ("}", ")", "]"))
        if data == depth and token.text == "}":
            data = None
        if depth > LEVELS:
            raise SparqlError(f"the query has more than {LEVELS} levels of brackets", mend="nest it less")
        if words > WORDS:
            raise SparqlError(f"the query has more than {WORDS:,} words", mend="put long lists into VALUES")
