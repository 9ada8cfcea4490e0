"""The dataset of an update, where the request names it.

Goes in: the text of an update, and graphs. Comes out: the text with USING and USING NAMED before the WHERE of
each of its operations, since the engine has no other way to be told; `DELETE WHERE { … }`, which cannot have
them, is written as `DELETE { … } WHERE { … }`.
Source: SPARQL 1.1 Protocol, section 2.2.3.
"""

from collections.abc import Iterator
from http import HTTPStatus

from g60kg.serve.problem import Refused
from g60kg.serve.sparql.asked import Asked
from g60kg.store.lexer import Token, depths, tokens


def with_dataset(asked: Asked) -> str:
    """Return the text of an update with the dataset that its request names.

    Raises `Refused` (400) where the text names one, too.

    >>> from pyoxigraph import NamedNode
    >>> with_dataset(Asked("update", "DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", (NamedNode("http://e/g"),)))
    'DELETE { ?s ?p 1 } USING <http://e/g> WHERE { ?s ?p 1 }'
    """
    if not asked.has_dataset:
        return asked.text
    words = list(tokens(asked.text))
    if any(word.keyword in ("USING", "WITH") for word in words):
        detail = "the update names its graphs by USING or WITH; do so there or in the request, not in both"
        raise Refused(HTTPStatus.BAD_REQUEST, detail)
    using = _clauses(asked)
    pieces, done = [], 0
    for place, block in _wheres(words):
        pieces += [asked.text[done:place], asked.text[block] if block else "", using]
        done = place
    return "".join((*pieces, asked.text[done:]))


def _clauses(asked: Asked) -> str:
    default = (f"USING {graph} " for graph in asked.default)
    return "".join((*default, *(f"USING NAMED {graph} " for graph in asked.named)))


def _wheres(words: list[Token]) -> Iterator[tuple[int, slice | None]]:
    """Yield where the WHERE of each operation begins; of a DELETE WHERE, also its block, to be repeated."""
    levels = depths(words)
    for number, (word, depth) in enumerate(levels):
        if depth or word.keyword != "WHERE":
            continue
        is_short = number > 0 and words[number - 1].keyword == "DELETE"
        end = next((w.end for w, level in levels[number + 1 :] if not level and w.text == "}"), word.end)
        yield word.start, slice(words[number + 1].start, end) if is_short and end > word.end else None
