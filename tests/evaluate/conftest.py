"""Claims and gold files made from values."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from g60kg.model import Claim, Entity, Qualifier, Value

TEXT = "Wuhu covers an area of 6,026 square kilometers. Wuhu is a city in Anhui Province.\n"
GOLD = {
    "article": "news.txt",
    "date": "2024-02-19",
    "relations": [["Wuhu", ["partOf", "locatedIn"], "Anhui"]],
    "statistics": [
        {
            "measure": "area",
            "value": 6026,
            "unit": "km2",
            "comparator": "exact",
            "of": "Wuhu",
            "industry": "",
            "year": "",
        }
    ],
    "years": [],
}

WriteGold = Callable[..., Path]


@pytest.fixture
def write_gold(tmp_path: Path) -> WriteGold:
    """Write a gold file beside its text; keyword arguments replace what it says. Returns the folder."""

    def write(text: str = TEXT, name: str = "news", **changes: Any) -> Path:
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        gold = GOLD | {"article": f"{name}.txt"} | changes
        (tmp_path / f"{name}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
        return tmp_path

    return write


def entity(label: str, surface: str | None = None) -> Entity:
    return Entity(f"https://w3id.org/g60kg/id/{label.lower()}", label, surface or label, ("g60:City",))


def figure(value: str, unit: str = "unit:NUM", comparator: str = "exact") -> Value:
    return Value(value, "xsd:decimal", unit, comparator)


def claim(subject: str | Entity, predicate: str, object: Entity | Value, **qualifiers: Qualifier) -> Claim:
    thing = subject if isinstance(subject, Entity) else entity(subject)
    limits = tuple(sorted(qualifiers.items()))
    return Claim("0", "news", "test", thing, f"g60:{predicate}", object, limits, "words", 0, 5)
