"""Proposals are read from files beside an article."""

import json
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.errors import ReplyError
from g60kg.extract.reply import LARGEST, RecordedReader
from tests.extract.test_reply import CLAIM

ARTICLE = Article("news", "Haier is in Wuhu.")


def test_a_file_of_the_articles_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text(json.dumps({"by": "person", "claims": [CLAIM]}), encoding="utf-8")
    (proposal,) = RecordedReader((tmp_path,)).propose(ARTICLE)
    assert (proposal.reader, proposal.basis, proposal.quote) == ("recorded", "recorded", CLAIM["quote"])


def test_a_bad_claim_is_an_error_that_names_file_and_claim(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text(json.dumps({"claims": [CLAIM, {}]}), encoding="utf-8")
    with pytest.raises(ReplyError, match=r"news\.json: claim 2: 'claim' lacks 'quote'"):
        RecordedReader((tmp_path,)).propose(ARTICLE)


def test_all_folders_are_read_in_their_order(tmp_path: Path) -> None:
    for name, by in (("a", "person"), ("b", "tool"), ("empty", None)):
        (tmp_path / name).mkdir()
        if by:
            reply = {"by": by, "claims": [CLAIM]}
            (tmp_path / name / "news.json").write_text(json.dumps(reply), encoding="utf-8")
    reader = RecordedReader(tuple(tmp_path / name for name in ("a", "empty", "absent", "b")))
    assert [proposal.basis for proposal in reader.propose(ARTICLE)] == ["recorded", "model"]
    assert reader.paths(ARTICLE) == (tmp_path / "a" / "news.json", tmp_path / "b" / "news.json")


def test_an_article_without_a_file_has_no_proposals_unless_they_are_needed(tmp_path: Path) -> None:
    assert RecordedReader((tmp_path,)).propose(ARTICLE) == ()
    assert not RecordedReader((tmp_path,)).is_complete(ARTICLE)
    with pytest.raises(ReplyError, match=r"no proposals are recorded for news; record .* --replies"):
        RecordedReader((tmp_path,), needed=True).propose(ARTICLE)


@pytest.mark.parametrize(
    ("reply", "complete"),
    [
        ({"by": "person", "complete": "yes"}, True),
        ({"by": "person"}, False),
        ({"by": "tool", "complete": "yes"}, False),
    ],
)
def test_a_person_alone_says_that_a_file_is_complete(
    tmp_path: Path, reply: dict[str, str], complete: bool
) -> None:
    (tmp_path / "news.json").write_text(json.dumps(reply | {"claims": []}), encoding="utf-8")
    assert RecordedReader((tmp_path,)).is_complete(ARTICLE) is complete


def test_a_file_that_is_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "news.json").mkdir()
    with pytest.raises(ReplyError, match=r"news\.json:.*cannot be read"):
        RecordedReader((tmp_path,)).propose(ARTICLE)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\xff\xfe", "not UTF-8"), (b"{", "not JSON"), (b"[1]", "no object"), (b"", "not JSON")],
)
def test_a_file_that_cannot_be_used_is_an_error(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "news.json").write_bytes(data)
    with pytest.raises(ReplyError, match=rf"news\.json:.*{said}"):
        RecordedReader((tmp_path,)).propose(ARTICLE)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "news.json").open("wb") as file:
        file.truncate(4 * LARGEST + 1)
    with pytest.raises(ReplyError, match="longer than"):
        RecordedReader((tmp_path,)).propose(ARTICLE)
