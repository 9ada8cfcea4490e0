"""Proposals become claims in the order of the text, whatever their order and their number."""

import time

from g60kg.extract.proposals import Proposal, Stated
from g60kg.model import Entity, Value
from tests.extract.verify.proposing import kept, proposal, refused, thing, verified

TEXT = "Lanqi is in Wuhu. Bohai is in Hefei. Lanqi calls itself “the pride of Wuhu’s makers”."


def both() -> tuple[Proposal, Proposal]:
    return (
        proposal("Bohai is in Hefei", thing("Bohai", "Company"), "locatedIn", thing("Hefei", "City")),
        proposal("Lanqi is in Wuhu", thing("Lanqi", "Company"), "locatedIn", thing("Wuhu", "City")),
    )


def test_claims_stand_in_the_order_of_the_text() -> None:
    one, other = both()
    claims = verified(TEXT, one, other).claims
    assert [claim.subject.label for claim in claims] == ["Lanqi", "Bohai"]
    assert claims == verified(TEXT, other, one).claims


def test_a_refusal_costs_no_other_proposal() -> None:
    wrong = proposal("Lanqi is in Hefei", thing("Lanqi", "Company"), "locatedIn", thing("Hefei", "City"))
    result = verified(TEXT, both()[0], wrong, both()[1])
    assert len(result.claims) == 2
    assert [(row.proposal, row.check) for row in result.rejections] == [(wrong, "quote")]


def test_a_text_is_in_the_articles_own_spelling() -> None:
    words = "the pride of Wuhu's makers"
    one = proposal(
        f'Lanqi calls itself "{words}"',
        thing("Lanqi", "Company"),
        "distinction",
        Stated(Value(words, "rdf:langString"), words),
    )
    assert kept(TEXT, one).object == Value("the pride of Wuhu’s makers", "rdf:langString", language="en")


def test_an_industry_that_limits_is_the_registers() -> None:
    text = "Lanqi is in Wuhu for biomedicine."
    rows = {"industry": "biomedicine"}
    one = proposal(text, thing("Lanqi", "Company"), "locatedIn", thing("Wuhu", "City"), limits=rows)
    industry = dict(kept(text, one).qualifiers)["industry"]
    assert isinstance(industry, Entity)
    assert not industry.candidate
    rows = {"industry": "mining"}
    other = proposal(text, thing("Lanqi", "Company"), "locatedIn", thing("Wuhu", "City"), limits=rows)
    assert refused(text, other) == "outside-name"


def seconds(repeated: int) -> float:
    sentence = "Lanqi {} has a third of the plants and 400 jobs in Wuhu, and it will grow by 8 percent. "
    text = "".join(sentence.format(number) for number in range(repeated))
    rows = [
        proposal(
            sentence.format(number).strip(),
            thing(f"Lanqi {number}", "Company"),
            "locatedIn",
            thing("Wuhu", "City"),
        )
        for number in range(repeated)
    ]
    begun = time.process_time()
    assert len(verified(text, *rows).claims) == repeated
    return time.process_time() - begun


def test_time_grows_with_the_number_of_proposals() -> None:
    seconds(10)
    short = min(seconds(150) for _ in range(2))
    assert any(seconds(1500) < 50 * short for _ in range(2))  # a square would be a hundred times
