"""Which claims are accepted is said by a table, by agreement, and by persons."""

from pathlib import Path
from typing import Any

import pytest

from g60kg.errors import InputError
from g60kg.extract.parser.frames import WEAKER
from g60kg.extract.proposals import Proposal
from g60kg.extract.verify import load_bases
from tests.extract.verify.proposing import figure, proposal, thing, verified

TEXT = "Lanqi has 30 plants in Wuhu in 2020. Lanqi is in Wuhu."
QUOTE = "Lanqi has 30 plants in Wuhu in 2020."


def said(reader: str, basis: str, **more: Any) -> Proposal:
    place = thing("Wuhu", "City")
    return proposal(QUOTE, thing("Lanqi", "Company"), "locatedIn", place, reader=reader, basis=basis, **more)


def statuses(*proposals: Proposal) -> list[tuple[str, str]]:
    return [(claim.basis, claim.status) for claim in verified(TEXT, *proposals).claims]


@pytest.mark.parametrize(
    ("basis", "status"), [("explicit", "accepted"), ("model", "proposed"), ("recorded", "accepted")]
)
def test_the_table_says_which_basis_is_accepted(basis: str, status: str) -> None:
    assert statuses(said("any", basis)) == [(basis, status)]


def test_of_the_parsers_bases_those_that_are_accepted_are_the_surest() -> None:
    accepted = [load_bases()[basis].accepted for basis in WEAKER]
    assert accepted == sorted(accepted, reverse=True)


def test_two_readers_of_different_kinds_agree() -> None:
    assert statuses(said("parser", "carried"), said("model:x", "model")) == [("agreed", "accepted")]


def test_two_models_or_two_rules_of_the_parser_do_not() -> None:
    assert statuses(said("model:x", "model"), said("recorded", "model")) == [("model", "proposed")]
    assert statuses(said("parser", "carried"), said("parser", "salient"))[0][1] == "proposed"


def test_readers_that_speak_of_different_sentences_do_not_agree() -> None:
    other = proposal(
        "Lanqi is in Wuhu.", thing("Lanqi", "Company"), "locatedIn", thing("Wuhu", "City"), basis="model"
    )
    assert [status for _, status in statuses(said("parser", "carried"), other)] == ["proposed", "proposed"]


def test_of_equal_claims_the_fullest_is_kept() -> None:
    claims = verified(TEXT, said("a", "recorded"), said("b", "recorded", limits={"year": "2020"})).claims
    assert [dict(claim.qualifiers) for claim in claims] == [{"year": "2020"}]


def test_claims_that_limit_differently_are_kept_both() -> None:
    figures = [figure("30", "30", of="plants"), figure("30", "30")]
    rows = [
        proposal(QUOTE, thing("Lanqi", "Company"), "count", figures[0]),
        proposal(QUOTE, thing("Lanqi", "Company"), "count", figures[1], limits={"year": "2020"}),
    ]
    assert len(verified(TEXT, *rows).claims) == 2


def test_an_unknown_basis_is_refused() -> None:
    (rejection,) = verified(TEXT, said("parser", "guess")).rejections
    assert rejection.check == "basis"


@pytest.mark.parametrize(
    ("text", "said_of_it"),
    [
        ("- a", ":1: a table of bases is a mapping"),
        ("a: {accepted: true}", "the basis 'a' has no 'precision'; add"),
        ("a: {accepted: 1, precision: 1, kind: a, means: b}", "'accepted'"),
    ],
)
def test_a_malformed_table_is_an_error_that_names_it(tmp_path: Path, text: str, said_of_it: str) -> None:
    path = tmp_path / "bases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"bases.yaml.*{said_of_it}"):
        load_bases(path)
