"""Figures of a text as short lines, for the tests of how amounts are written."""

from g60kg.text.marks import Figure
from g60kg.text.view import make_view
from tests.extract.packaged import lexicon

CNY, USD, NUM, PERCENT, PART = "unit:CCY_CNY", "unit:CCY_USD", "unit:NUM", "unit:PERCENT", "unit:FRACTION"
KM, KM2, M2, HA, MU = "unit:KiloM", "unit:KiloM2", "unit:M2", "unit:HA", "g60:Mu"


def figures(text: str) -> list[str]:
    """Return each figure as `comparator value unit`, the ends of one figure joined by `/`."""
    plain = make_view(text).text
    return [
        " / ".join(f"{value.comparator} {value.value} {value.unit}" for value in mark.meaning.values)
        for mark in lexicon().figures.marks(plain)
        if isinstance(mark.meaning, Figure)
    ]


def vague(text: str) -> list[str]:
    return [text[m.start : m.end] for m in lexicon().figures.marks(text) if m.meaning is None]
