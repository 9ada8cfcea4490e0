"""A person's decisions on claims: the file, and what becomes of the claims."""

from dataclasses import replace
from pathlib import Path

import pytest

from g60kg.errors import DecisionError
from g60kg.kg import stages
from g60kg.kg.decisions import FILE, Decision, decide, read_decisions
from g60kg.kg.overlays import Overlays
from g60kg.model import Claim, Resolution, Value
from tests.kg.conftest import CLAIMS, MATSUE, SONGJIANG

FIGURE, PLANNED, PLACED = (replace(claim, status="proposed", basis="model") for claim in CLAIMS)
HEAD = "- claim: {claim}\n  article: small\n  subject: a\n  predicate: {predicate}\n  object: b\n  quote: c\n"


def read(folder: Path, text: str) -> tuple[Decision, ...]:
    (folder / FILE).write_text(text)
    return read_decisions(folder, stages.register(Overlays()))


def entry(claim: Claim, verdict: str, **right: str) -> str:
    lines = HEAD.format(claim=claim.id, predicate=claim.predicate) + f"  verdict: {verdict}\n"
    return lines + "".join(f"  {key}: {value}\n" for key, value in right.items())


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path, stages.register(Overlays())) == ()
    assert stages.decisions_of(tmp_path) == ()


def test_confirmed_is_accepted_and_rejected_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, entry(FIGURE, "confirmed") + entry(PLACED, "rejected"))
    confirmed = replace(FIGURE, status="accepted", basis="confirmed")
    assert decide((FIGURE, PLANNED, PLACED), found) == (confirmed, PLANNED)


def test_deciding_again_changes_nothing(tmp_path: Path) -> None:
    text = entry(FIGURE, "corrected", right_object="850") + entry(PLACED, "corrected", right_object="id:wuhu")
    found = read(tmp_path, text)
    once = decide((FIGURE, PLANNED, PLACED), found)
    assert decide(once, found) == once


def test_the_last_decision_on_a_claim_counts(tmp_path: Path) -> None:
    found = read(tmp_path, entry(FIGURE, "rejected") + entry(FIGURE, "confirmed"))
    assert [claim.basis for claim in decide((FIGURE,), found)] == ["confirmed"]


def test_a_corrected_number_keeps_unit_and_comparator(tmp_path: Path) -> None:
    (after,) = decide((FIGURE,), read(tmp_path, entry(FIGURE, "corrected", right_object="850")))
    assert after.object == Value("850", "xsd:decimal", "unit:NUM", "more than")
    assert (after.status, after.basis) == ("accepted", "corrected")
    assert after.id != FIGURE.id
    assert after.repairs == FIGURE.repairs


def test_a_corrected_subject_takes_its_repairs_and_resolutions_with_it(tmp_path: Path) -> None:
    it = Resolution("Matsue City", "it: subject of the sentence before", 0, 4)
    other = Resolution("there", "nearest-city", 0, 4)
    claim = replace(FIGURE, resolved=(it, other))
    (after,) = decide((claim,), read(tmp_path, entry(claim, "corrected", right_subject="id:jiaxing")))
    assert (after.subject.iri, after.subject.surface) == (f"{SONGJIANG.iri[:-9]}jiaxing", MATSUE.surface)
    assert (after.repairs, after.resolved) == ((), (other,))


def test_a_corrected_time_may_be_finer(tmp_path: Path) -> None:
    claim = replace(FIGURE, predicate="g60:startYear", object=Value("2016", "xsd:gYear"), qualifiers=())
    (after,) = decide((claim,), read(tmp_path, entry(claim, "corrected", right_object="2016-05")))
    assert after.object == Value("2016-05", "xsd:gYearMonth")


def test_a_correction_to_what_another_claim_says_is_that_claim_once(tmp_path: Path) -> None:
    (right,) = decide((PLACED,), read(tmp_path, entry(PLACED, "corrected", right_object="id:wuhu")))
    twin = replace(right, status="proposed", basis="model")
    found = read(tmp_path, entry(PLACED, "corrected", right_object="id:wuhu"))
    assert decide((twin, PLACED), found) == decide((PLACED, twin), found) == (right,)


def test_a_corrected_claim_may_be_decided_on_again(tmp_path: Path) -> None:
    first = entry(PLACED, "corrected", right_object="id:wuhu")
    (once,) = decide((PLACED,), read(tmp_path, first))
    assert decide((PLACED,), read(tmp_path, first + entry(once, "rejected"))) == ()


def test_corrections_in_a_circle_end(tmp_path: Path) -> None:
    first = entry(PLACED, "corrected", right_object="id:wuhu")
    (once,) = decide((PLACED,), read(tmp_path, first))
    back = entry(once, "corrected", right_object="id:songjiang")
    assert len(decide((PLACED,), read(tmp_path, first + back))) == 1


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: b\n", 1, "a decisions file is a list of entries"),
        ("- x\n", 1, "a decision is a mapping; write 'key: value' lines"),
        ("- claim: [\n", 2, "not YAML"),
        ("- claim: x\n", 1, "a decision has no 'verdict'; add 'verdict: …'"),
        (entry(FIGURE, "confirmed") + entry(PLACED, "perhaps"), 14, "no verdict 'perhaps'"),
        (entry(FIGURE, "confirmed", wrong="x"), 8, "a decision has no key 'wrong'"),
        (entry(FIGURE, "corrected"), 1, "a claim that is corrected; right_subject and right_object go"),
        (entry(FIGURE, "confirmed", right_object="3"), 1, "a claim that is confirmed"),
        (entry(FIGURE, "corrected", right_subject="3"), 1, "the right subject '3' is no entity"),
        (entry(FIGURE, "corrected", right_subject="id:atlantis"), 1, "no entry of the register has the id"),
        (entry(FIGURE, "corrected", right_object=""), 8, "'right_object' has no text; write it"),
        (entry(FIGURE, "corrected", right_object="[3]"), 8, "'right_object' is a text"),
        (
            entry(replace(PLACED, predicate="in"), "corrected", right_object="id:wuhu"),
            1,
            "no property 'in'",
        ),
        (entry(PLACED, "corrected", right_object="id:tencent"), 1, "cannot be the object of g60:locatedIn"),
        (
            entry(replace(PLACED, predicate="g60:signatory"), "corrected", right_subject="id:wuhu"),
            1,
            "cannot be the subject of g60:signatory",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, line: int, part: str) -> None:
    with pytest.raises(DecisionError) as found:
        read(tmp_path, text)
    assert str(found.value).startswith(f"{tmp_path / FILE}:{line}: ")
    assert part in str(found.value)


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff")
    with pytest.raises(DecisionError, match="not UTF-8"):
        stages.decisions_of(tmp_path)


@pytest.mark.parametrize(
    ("claim", "right", "part"),
    [
        (FIGURE, "many", "'many' is no right object; write a plain decimal"),
        (replace(FIGURE, predicate="g60:theme"), "id:wuhu", "is a value"),
        (PLACED, "Wuhu", "is an entity"),
    ],
)
def test_a_correction_of_another_kind(tmp_path: Path, claim: Claim, right: str, part: str) -> None:
    found = read(tmp_path, entry(claim, "corrected", right_object=right))
    with pytest.raises(DecisionError) as error:
        decide((claim,), found)
    assert part in str(error.value)
    assert f"{FILE}:1: " in str(error.value)
