"""What is spoken of again: the topic before an aside, a joint venture, a corridor, a garbled name."""

import pytest

from g60kg.extract import claim_line

from .packaged import claims


def said(text: str) -> list[str]:
    """Return the claims of a text, each as one line."""
    return [claim_line(claim) for claim in claims(text, "2023-07-11")]


def test_the_topic_goes_before_what_an_aside_names() -> None:
    text = (
        "Blue Lake Airport opened in 2021. It is larger than any but Red Hill Airport. "
        "The airport lies on the G60 Expressway."
    )
    assert "id:blue-lake-airport g60:alongRoute id:g60-expressway" in said(text)
    assert "id:red-hill-airport g60:alongRoute id:g60-expressway" not in said(text)


def test_a_joint_venture_is_what_was_founded() -> None:
    text = "Haier and Tencent founded Lanqi Photonics in May. The joint venture is located in Hefei."
    assert "id:lanqi-photonics g60:locatedIn id:hefei" in said(text)
    assert "id:haier g60:locatedIn id:hefei" not in said(text)


@pytest.mark.parametrize(
    ("other", "subject"),
    [("Tokyo Artificial Intelligence Industrial Base grows. ", True), ("Tokyo grows. ", False)],
)
def test_matsue_is_repaired_beside_other_garbled_names(other: str, subject: bool) -> None:
    text = f"{other}Haier has settled in Matsue."
    assert ("id:haier g60:locatedIn id:songjiang" in said(text)) is subject


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Anhui Jianghuai Motor Group has settled in Hefei.", "id:anhui-jianghuai-motor-group"),
        ("NIO China has settled in Hefei.", "id:nio-china"),
        ("TechPark Songjiang is located in Hefei.", "id:techpark-songjiang"),
        ("Leapmotor has settled in Hefei.", "id:leapmotor"),
    ],
)
def test_names_that_hold_others_are_their_own(text: str, line: str) -> None:
    assert f"{line} g60:locatedIn id:hefei" in said(text)
    assert not [claim for claim in said(text) if claim.startswith(("id:anhui ", "id:nio ", "id:songjiang "))]


def test_a_name_behind_a_list_with_a_preposition_is_no_subject() -> None:
    assert not [
        line for line in said("The club, run by Hefei and Haier, moved to Wuhu.") if "locatedIn" in line
    ]
    assert "id:haier g60:locatedIn id:wuhu" in said("A farm lies in Hefei, and Haier moved to Wuhu.")
