"""The language of a page.

Goes in: a request. Comes out: the language that its address chooses, else the one that its browser prefers,
else English.
"""

from typing import Final

from g60kg.serve.pages.text import LANGUAGES
from g60kg.serve.values import Request

_PARAMETER: Final = "lang"


def chosen(request: Request) -> str | None:
    """Return the language that the address itself chooses, if any."""
    value = request.value(_PARAMETER)
    return value if value in LANGUAGES else None


def language(request: Request) -> str:
    """Return the language of the page that answers a request (RFC 9110, section 12.5.4).

    >>> language(Request("home", headers={"accept-language": "fr, zh-CN;q=0.8, en;q=0.5"}))
    'zh'
    """
    return chosen(request) or _preferred(request.header("accept-language")) or LANGUAGES[0]


def _preferred(header: str) -> str | None:
    ranges = [_range(part) for part in header.split(",")]
    wanted = [(weight, name) for weight, name in ranges if weight > 0 and name in LANGUAGES]
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else None


def _range(part: str) -> tuple[float, str]:
    """Return weight and primary language of one language range; a malformed weight counts as none."""
    name, _, weight = part.partition(";")
    try:
        value = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        value = 0
    return value, name.strip().lower().partition("-")[0]
