"""The thesaurus of industries: each stands under a broader one or at the top, with codes that are such."""

import re

import pytest

from g60kg.register import Entry, Register
from g60kg.terms import G60, ID, SKOS

FORMS = {
    G60.gbt4754Code: r"[A-T]|\d{2,4}",
    G60.isic4Code: r"[A-U]|\d{2,4}",
    G60.nace21Code: r"[A-V]|\d{2}(\.\d{1,2})?",
}


@pytest.fixture
def industries(packaged: Register) -> dict[str, Entry]:
    return {entry.id: entry for entry in packaged.entries.values() if "g60:IndustryCategory" in entry.types}


def objects(entry: Entry, predicate: object) -> list[str]:
    return [fact.object.value.removeprefix(ID.base) for fact in entry.facts if fact.predicate == predicate]


def test_each_is_under_a_broader_one_or_at_the_top(industries: dict[str, Entry]) -> None:
    for entry in industries.values():
        broader, top = objects(entry, SKOS.broader), objects(entry, SKOS.topConceptOf)
        assert bool(broader) != bool(top), entry.id
        assert set(broader) <= industries.keys()
        assert [*top, *objects(entry, SKOS.inScheme)] == ["industry-thesaurus"], entry.id


@pytest.mark.parametrize(
    ("one", "above"),
    [
        ("photovoltaics", ["new-energy", "clean-energy", "energy-industries"]),
        ("new-energy-vehicles", ["automotive", "manufacturing-industries"]),
        ("power-batteries", ["manufacturing-industries"]),
        ("integrated-circuits", ["semiconductors", "electronic-information", "digital-economy"]),
        ("intelligent-driving", ["information-technology", "digital-economy"]),
    ],
)
def test_what_stands_under_what(industries: dict[str, Entry], one: str, above: list[str]) -> None:
    found: list[str] = []
    while broader := objects(industries[one], SKOS.broader):
        [one] = broader
        found.append(one)
    assert found == above


def test_a_narrower_one_is_no_other_name(packaged: Register) -> None:
    for name, id in (
        ("power batteries", "power-batteries"),
        ("cross-border e-commerce", "cross-border-e-commerce"),
        ("quantum computing", "quantum-computing"),
        ("healthcare", "health-care"),
        ("aviation", "aviation"),
        ("智慧物流", "smart-logistics"),
    ):
        assert [entry.id for entry in packaged.find(name)] == [id]
    assert packaged.find("物流") == ()


def test_codes_have_the_form_of_their_classification(industries: dict[str, Entry]) -> None:
    for predicate, form in FORMS.items():
        codes = {id: objects(entry, predicate) for id, entry in industries.items()}
        assert sum(map(bool, codes.values())) > 30
        for id, found in codes.items():
            assert len(found) <= 1, id
            assert all(re.fullmatch(form, code) for code in found), id


def test_a_code_lies_within_that_of_a_broader_industry(industries: dict[str, Entry]) -> None:
    """Where both have digits: 3612 (new energy vehicles) lies in 36 (automotive)."""
    for entry in industries.values():
        for predicate in FORMS:
            for code in objects(entry, predicate):
                above = (objects(industries[id], predicate) for id in objects(entry, SKOS.broader))
                for other in (each for codes in above for each in codes if each.isdigit() and code.isdigit()):
                    assert code.startswith(other), (entry.id, code, other)
