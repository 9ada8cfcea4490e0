"""Plain facts, plans, hearsay, and what is not so."""

import pytest

from tests.extract.parser.readings import modality


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Haier opened a plant in Wuhu.", "open", None),
        ("Haier has opened a plant in Wuhu.", "open", None),
        ("Officials said that Haier has opened a plant.", "open", None),
        ("Haier will open a plant in Wuhu.", "open", "planned"),
        ("Haier plans to open a plant in Wuhu.", "open", "planned"),
        ("Haier is expected to open a plant.", "open", "planned"),
        ("Haier agreed to open a plant.", "open", "planned"),
        ("Haier may open a plant.", "open", "planned"),
        ("The plant to be opened by Haier is large.", "open", "planned"),
        ("Haier has reportedly opened a plant.", "open", "reported"),
        ("Haier is said to have opened a plant.", "open", "reported"),
        ("Haier did not open a plant.", "open", "denied"),
        ("Haier never opened a plant.", "open", "denied"),
        ("Haier no longer operates a plant.", "operate", "denied"),
        ("Haier failed to open a plant.", "open", "denied"),
        ("Haier has yet to open a plant.", "open", "denied"),
        ("If Haier opened a plant, Wuhu would be happy.", "open", "denied"),
        ("Nobody opened a plant.", "open", "denied"),
        ("No company opened a plant.", "open", "denied"),
        ("Without opening a plant, Haier grew.", "open", "denied"),
    ],
)
def test_modality(text: str, verb: str, expected: str | None) -> None:
    assert modality(text, verb) == expected
