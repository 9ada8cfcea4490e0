"""The words of a SPARQL text: enough grammar to find its form, its projection and what is wrong with it.

What a string, an IRI or a comment holds is never taken for a word of the language. A prefix that nobody
declared, which the engine's parser takes for something else, is named as such.
Source: SPARQL 1.1 Query Language, section 19.8 (terminals).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Final

from g60kg.errors import SparqlError
from g60kg.terms import PREFIXES

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+|\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
               | \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
               | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
    | (?P<variable>[?$][\w·]+)
    | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
    | (?P<word>@?[^\W\d][\w-]*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SENTENCE: Final = re.compile(
    r"(?:expected (?:one of )?)?((?:The|An?|It|Not|No|Invalid|Relative) [^\[\"]+[^\[\", ])"
)
_SHOWN: Final = 40
_KEYWORDS: Final = (
    *("SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "PREFIX", "BASE", "DISTINCT", "REDUCED", "FROM", "NAMED"),
    *("WHERE", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "EXISTS", "SERVICE"),
    *("ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "COUNT", "SAMPLE", "INSERT", "DELETE", "DATA"),
    *("BOUND", "MINUTES"),
)
"""The keywords of clauses, and what is like them; another word that is like one is a typo of it."""
_AHEAD: Final = 5
"""So many words the parser may be ahead of a mistake."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the language: its kind (iri, string, variable, name, word, mark), its text, its place."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends, exclusive."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """The word in capitals, or nothing where the token is no word.

        >>> next(tokens("select ?x")).keyword
        'SELECT'
        """
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text, in order.

    >>> [token.text for token in tokens("ASK { ?s a <http://e/#c> } # why")]
    ['ASK', '{', '?s', 'a', '<http://e/#c>', '}']
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "mark", match.group(), match.start())


def depths(words: list[Token]) -> list[tuple[Token, int]]:
    """Return each token with the number of brackets open before it."""
    depth, found = 0, []
    for word in words:
        depth -= word.text in (")", "}")
        found.append((word, depth))
        depth += word.text in ("(", "{")
    return found


@lru_cache(256)
def used_prefixes(text: str) -> dict[str, str]:
    """Return the project's prefixes that a text may use: each costs the engine time, at every query.

    >>> list(used_prefixes("SELECT * { ?s a g60:City }"))
    ['g60']
    """
    if "\\" in text:  # an escape may stand for any letter
        return PREFIXES
    return {name: base for name, base in PREFIXES.items() if f"{name}:" in text}


def mistake(text: str, error: SyntaxError, noun: str = "query") -> SparqlError:
    """Return the error of a text that does not parse, with the line and column and what stands there.

    >>> str(mistake("ASK { ?s ?p }", SyntaxError("error at 1:13: expected one of …")))
    "the query does not parse near line 1, column 13, at '}'"
    """
    found = _PLACE.match(str(error))
    if prefix := _undeclared(text):
        where, name = prefix
        mend = f"write PREFIX {name}: <…> before the {noun}"
        return SparqlError(f"the prefix {name}: at {_spot(text, where)} is not declared", mend=mend)
    if not found:
        return SparqlError(f"the {noun} does not parse: {_sentence(str(error)) or 'it is no SPARQL'}")
    line, column = int(found[1]), int(found[2])
    said = _sentence(found[3])
    if typo := _misspelt(text, line, column):
        word, right = typo
        message = f"the {noun} does not parse near {_spot(text, word.start)}, at {word.text!r}"
        return SparqlError(message, mend=f"write {right}")
    here = (text.split("\n")[line - 1 :] or [""])[0]  # the parser may be a word ahead of the mistake
    before, after = here[: column - 1].strip(), here[column - 1 :].strip()
    shown = f"at {after[:_SHOWN]!r}" if after else f"after {before[-_SHOWN:]!r}"
    message = f"the {noun} does not parse near line {line}, column {column}, {shown}"
    return SparqlError(f"{message}: {said}" if said else message)


def _undeclared(text: str) -> tuple[int, str] | None:
    """Return where a prefix is used that is neither known nor declared, and the prefix."""
    words = list(tokens(text))
    declared = {after.text.partition(":")[0] for word, after in pairwise(words) if word.keyword == "PREFIX"}
    known = declared | set(PREFIXES) | {"_"}
    for word in words:
        name = word.text.partition(":")[0]
        if word.kind == "name" and name not in known:
            return word.start, name
    return None


def _misspelt(text: str, line: int, column: int) -> tuple[Token, str] | None:
    """Return a word just before a place, and the keyword that it is all but a letter or two of."""
    at = sum(map(len, text.split("\n")[: line - 1])) + line + column - 2
    words = [word for word in tokens(text) if word.start <= at][-_AHEAD:]
    unknown = (word for word in words[::-1] if word.keyword and word.keyword not in _KEYWORDS)
    found = ((word, get_close_matches(word.keyword, _KEYWORDS, 1, 0.75)) for word in unknown)
    return next(((word, near[0]) for word, near in found if near), None)


def _spot(text: str, start: int) -> str:
    line = text.count("\n", 0, start)
    return f"line {line + 1}, column {start - text.rfind(chr(10), 0, start)}"


def _sentence(said: str) -> str:
    """Return what the parser says in words, where it does; lists of what it expected help nobody."""
    found = _SENTENCE.match(said)
    return found[1][0].lower() + found[1][1:] if found else ""
