"""Which questions may be asked: the form of a query, and what is refused before it is evaluated.

Goes in: a SPARQL text. Comes out: `select`, `ask`, `construct` or `describe`; or an error for an
update and for a request to another host. Where the word SERVICE may stand in the text, the algebra
is parsed and walked, so that neither a comment nor an escape hides it or is taken for it.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from g60kg.errors import SparqlError, UpdateRefused
from g60kg.store.lexer import Token, tokens
from g60kg.store.size import refuse_overlong
from g60kg.terms import PREFIXES

_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"}
)
_SUSPECT: Final = re.compile(r"service|\\u", re.IGNORECASE)


def query_form(text: str) -> str:
    """Return the form of a query in small letters, and refuse what is no plain query.

    Raises `UpdateRefused` for an update or a SERVICE, `SparqlError` for a text without a form.

    >>> query_form("PREFIX ask: <http://e/> SELECT * { ?s a ask:x }")
    'select'
    """
    word = _first_word(text)
    if word in _UPDATES:
        raise UpdateRefused(
            f"{word} is an update", mend="only SELECT, ASK, CONSTRUCT and DESCRIBE are answered"
        )
    if word not in _FORMS:
        raise SparqlError("the text is no SPARQL query", mend="begin with SELECT, ASK, CONSTRUCT or DESCRIBE")
    refuse_overlong(text)
    if _SUSPECT.search(text):
        _refuse_service(text)
    return word.lower()


def _first_word(text: str) -> str:
    """Return the first keyword after the prologue of PREFIX and BASE declarations."""
    return next((t.keyword for t in tokens(text) if _opens(t)), "")


def _opens(token: Token) -> bool:
    return token.kind not in ("iri", "name") and token.keyword not in ("PREFIX", "BASE")


def _refuse_service(text: str) -> None:
    """Walk the algebra of a text in which SERVICE may stand, and refuse it there."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    known = " ".join(f"PREFIX {name}: <{base}>" for name, base in PREFIXES.items())
    try:
        lines = text.replace("\r", "\n")  # a comment ends there for the engine, not for this parser
        parsed = parseQuery(f"{known}\n{lines}")
    except RecursionError as error:
        raise SparqlError("the query is nested too deep to look for SERVICE", mend="nest it less") from error
    except ParseException as error:
        place = f"line {error.lineno - 1}, column {error.column}"
        raise SparqlError(f"the query does not parse at {place}") from error
    if any(getattr(node, "name", "") == "ServiceGraphPattern" for node in _nodes(parsed)):
        raise UpdateRefused("SERVICE asks another host", mend="take it out: only this store answers")


def _nodes(value: Any) -> Iterator[Any]:
    """Yield the nodes of a parsed query, all the way down."""
    from pyparsing import ParseResults

    yield value
    if isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, list | tuple | ParseResults):
        parts = list(value)
    else:
        parts = []
    for part in parts:
        yield from _nodes(part)
