"""What was once read falsely, and what still is: each of the latter a strict expected failure."""

import pytest
from _pytest.mark.structures import ParameterSet

from g60kg.extract import claim_line
from g60kg.model import Entity
from tests.extract.packaged import claims, lines

DATE = "2023-07-11"
CENTER = "id:dual-smart-empowerment-center"


def _mended(fault: str, text: str, line: str) -> ParameterSet:
    return pytest.param(text, line, id=fault)


def _known(fault: str, text: str, line: str) -> ParameterSet:
    return pytest.param(text, line, id=fault, marks=pytest.mark.xfail(strict=True, reason=fault))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        _mended(
            "a count of a kind that is a joint",
            "Songjiang has 500, 600 and 700 companies.",
            "id:songjiang g60:count 600 unit:NUM",
        ),
        _mended(
            "what is to be built by a plan is taken for built",
            "Haier will invest 2 billion yuan to build Haier Zhigu.",
            "id:haier g60:builds id:haier-zhigu",
        ),
        _mended(
            "a person is taken for an organization",
            "Li Wei opened the Dual Smart Empowerment Center.",
            f"id:li-wei g60:operates {CENTER}",
        ),
        _mended(
            "a person with a title is taken for an organization",
            "CEO Li Wei moved to Songjiang.",
            "id:li-wei g60:locatedIn id:songjiang",
        ),
        _mended(
            "what failed is taken for a fact",
            "Songjiang failed to attract 20 projects.",
            "id:songjiang g60:projectCount 20 unit:NUM",
        ),
        _mended(
            "what is wanted is taken for a fact",
            "Songjiang wants to attract 300 companies.",
            "id:songjiang g60:companyCount 300 unit:NUM",
        ),
        _mended(
            "what is hoped is taken for a fact",
            "Songjiang hopes that 300 companies settle in Songjiang.",
            "id:songjiang g60:companyCount 300 unit:NUM",
        ),
        _mended(
            "a condition is taken for a fact",
            "If Tencent builds the Dual Smart Empowerment Center, Songjiang will grow.",
            f"id:tencent g60:builds {CENTER}",
        ),
        _known(
            "hearsay is taken for a fact",
            "It is said that Songjiang has 300 companies.",
            "id:songjiang g60:companyCount 300 unit:NUM",
        ),
        _mended(
            "what is denied by neither is taken for a fact",
            "Neither Tencent nor Haier has settled in Wuhu.",
            "id:haier g60:locatedIn id:wuhu",
        ),
        _mended(
            "what is set apart by unlike joins a list",
            "Unlike Tencent, Haier has settled in Wuhu.",
            "id:tencent g60:locatedIn id:wuhu",
        ),
        _mended(
            "no area is taken for one",
            "The G60 Corridor covers no area of 300 square kilometers.",
            "id:g60-corridor g60:area 300 unit:KiloM2",
        ),
        _known(
            "a difference is taken for a count",
            "Songjiang had 300 companies fewer than Wuhu.",
            "id:songjiang g60:companyCount 300 unit:NUM",
        ),
        _known(
            "a surplus is taken for a count",
            "Songjiang has 300 more companies than Wuhu.",
            "id:songjiang g60:companyCount 300 unit:NUM",
        ),
        _mended(
            "a year in an aside is taken for that of a count",
            "Wuhu, famous since 2015, has 500 companies.",
            "id:wuhu g60:companyCount 500 unit:NUM year=2015",
        ),
        _mended(
            "a joint figure is given to each",
            "Between them, Haier and Tencent employ 200,000 people.",
            "id:haier g60:count 200000 unit:NUM",
        ),
        _known(
            "the first of an opposed pair is taken for the doer",
            "Not only Haier, Tencent built the Dual Smart Empowerment Center in 2020.",
            f"id:haier g60:builds {CENTER}",
        ),
    ],
)
def test_nothing_false_is_claimed(text: str, line: str) -> None:
    """No accepted fact says it, whatever it adds."""
    facts = [claim_line(claim) for claim in claims(text, DATE) if claim.is_fact]
    assert [fact for fact in facts if fact.startswith(line)] == []


def test_a_round_number_of_companies_is_no_year() -> None:
    assert lines("Songjiang has 2000 companies.") == ["id:songjiang g60:companyCount 2000 unit:NUM"]
    assert [line for line in lines("In 2000 companies came to Songjiang.") if "2000" in line] == []


def test_a_surface_is_as_written() -> None:
    text = "People’s Robot Co has teamed up with Fosun\u200b Pharma."
    (claim,) = claims(text)
    assert isinstance(claim.object, Entity)
    assert claim.subject.surface == "People’s Robot Co"
    assert claim.object.surface == "Fosun\u200b Pharma"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Haier builds Haier Zhigu.", "id:haier g60:builds id:haier-zhigu"),
        ("Songjiang attracted 300 companies.", "id:songjiang g60:companyCount 300 unit:NUM"),
        ("Songjiang attracted 20 projects.", "id:songjiang g60:projectCount 20 unit:NUM"),
        ("Tencent and Haier have settled in Wuhu.", "id:tencent g60:locatedIn id:wuhu"),
        ("Tencent builds the Dual Smart Empowerment Center.", f"id:tencent g60:builds {CENTER}"),
        ("Haier opened the Dual Smart Empowerment Center.", f"id:haier g60:operates {CENTER}"),
        (
            "The G60 Corridor covers an area of 300 square kilometers.",
            "id:g60-corridor g60:area 300 unit:KiloM2",
        ),
    ],
)
def test_what_is_to_be_read_is_read(text: str, line: str) -> None:
    """The sentences above differ from these in a word or two."""
    facts = [claim_line(claim) for claim in claims(text, DATE) if claim.is_fact]
    assert [fact for fact in facts if fact.startswith(line)], facts
