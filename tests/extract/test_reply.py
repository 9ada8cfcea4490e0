"""A reply is read strictly or leniently, and nothing that breaks its form gets through."""

import json
from typing import Any

import pytest

from g60kg.errors import ReplyError
from g60kg.extract.proposals import Mention, Stated
from g60kg.extract.reply import (
    LARGEST,
    REPLY_SCHEMA,
    every_key_required,
    read_proposals,
    read_reply,
    unit_code,
)
from g60kg.model import Value

CLAIM: dict[str, Any] = {
    "quote": "Haier is in Wuhu.",
    "subject": {"name": "Haier", "mention": "Haier", "class": "Company"},
    "predicate": "locatedIn",
    "object": {"name": "Wuhu", "mention": "Wuhu", "class": "City"},
}
FIGURE = {"figure": "a ninth", "value": "1/9", "unit": "fraction", "comparator": "exact", "of": "patents"}


def reply(*claims: Any, **more: Any) -> str:
    return json.dumps({"claims": list(claims)} | more)


def problem(claim: Any) -> str:
    proposals, problems = read_reply(reply(CLAIM, claim, CLAIM), "recorded", "a.json")
    assert len(proposals) == 2
    (text,) = problems
    assert text.startswith("a.json: claim 2: ")
    return text


def test_a_claim_becomes_a_proposal() -> None:
    (proposal,) = read_proposals(reply(CLAIM | {"year": "2023-09", "modality": None}), "recorded", "a.json")
    assert proposal.subject == Mention("Haier", "Haier", "Company")
    assert proposal.predicate == "g60:locatedIn"
    assert proposal.qualifiers == (("date", "2023-09"),)


def test_a_figure_has_a_plain_value_and_the_unit_of_the_graph() -> None:
    (proposal,) = read_proposals(reply(CLAIM | {"object": FIGURE}), "recorded", "a.json")
    value = Value("0.111111", "xsd:decimal", "unit:FRACTION", "exact")
    assert proposal.object == Stated(value, "a ninth", None, "patents")


def test_a_word_that_is_no_unit_is_what_is_counted() -> None:
    figure = FIGURE | {"figure": "80 TEUs", "value": 80, "unit": "TEUs", "of": ""}
    (proposal,) = read_proposals(reply(CLAIM | {"object": figure}), "recorded", "a.json")
    assert isinstance(proposal.object, Stated)
    assert (proposal.object.value.unit, proposal.object.of) == ("unit:NUM", "TEUs")


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("CNY", "unit:CCY_CNY"),
        ("cur:CNY", "unit:CCY_CNY"),
        ("unit:CCY_CNY", "unit:CCY_CNY"),
        ("unit:KiloM", "unit:KiloM"),
        ("DKK", "unit:CCY_DKK"),
    ],
)
def test_units_are_those_of_the_number_reader(word: str, unit: str) -> None:
    assert unit_code(word) == unit


@pytest.mark.parametrize(
    ("by", "basis"), [({"by": "person"}, "recorded"), ({"by": "a tool"}, "model"), ({}, "model")]
)
def test_a_file_by_a_person_says_so(by: dict[str, str], basis: str) -> None:
    (proposal,) = read_proposals(reply(CLAIM, **by), "recorded", "a.json")
    assert proposal.basis == basis


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (7, "'claim' is no object"),
        ({**CLAIM, "yeer": "2023"}, "unknown key 'yeer'"),
        ({k: v for k, v in CLAIM.items() if k != "quote"}, "lacks 'quote'"),
        (CLAIM | {"quote": 7}, "'quote' is no string"),
        (CLAIM | {"quote": ["a"]}, "'quote' is no string"),
        (CLAIM | {"quote": "x" * 3000}, "'quote' is longer"),
        (CLAIM | {"quote": "\ud800"}, "half a character"),
        (CLAIM | {"predicate": "located in"}, "'predicate'"),
        (CLAIM | {"subject": "Haier"}, "'subject' is no object"),
        (CLAIM | {"subject": {"name": "Haier", "mention": "", "class": "a b"}}, "'class'"),
        (CLAIM | {"object": {}}, "'object' is none of the kinds"),
        (CLAIM | {"object": FIGURE | {"value": "NaN"}}, "'value' is"),
        (CLAIM | {"object": FIGURE | {"value": True}}, "'value' is"),
        (CLAIM | {"object": FIGURE | {"value": "1e999"}}, "'value' is"),
        (CLAIM | {"object": FIGURE | {"value": "1/0"}}, "'value' is"),
        (CLAIM | {"object": FIGURE | {"comparator": "over"}}, "'comparator'"),
        (CLAIM | {"object": {"date": "22 May"}}, "'date'"),
        (CLAIM | {"year": "23"}, "'year'"),
        (CLAIM | {"period": "2023"}, "'period'"),
        (CLAIM | {"modality": "perhaps"}, "'modality'"),
    ],
)
def test_a_bad_claim_costs_only_itself(claim: Any, said: str) -> None:
    assert said in problem(claim)


def test_read_strictly_a_bad_claim_is_an_error_that_names_it() -> None:
    with pytest.raises(ReplyError, match=r"a\.json: claim 2: 'claim' lacks"):
        read_proposals(reply(CLAIM, {}), "recorded", "a.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("<html>", "not JSON"),
        ('{"claims": [', "not JSON"),
        ("[]", "'reply' is no object"),
        ("{}", "lacks 'claims'"),
        ('{"claims": {}}', "'claims' is no array"),
        ('{"claims": [], "clams": 1}', "unknown key 'clams'"),
        ('{"claims": [], "by": 1}', "'by' is no string"),
        ('{"claims": [NaN]}', "a number"),
        ('{"claims": [' + "9" * 5000 + "]}", "a number"),
        ("[" * 100_000, "nested too deep"),
        (" " * (LARGEST + 1), "longer than"),
    ],
)
def test_what_is_no_reply_is_an_error(text: str, said: str) -> None:
    with pytest.raises(ReplyError, match=f"^a.json:.*{said}"):
        read_reply(text, "model:x", "a.json")


def test_the_schema_can_ask_for_every_key() -> None:
    schema = every_key_required(REPLY_SCHEMA)
    claim = schema["properties"]["claims"]["items"]
    assert schema["required"] == ["claims"]
    assert set(claim["required"]) == set(claim["properties"]) > set(CLAIM)
    assert "$ref" not in json.dumps(schema)
    assert "pattern" not in json.dumps(schema)
