"""A name is said by the text, and no near name stands for another."""

import pytest

from g60kg.extract.proposals import Mention
from g60kg.model import Entity
from tests.extract.verify.proposing import kept, proposal, refused, thing

TEXT = (
    "Lanqi Photonics Group makes chips. Lanqi Photonics has a plant in Huzhou. It also has one in Jiaxing, "
    "and the company is growing there. Wuxing district is near. Bohai Valley Forum (BVF) was held in Hefei."
)


@pytest.mark.parametrize(
    ("quote", "name", "mention", "kind", "rule"),
    [
        ("Lanqi Photonics has a plant in Huzhou", "Lanqi Photonics", "Lanqi Photonics", "Company", None),
        (
            "Lanqi Photonics has a plant in Huzhou",
            "Lanqi Photonics Group",
            "Lanqi Photonics",
            "Company",
            "short form",
        ),
        ("It also has one in Jiaxing", "Lanqi Photonics Group", "It", "Company", "pronoun"),
        ("also has one in Jiaxing", "Lanqi Photonics Group", "", "Company", "carried over"),
        (
            "in Jiaxing, and the company is growing",
            "Lanqi Photonics Group",
            "the company",
            "Company",
            "description",
        ),
    ],
)
def test_words_lead_to_a_name_by_a_rule(
    quote: str, name: str, mention: str, kind: str, rule: str | None
) -> None:
    place = thing("Huzhou" if "Huzhou" in quote else "Jiaxing", "City")
    claim = kept(TEXT, proposal(quote, thing(name, kind, mention), "locatedIn", place))
    assert claim.subject.label == name
    assert [step.rule.startswith(rule) for step in claim.resolved] == [True] if rule else not claim.resolved
    for step in claim.resolved:
        assert TEXT[step.start : step.end] == name


@pytest.mark.parametrize(
    ("name", "mention", "kind", "check"),
    [
        ("Taihu Photonics", "Lanqi Photonics", "Company", "outside-name"),
        ("Wuxi", "Wuxing district", "District", "outside-name"),
        ("Lanqi", "It", "Company", "mention"),
        ("Lanqi Photonics", "It", "Company", "mention"),
        ("Jiaxing", "Huzhou", "City", "near-name"),
        ("Hefei", "", "City", "mention"),
    ],
)
def test_other_names_are_refused(name: str, mention: str, kind: str, check: str) -> None:
    one = proposal(
        "Lanqi Photonics has a plant in Huzhou.", thing(name, kind, mention), "count", thing("Huzhou", "City")
    )
    assert refused(TEXT, one) == check


def test_a_name_only_behind_the_quote_is_no_antecedent() -> None:
    one = proposal("It is in Wuhu.", thing("Lanqi", "Company", "It"), "locatedIn", thing("Wuhu", "City"))
    assert refused("It is in Wuhu. Lanqi grew.", one) == "mention"


def test_a_short_form_in_brackets_is_one_of_the_name() -> None:
    text = "Bohai Valley Forum (BVF) was held. BVF was held in Hefei."
    one = proposal(
        "BVF was held in Hefei",
        thing("Bohai Valley Forum", "Conference", "BVF"),
        "locatedIn",
        thing("Hefei", "City"),
    )
    assert kept(text, one).subject.label == "Bohai Valley Forum"


@pytest.mark.parametrize(
    ("name", "mention", "kind"),
    [
        ("Hefei", "Hefei", "Province"),
        ("Blue Lake Industrial Park", "Blue Lake Industrial Park", "Company"),
        ("Blue Lake Industrial Park", "the park", "Company"),
        ("East Railway", "East Railway", "Highway"),
    ],
)
def test_a_class_that_register_or_head_noun_denies_is_refused(name: str, mention: str, kind: str) -> None:
    text = "Blue Lake Industrial Park has 30 people; Hefei, East Railway and the park have 30 people."
    quote = text[:-1] if mention == name else "East Railway and the park have 30 people"
    one = proposal(quote, thing(name, kind, mention), "locatedIn", thing("Hefei", "City"))
    assert refused(text, one) == "class"


def test_a_common_noun_is_not_what_the_register_calls_so() -> None:
    text = "Lanqi builds its headquarters in Wuhu."
    one = proposal(text, thing("headquarters", "Facility"), "locatedIn", thing("Wuhu", "City"))
    claim = kept(text, one)
    assert claim.subject.candidate
    assert claim.subject.types == ("g60:Facility",)


def test_an_unknown_name_is_a_candidate_and_a_known_one_is_the_registers() -> None:
    text = "Lanqi is in Songjiang."
    claim = kept(text, proposal(text, thing("Lanqi", "Company"), "locatedIn", thing("Songjiang", "District")))
    assert claim.subject == Entity(
        "https://w3id.org/g60kg/id/lanqi", "Lanqi", "Lanqi", ("g60:Company",), True
    )
    assert isinstance(claim.object, Entity)
    assert not claim.object.candidate


@pytest.mark.parametrize("iri", ["https://w3id.org/g60kg/id/suzhou", "https://w3id.org/g60kg/id/nowhere"])
def test_a_reader_cannot_give_another_entity_than_the_name_is(iri: str) -> None:
    text = "Lanqi is in Huzhou."
    given = Mention("Huzhou", "Huzhou", "City", entity=Entity(iri, "Suzhou", "Huzhou", ("g60:City",)))
    assert refused(text, proposal(text, thing("Lanqi", "Company"), "locatedIn", given)) == "near-name"


def test_a_garbled_name_carries_its_repair() -> None:
    text = "Lanqi is in Matsue City. Haier Ziya Industrial Park is in Matsue City."
    one = proposal(
        "Lanqi is in Matsue City", thing("Lanqi", "Company"), "locatedIn", thing("Matsue City", "City")
    )
    claim = kept(text, one, note="machine translation")
    assert isinstance(claim.object, Entity)
    assert claim.object.label == "Songjiang District"
    assert [repair.surface for repair in claim.repairs] == ["Matsue City"]
