"""A quote is a span of the text, letter by letter, and at most a sentence."""

import pytest

from g60kg.extract.proposals import Proposal
from tests.extract.verify.proposing import kept, proposal, refused, thing, verified

TEXT = "Lanqi opened a plant in Wuhu. The maker “Lanqi” – of chips –\nis at home in Wuhu’s new port. It grew."


def located(quote: str, start: int | None = None) -> Proposal:
    return proposal(quote, thing("Lanqi", "Company"), "locatedIn", thing("Wuhu", "City"), start=start)


@pytest.mark.parametrize(
    ("quote", "written"),
    [
        ("Lanqi opened a plant in Wuhu.", "Lanqi opened a plant in Wuhu."),
        ("Lanqi opened a plant in Wuhu", "Lanqi opened a plant in Wuhu"),
        ('"Lanqi" - of chips - is at home in Wuhu\'s new port', None),
        ("“Lanqi”  – of chips – is at home in Wuhu’s new port", None),
    ],
)
def test_a_quote_is_found_in_spite_of_typography(quote: str, written: str | None) -> None:
    claim = kept(TEXT, located(quote))
    assert claim.quote == (written or "“Lanqi” – of chips –\nis at home in Wuhu’s new port")


@pytest.mark.parametrize(
    "quote",
    [
        "Lanqi has opened a plant in Wuhu.",
        "Lanqi opened a plant in Wuhu. The maker",
        "anqi opened a plant in Wuhu. The maker “Lanqi” – of chips – is",
        "   ",
    ],
)
def test_a_paraphrase_and_more_than_a_sentence_are_refused(quote: str) -> None:
    assert refused(TEXT, located(quote)) == "quote"


def test_a_reader_that_knows_the_place_must_be_right() -> None:
    text = "Lanqi is in Wuhu. Lanqi is in Wuhu."
    assert kept(text, located("Lanqi is in Wuhu", 18)).start == 18
    assert refused(text, located("Lanqi is in Wuhu", 17)) == "quote"


def test_positions_count_the_characters_of_the_text_as_found() -> None:
    text = "<p>News:&nbsp;&nbsp; yes</p>\n\nLanqi is in Wuhu."
    assert kept(text, located("Lanqi is in Wuhu", text.index("Lanqi"))).start == text.index("Lanqi")


def test_quotes_in_the_order_of_the_text_are_found_one_behind_the_other() -> None:
    text = " ".join(["Lanqi is in Wuhu."] * 3000)
    result = verified(text, *[located("Lanqi is in Wuhu.")] * 3000)
    assert len(result.claims) == 1
