"""The words of a SPARQL text: enough grammar to find its form, its projection and its outermost group.

Goes in: a text. Comes out: its tokens with their places, without white space and comments. What a
string, an IRI or a comment holds is never taken for a word of the language.
Source: SPARQL 1.1 Query Language, section 19.8 (terminals).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

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
