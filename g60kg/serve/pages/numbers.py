"""Numbers as a person reads them.

Goes in: a plain decimal and a language. Comes out: text: large round numbers in the words of the language,
all others in full, their thousands apart.
"""

from decimal import Decimal, InvalidOperation
from typing import Final

_SCALES: Final = {
    "en": ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")),
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
}
_LEAST: Final = 10**6
"""Smaller numbers are written in full."""
_PLACES: Final = 2


def amount(value: str, language: str) -> str:
    """Return a number for a reader; what is no number, as it is.

    >>> amount("57920000", "en"), amount("57920000", "zh"), amount("13800000000", "en")
    ('57.92 million', '5,792万', '13.8 billion')
    >>> amount("76200", "en"), amount("95", "zh"), amount("0.50", "en")
    ('76,200', '95', '0.5')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    for scale, word in _SCALES[language]:
        scaled = number / scale
        if abs(number) >= max(scale, _LEAST) and scaled == round(scaled, _PLACES):
            return plain(scaled) + word
    return plain(number)


def plain(number: Decimal) -> str:
    """Return a number in full, its thousands apart, without zeros that say nothing.

    >>> plain(Decimal("45000000000")), plain(Decimal("13.80"))
    ('45,000,000,000', '13.8')
    """
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
