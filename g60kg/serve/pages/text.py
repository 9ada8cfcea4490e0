"""The words of the pages, in each language, and the language of a page.

The texts stand in `text/LANGUAGE.yaml`. Where a value `count` is 1 and there is a key that ends in `.one`,
that one is taken.
"""

from functools import cache
from pathlib import Path
from typing import Final

import yaml

from g60kg.serve.values import Request

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


def chosen(request: Request) -> str | None:
    """Return the language that the address itself chooses, if any."""
    value = request.value("lang")
    return value if value in LANGUAGES else None


def language(request: Request) -> str:
    """Return the language of the page that answers a request (RFC 9110, section 12.5.4).

    It is the one that the address chooses, else the one that the browser prefers, else English.

    >>> language(Request("home", headers={"accept-language": "fr, zh-CN;q=0.8, en;q=0.5"}))
    'zh'
    """
    ranges = [_range(part) for part in request.header("accept-language").split(",")]
    wanted = [(weight, name) for weight, name in ranges if weight > 0 and name in LANGUAGES]
    preferred = max(wanted, key=lambda pair: pair[0])[1] if wanted else LANGUAGES[0]
    return chosen(request) or preferred


def _range(part: str) -> tuple[float, str]:
    """Return weight and primary language of one language range; a malformed weight counts as none."""
    name, _, weight = part.partition(";")
    try:
        value = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        value = 0
    return value, name.strip().lower().partition("-")[0]
