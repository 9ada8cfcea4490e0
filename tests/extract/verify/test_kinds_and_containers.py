"""A claim keeps to the ontology, the register's containers, and the direction of its words."""

import pytest

from g60kg.extract.proposals import Mention, Stated
from g60kg.ontology import load_ontology
from tests.extract.verify.proposing import kept, proposal, refused, thing

TEXT = (
    "Bohai Works, which belongs to Lanqi Group, is in Wuhu. "
    "Songjiang District in Shanghai hosts Lanqi Group. Suzhou in Jiangsu and Suzhou in Anhui grow."
)
FIRST = "Bohai Works, which belongs to Lanqi Group, is in Wuhu."
SECOND = "Songjiang District in Shanghai hosts Lanqi Group."


@pytest.mark.parametrize(
    ("quote", "subject", "predicate", "object_"),
    [
        (FIRST, thing("Bohai Works", "Company"), "subsidiaryOf", thing("Lanqi Group", "Company")),
        (FIRST, thing("Bohai Works", "Facility"), "locatedIn", thing("Wuhu", "City")),
        (SECOND, thing("Songjiang District", "District"), "partOf", thing("Shanghai", "Municipality")),
        ("Suzhou in Jiangsu", thing("Suzhou", "City"), "partOf", thing("Jiangsu", "Province")),
        ("Suzhou in Anhui", thing("Suzhou", "City"), "partOf", thing("Anhui", "Province")),
    ],
)
def test_what_the_words_say_is_kept(quote: str, subject: Mention, predicate: str, object_: Mention) -> None:
    assert kept(TEXT, proposal(quote, subject, predicate, object_))


@pytest.mark.parametrize(
    ("quote", "subject", "predicate", "object_", "check"),
    [
        (
            FIRST,
            thing("Lanqi Group", "Company"),
            "subsidiaryOf",
            thing("Bohai Works", "Company"),
            "direction",
        ),
        (FIRST, thing("Bohai Works", "Facility"), "operates", thing("Lanqi Group", "Company"), "class"),
        (FIRST, thing("Bohai Works", "Company"), "partOf", thing("Wuhu", "City"), "class"),
        (FIRST, thing("Wuhu", "City"), "locatedIn", thing("Bohai Works", "Facility"), "container"),
        (FIRST, thing("Wuhu", "City"), "inIndustry", thing("Lanqi Group", "Company"), "class"),
        (FIRST, thing("Bohai Works", "Company"), "owns", thing("Wuhu", "City"), "vocabulary"),
        (FIRST, thing("Bohai Works", "Corporation"), "locatedIn", thing("Wuhu", "City"), "vocabulary"),
        (FIRST, thing("Lanqi Group", "Company"), "cooperatesWith", thing("Lanqi Group", "Company"), "class"),
        (
            SECOND,
            thing("Shanghai", "Municipality"),
            "partOf",
            thing("Songjiang District", "District"),
            "container",
        ),
        (
            "Suzhou in Jiangsu and Suzhou in Anhui",
            thing("Suzhou", "City"),
            "partOf",
            thing("Anhui", "Province"),
            "container",
        ),
    ],
)
def test_what_ontology_register_or_words_deny_is_refused(
    quote: str, subject: Mention, predicate: str, object_: Mention | Stated, check: str
) -> None:
    assert refused(TEXT, proposal(quote, subject, predicate, object_)) == check


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Company", "Park", True),
        ("Facility", "Park", False),
        ("City", "Province", True),
        ("ScienceCity", "Park", False),
    ],
)
def test_what_nothing_can_be_at_once_is_read_from_the_ontology(one: str, other: str, apart: bool) -> None:
    assert load_ontology().are_apart(one, other) is apart
