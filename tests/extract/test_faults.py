"""What was once read falsely, and what still is: each of these a strict expected failure."""

import pytest
from _pytest.mark.structures import ParameterSet

from g60kg.extract import claim_line
from g60kg.model import Entity
from tests.extract.packaged import claims, lines

DATE = "2023-07-11"
CENTER = "id:dual-smart-empowerment-center"


def _mended(fault: str, text: str, line: str) -> ParameterSet:
    return pytest.param(text, line, id=fault)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        _mended(
            "a count of a kind that is a joint",
            "Songjiang has 500, 600 and 700 companies.",
            "id:songjiang g60:count 600 unit:NUM countedKind=and year=2023",
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
            "id:songjiang g60:projectCount 20 unit:NUM countedKind=projects year=2023",
        ),
        _mended(
            "what is wanted is taken for a fact",
            "Songjiang wants to attract 300 companies.",
            "id:songjiang g60:companyCount 300 unit:NUM year=2023",
        ),
        _mended(
            "what is hoped is taken for a fact",
            "Songjiang hopes that 300 companies settle in Songjiang.",
            "id:songjiang g60:companyCount 300 unit:NUM year=2023",
        ),
        _mended(
            "a condition is taken for a fact",
            "If Tencent builds the Dual Smart Empowerment Center, Songjiang will grow.",
            f"id:tencent g60:builds {CENTER}",
        ),
        _mended(
            "hearsay is taken for a fact",
            "It is said that Songjiang has 300 companies.",
            "id:songjiang g60:companyCount 300 unit:NUM year=2023",
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
            "id:g60-corridor g60:area 300 unit:KiloM2 year=2023",
        ),
        _mended(
            "a difference is taken for a count",
            "Songjiang had 300 companies fewer than Wuhu.",
            "id:songjiang g60:companyCount 300 unit:NUM year=2023",
        ),
        _mended(
            "a surplus is taken for a count",
            "Songjiang has 300 more companies than Wuhu.",
            "id:songjiang g60:companyCount 300 unit:NUM countedKind=more companies year=2023",
        ),
    ],
)
def test_nothing_false_is_claimed(text: str, line: str) -> None:
    assert line not in lines(text, DATE)


def test_a_round_number_of_companies_is_no_year() -> None:
    assert lines("Songjiang has 2000 companies.") == ["id:songjiang g60:companyCount 2000 unit:NUM"]
    assert lines("In 2000 companies came to Songjiang.") == []


@pytest.mark.xfail(strict=True, reason="the surface of a name is that of the plain view, not as written")
def test_a_surface_is_as_written() -> None:
    text = "People’s Robot Co has teamed up with Fosun\u200b Pharma."
    (claim,) = claims(text)
    assert isinstance(claim.object, Entity)
    assert claim.subject.surface == "People’s Robot Co"
    assert claim.object.surface == "Fosun\u200b Pharma"


def test_what_is_to_be_read_is_read() -> None:
    """The sentences above differ from these in a word or two."""
    for text, line in [
        ("Haier builds Haier Zhigu.", "id:haier g60:builds id:haier-zhigu"),
        ("Songjiang attracted 300 companies.", "id:songjiang g60:companyCount 300 unit:NUM year=2023"),
        ("Tencent and Haier have settled in Wuhu.", "id:tencent g60:locatedIn id:wuhu"),
        (
            "The G60 Corridor covers an area of 300 square kilometers.",
            "id:g60-corridor g60:area 300 unit:KiloM2 year=2023",
        ),
    ]:
        assert line in {claim_line(claim) for claim in claims(text, DATE)}, text
