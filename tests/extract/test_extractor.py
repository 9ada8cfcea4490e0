"""Readers and recorded files together: who is heard, and what agreement does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from g60kg.article import Article
from g60kg.errors import PatternError, ReplyError
from g60kg.extract import Extractor, claim_line, load_extractor
from g60kg.extract.proposals import Proposal
from g60kg.extract.reply import RecordedReader
from g60kg.register import load_register
from tests.extract.packaged import article, extractor

TEXT = "Tencent has teamed up with Fosun Pharma. Songjiang signed 20 projects."
LINES = {
    "id:tencent g60:cooperatesWith id:fosun-pharma",
    "id:songjiang g60:projectCount 20 unit:NUM",
}
TEAMED = {
    "quote": "Tencent has teamed up with Fosun Pharma",
    "subject": {"name": "Tencent", "mention": "Tencent", "class": "Company"},
    "predicate": "cooperatesWith",
    "object": {"name": "Fosun Pharma", "mention": "Fosun Pharma", "class": "Company"},
}
PRONOUN = "Haier grew last year with Bosch. Its headquarters are in Hefei."
BASED = {
    "quote": "Its headquarters are in Hefei",
    "subject": {"name": "Haier", "mention": "Its", "class": "Company"},
    "predicate": "headquarteredIn",
    "object": {"name": "Hefei", "mention": "Hefei", "class": "City"},
}


def beside(folder: Path, *claims: dict[str, Any], **more: str) -> Extractor:
    """The packaged extractor, with proposals recorded for the article `example`."""
    (folder / "example.json").write_text(json.dumps({"claims": claims} | more), encoding="utf-8")
    return replace(extractor(), recorded=RecordedReader((folder,)))


def read(extractor: Extractor, text: str = TEXT) -> dict[str, tuple[str, str, str]]:
    found = extractor.claims(article(text))
    return {claim_line(claim): (claim.reader, claim.basis, claim.status) for claim in found}


def test_without_a_file_the_parser_alone_reads() -> None:
    assert read(extractor()) == dict.fromkeys(LINES, ("parser", "explicit", "accepted"))


def test_what_a_complete_file_of_a_person_has_is_all(tmp_path: Path) -> None:
    found = read(beside(tmp_path, TEAMED, by="person", complete="yes"))
    assert found == {"id:tencent g60:cooperatesWith id:fosun-pharma": ("recorded", "recorded", "accepted")}


@dataclass(frozen=True)
class _Silent:
    """A reader that must not be asked."""

    name: str = "silent"

    def propose(self, article: Article) -> Iterator[Proposal]:
        raise AssertionError(article.id)


def test_a_complete_file_asks_no_other_reader(tmp_path: Path) -> None:
    complete = replace(beside(tmp_path, TEAMED, by="person", complete="yes"), readers=(_Silent(),))
    assert len(complete.claims(article(TEXT))) == 1
    with pytest.raises(AssertionError):
        replace(beside(tmp_path, TEAMED, by="person"), readers=(_Silent(),)).claims(article(TEXT))


@pytest.mark.parametrize("more", [{"by": "person"}, {"by": "tool", "complete": "yes"}, {}])
def test_any_other_file_is_heard_beside_the_parser(tmp_path: Path, more: dict[str, str]) -> None:
    assert read(beside(tmp_path, TEAMED, **more)).keys() == LINES


def test_a_person_may_say_that_a_text_states_nothing(tmp_path: Path) -> None:
    assert read(beside(tmp_path, by="person", complete="yes")) == {}


def test_a_weak_basis_alone_is_proposed_and_with_another_reader_agreed(tmp_path: Path) -> None:
    line = "id:haier g60:headquarteredIn id:hefei"
    assert read(extractor(), PRONOUN)[line] == ("parser", "pronoun", "proposed")
    alone = replace(beside(tmp_path, BASED), readers=())
    assert read(alone, PRONOUN) == {line: ("recorded", "model", "proposed")}
    reader, basis, status = read(beside(tmp_path, BASED), PRONOUN)[line]
    assert (basis, status) == ("agreed", "accepted")
    assert reader in ("parser", "recorded")


def test_readers_that_say_different_things_do_not_agree(tmp_path: Path) -> None:
    other = BASED | {"object": {"name": "Hefei", "mention": "Hefei", "class": "City"}, "predicate": "partOf"}
    found = read(beside(tmp_path, BASED | {"predicate": "locatedIn"}, other), PRONOUN)
    assert found["id:haier g60:headquarteredIn id:hefei"] == ("parser", "pronoun", "proposed")


def test_what_fails_a_check_is_no_claim_and_is_told(tmp_path: Path) -> None:
    false = TEAMED | {"object": {"name": "Haier", "mention": "Fosun Pharma", "class": "Company"}}
    found = beside(tmp_path, false).verified(article(TEXT))
    assert {claim_line(claim) for claim in found.claims} == LINES
    [rejection] = found.rejections
    assert rejection.proposal.object.name == "Haier"  # type: ignore[union-attr]
    assert rejection.check
    assert rejection.reason


def test_a_file_that_cannot_be_used_is_an_error_not_silence(tmp_path: Path) -> None:
    (tmp_path / "example.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReplyError, match=r"example\.json"):
        replace(extractor(), recorded=RecordedReader((tmp_path,))).claims(article(TEXT))


def test_claims_come_in_the_order_of_the_text_each_once(tmp_path: Path) -> None:
    found = beside(tmp_path, TEAMED, TEAMED).claims(article(TEXT))
    assert [claim.start for claim in found] == sorted(claim.start for claim in found)
    assert len({claim.id for claim in found}) == len(found) == 2


def test_the_same_article_gives_the_same_claims_whatever_was_read_between() -> None:
    first = extractor().claims(article(PRONOUN))
    extractor().claims(article(TEXT))
    assert extractor().claims(article(PRONOUN)) == first


def test_recorded_replies_alone_read_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "example.json").write_text(json.dumps({"claims": [TEAMED]}), encoding="utf-8")
    only = load_extractor(load_register(), replies=[tmp_path], reader="recorded")
    assert only.readers == ()
    assert read(only) == {"id:tencent g60:cooperatesWith id:fosun-pharma": ("recorded", "model", "proposed")}
    with pytest.raises(ReplyError, match="no proposals are recorded for other"):
        only.claims(Article("other", TEXT))


def test_a_frame_of_ones_own_that_is_wrong_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("- id: x\n", encoding="utf-8")
    with pytest.raises(PatternError, match=r"own\.yaml"):
        load_extractor(load_register(), [tmp_path])
