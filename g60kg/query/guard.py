"""Refusing what is no plain query: updates, SERVICE, and a text that does not parse.

Goes in: a SPARQL text. Comes out: nothing, or an error. The judge is the parser of the engine that
answers, so no second grammar can disagree with it: every run of the letters `service` is replaced by
a word that the language does not have, and the text is parsed again, without data. It still parses
where they stood in a string, a comment, an IRI or a name, and cannot where they were the keyword. No
request is made, since the text that is parsed has no SERVICE in it.
"""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Store as Engine

from g60kg.errors import SparqlError
from g60kg.query.refusal import refusal
from g60kg.terms import PREFIXES

_SERVICE: Final = re.compile("service", re.IGNORECASE)


def guard(text: str) -> None:
    """Refuse a text that is no plain SPARQL 1.1 query.

    Raises `UpdateRefused` for an update and for SERVICE, `SparqlError` with line and column for what
    does not parse. Prefixes that the project knows need no declaration.

    >>> guard("SELECT ?service { ?service a 'no SERVICE' } # SERVICE")
    >>> guard("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    g60kg.errors.UpdateRefused: SERVICE asks another host; take it out: only this store answers
    """
    masked = _SERVICE.sub(_mask(text), text)
    try:
        Engine().query(masked, prefixes=PREFIXES)
    except SyntaxError as error:
        raise refusal(text, str(error)) from error
    except (ValueError, RuntimeError, UnicodeError) as error:
        raise SparqlError(f"the query cannot be evaluated: {error}") from error


def _mask(text: str) -> str:
    """Return a word as long as `service` that is not in the text."""
    lowered = text.lower()
    return next(word for word in _words() if word not in lowered)


def _words() -> Iterator[str]:
    yield from (f"q{number:06d}" for number in range(10**6))
