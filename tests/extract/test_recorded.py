"""Proposals are read from files beside an article."""

import json
from pathlib import Path

import pytest

from g60kg.errors import ReplyError
from g60kg.extract.recorded import RecordedReader
from g60kg.extract.reply import LARGEST
from g60kg.model import Article
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


@pytest.mark.parametrize(
    ("data", "said"), [(None, "cannot be read"), (b"\xff\xfe", "not UTF-8"), (b"{", "not JSON")]
)
def test_a_file_that_cannot_be_used_is_an_error(tmp_path: Path, data: bytes | None, said: str) -> None:
    if data is not None:
        (tmp_path / "news.json").write_bytes(data)
    with pytest.raises(ReplyError, match=rf"news\.json:.*{said}"):
        RecordedReader((tmp_path,)).propose(ARTICLE)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "news.json").open("wb") as file:
        file.truncate(4 * LARGEST + 1)
    with pytest.raises(ReplyError, match="larger than"):
        RecordedReader((tmp_path,)).propose(ARTICLE)
