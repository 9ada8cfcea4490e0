"""The words of the pages, in each language.

Goes in: a language and a key. Comes out: the text of `text/LANGUAGE.yaml`, with values filled in. Where a
value `count` is 1 and there is a key that ends in `.one`, that one is taken.
"""

from functools import cache
from pathlib import Path
from typing import Final

import yaml

LANGUAGES: Final = ("en", "zh")
"""The languages of the pages, the first being the one for who prefers none of them."""

_FOLDER: Final = Path(__file__).parent / "text"


@cache
def texts(language: str) -> dict[str, str]:
    """Return the texts of a language by key.

    >>> texts("zh")["nav.home"]
    '首页'
    """
    read = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text("utf-8"))
    return {str(key): str(text) for key, text in read.items()}


def text(language: str, key: str, **values: object) -> str:
    """Return a text, with its values filled in; raises `KeyError` for a key that there is not.

    >>> text("en", "count.claims", count=1), text("en", "count.claims", count=2)
    ('1 claim', '2 claims')
    """
    known = texts(language)
    one = known.get(f"{key}.one") if values.get("count") == 1 else None
    shown = {
        name: f"{value:,}" if isinstance(value, int) and name == "count" else value
        for name, value in values.items()
    }
    return (one or known[key]).format(**shown)
