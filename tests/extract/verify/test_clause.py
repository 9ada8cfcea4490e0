"""Plans, denials and hearsay in the clause are the claim's modality, whatever the reader says."""

import pytest

from tests.extract.verify.proposing import kept, proposal, thing


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Lanqi has a plant in Wuhu.", None),
        ("Lanqi will build a plant in Wuhu.", "planned"),
        ("Lanqi is trying to build in Wuhu.", "planned"),
        ("Lanqi has never built in Wuhu.", "denied"),
        ("Lanqi is no longer in Wuhu.", "denied"),
        ("Lanqi, officials said, has a plant in Wuhu.", "reported"),
        ("Lanqi is said to have a plant in Wuhu.", "reported"),
        ("The town calls for Lanqi to build in Wuhu.", "planned"),
        ("Lanqi has a plant in Wuhu, and it will build a school.", None),
        ("It will build a school, and Lanqi has a plant in Wuhu.", None),
    ],
)
def test_the_words_of_the_clause_decide(sentence: str, modality: str | None) -> None:
    claim = kept(sentence, proposal(sentence, thing("Lanqi", "Company"), "locatedIn", thing("Wuhu", "City")))
    assert dict(claim.qualifiers).get("modality") == modality
    assert claim.is_fact is (modality is None)


def test_words_of_a_name_say_nothing() -> None:
    text = "Not Planned Co runs a shop in Wuhu."
    claim = kept(text, proposal(text, thing("Not Planned Co", "Company"), "locatedIn", thing("Wuhu", "City")))
    assert claim.is_fact


def test_what_the_reader_says_stays() -> None:
    text = "Lanqi has a plant in Wuhu."
    one = proposal(
        text, thing("Lanqi", "Company"), "locatedIn", thing("Wuhu", "City"), limits={"modality": "partial"}
    )
    assert dict(kept(text, one).qualifiers)["modality"] == "partial"
