"""How large a query may be: the engine's parser goes down a level for each bracket and operator.

Goes in: a SPARQL text. Comes out: nothing, or an error for a text that would end the process: the
engine was measured to overflow its stack at 3,000 levels. Terms in VALUES cost no level.
"""

from typing import Final

from g60kg.errors import SparqlError
from g60kg.store.lexer import tokens

SHORT: Final = 2_000
"""Characters that cannot hold too much of anything."""
LEVELS: Final = 200
WORDS: Final = 5_000


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
