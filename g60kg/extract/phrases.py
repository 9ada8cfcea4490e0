"""Phrases: parts of forms that many forms share, written once.

Goes in: a form with names such as `@rise`, and `data/grammar/phrases.yaml`. Comes out: the form with each
name replaced by its phrase, in round brackets.
"""

import re
from collections.abc import Mapping
from typing import Final

_NAME: Final = re.compile(r"@([a-z]+(?:-[a-z]+)*)")
_DEEPEST: Final = 6
"""So deep may phrases hold phrases; what goes deeper holds itself."""


def expand(form: str, phrases: Mapping[str, str]) -> str:
    """Return a form without names of phrases. Raises `ValueError` for a phrase that there is not.

    >>> expand("costs @sum", {"sum": "[about] {sum:money}"})
    'costs ( [about] {sum:money} )'
    """
    for _ in range(_DEEPEST):
        if "@" not in form:
            return form
        form = _NAME.sub(lambda match: f"( {_phrase(match[1], phrases)} )", form)
    raise ValueError("a phrase holds itself")


def _phrase(name: str, phrases: Mapping[str, str]) -> str:
    if name not in phrases:
        raise ValueError(f"no phrase @{name}; add it to data/grammar/phrases.yaml")
    return phrases[name]
