"""The prefixes that the engine is told of with a query.

Goes in: a SPARQL text. Comes out: those of the project's prefixes that it may use.
"""

from functools import lru_cache

from g60kg.terms import PREFIXES


@lru_cache(256)
def used_prefixes(text: str) -> dict[str, str]:
    """Return the project's prefixes that a text may use: each costs the engine time, at every query.

    >>> list(used_prefixes("SELECT * { ?s a g60:City }"))
    ['g60']
    """
    if "\\" in text:  # an escape may stand for any letter
        return PREFIXES
    return {name: base for name, base in PREFIXES.items() if f"{name}:" in text}
