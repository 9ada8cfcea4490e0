"""Saying why a SPARQL text was refused, and where.

Goes in: a text that the engine's parser rejected, and its message. Comes out: the error to raise.
The text is refused whatever is found here. rdflib's parser names the place better (the engine's
counts past the word that it expected), and its tree shows whether it was a SERVICE.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from g60kg.errors import SparqlError, UpdateRefused

_PLACE: Final = re.compile(r"error at (\d+):(\d+)")
_UNKNOWN_PREFIX: Final = "Prefix not found"


def refusal(text: str, message: str) -> UpdateRefused | SparqlError:
    """Return the error for a text: an update, a SERVICE, or a syntax error with its place."""
    if _is_update(text):
        return UpdateRefused("this is an update", mend="ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        tree = parseQuery(text)
    except ParseBaseException as error:
        return SparqlError(f"the query does not parse at line {error.lineno}, column {error.column}")
    except Exception:  # a text that rdflib's parser itself fails on
        return _by_engine(message)
    if any(getattr(node, "name", "") == "ServiceGraphPattern" for node in _nodes(tree)):
        return UpdateRefused("SERVICE asks another host", mend="take it out: only this store answers")
    return _by_engine(message)


def _by_engine(message: str) -> SparqlError:
    """Return the error with the place that the engine's message names."""
    found = _PLACE.match(message)
    if not found:
        return SparqlError(f"the query does not parse: {message}")
    place = f"line {found[1]}, column {found[2]}"
    if _UNKNOWN_PREFIX in message:
        return SparqlError(f"unknown prefix at {place}", mend="declare it with PREFIX")
    return SparqlError(f"the query does not parse at {place}")


def _is_update(text: str) -> bool:
    """Whether a text parses as one or more update operations."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        tree = parseUpdate(text)
    except ParseBaseException:
        return False
    return any(hasattr(operation, "name") for operation in dict(tree).get("request", ()))


def _nodes(value: Any) -> Iterator[Any]:
    """Yield the nodes of a parsed query, all the way down."""
    from pyparsing import ParseResults

    yield value
    if isinstance(value, dict):
        parts = list(value.values())
    else:
        parts = list(value) if isinstance(value, list | tuple | ParseResults) else []
    for part in parts:
        yield from _nodes(part)
