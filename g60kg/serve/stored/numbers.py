"""Whole numbers in addresses.

Goes in: a text. Comes out: a number, or None. Only plain digits are taken: no sign, no other script's digits.
"""


def whole_number(text: str | None, most: int) -> int | None:
    """Return the number that a text is, from 0 to `most`; None for anything else.

    >>> whole_number("12", 100), whole_number("٣", 100), whole_number("-1", 100), whole_number("101", 100)
    (12, None, None, None)
    """
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    return int(text) if int(text) <= most else None
