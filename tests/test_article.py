"""Articles from files: what is known of them, and what is no article."""

import hashlib
from pathlib import Path

import pytest

from g60kg.article import LARGEST, Article
from g60kg.errors import ArticleError
from g60kg.resources import resource

CORRIDOR = resource("data", "articles", "2023-07-11-g60-corridor.txt")


def _write(folder: Path, data: bytes, metadata: str | None = None) -> Path:
    path = folder / "Some News.txt"
    path.write_bytes(data)
    if metadata is not None:
        path.with_suffix(".yaml").write_text(metadata, encoding="utf-8")
    return path


def _refused(path: Path) -> str:
    with pytest.raises(ArticleError) as caught:
        Article.from_file(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_text_is_kept_as_found() -> None:
    article = Article.from_file(CORRIDOR)
    assert article.text.encode() == CORRIDOR.read_bytes()
    assert article.id == "2023-07-11-g60-corridor"
    assert article.date == "2023-07-11"
    assert article.note is not None
    assert "machine translation" in article.note


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "\ufeffa", "a\0b" + " words" * 40, "a\u2028b", "a\n\n\n"])
def test_no_character_is_changed(tmp_path: Path, text: str) -> None:
    assert Article.from_file(_write(tmp_path, text.encode())).text == text


def test_without_metadata(tmp_path: Path) -> None:
    article = Article.from_file(_write(tmp_path, b"Haier came."))
    assert article == Article("some-news", "Haier came.")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("A plant\n\nNEW YORK, Sept. 4, 2024 (Wire) -- Haier came.", "2024-09-04"),
        ("ODENSE, Denmark, 12 September 2024 - The zone grew.", "2024-09-12"),
        ("A plant\nPublished: Monday, August 5, 2024\nHaier came.", "2024-08-05"),
        ("海尔入驻\n2024年8月4日\n海尔来了。", "2024-08-04"),
        ("HEFEI, March 14 - Haier came.", None),  # of which year
        ("HEFEI, Feb. 30, 2024 - Haier came.", None),
        ("On May 12, 2024, Haier came.", None),  # what happened then
        ("Hefei, founded May 3, 2020 - a date of something else", None),
        ("a\n" * 6 + "14 August 2024\nHaier came.", None),  # not at the head
    ],
)
def test_the_date_stands_at_the_head_of_a_text(tmp_path: Path, text: str, date: str | None) -> None:
    path = _write(tmp_path, text.encode())
    assert Article.from_file(path).date == date
    assert Article.from_file(path, date="2020-01-02").date == "2020-01-02"


def test_what_is_given_stands_above_what_lies_beside(tmp_path: Path) -> None:
    path = _write(tmp_path, b"Haier came.", "title: Old\ndate: 2020-01-02\nnote:\nurl: https://a.example/\n")
    article = Article.from_file(path, title="New")
    assert (article.title, article.date, article.url, article.note) == (
        "New",
        "2020-01-02",
        "https://a.example/",
        None,
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the text is empty"),
        (b" \n\t ", "the text is empty"),
        (b"fine\nbroken \xff", ":2: not UTF-8"),
        ("Haier".encode("utf-16"), "not UTF-8"),
        (bytes(range(32)) * 40, "binary data"),
        (b"x" * (LARGEST + 1), "larger than 10,000,000 bytes"),
    ],
)
def test_no_article(tmp_path: Path, data: bytes, message: str) -> None:
    path = _write(tmp_path, data)
    assert _refused(path).startswith(str(path))
    assert message in _refused(path)


def test_no_file(tmp_path: Path) -> None:
    assert "No such file" in _refused(tmp_path / "missing.txt")
    assert "Is a directory" in _refused(tmp_path)


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ("- a list\n", "metadata is a mapping"),
        ("author: me\n", ":1: metadata has no key 'author'; known: date, language, note, title, url"),
        ("title: [a\n", "not YAML"),
        ("title: 'a\n", "not YAML"),
        ("title: a: b\n", ":1: not YAML"),
        ("date: soon\n", "'soon' is no date"),
        ("date: 2023-02-30\n", "'2023-02-30' is no date"),
        ("title: {a: {b: c}}\n", ":1: 'title' is a text; write 'key: text'"),
        ("a: 1\nnote: " + "[" * 100_000, ":2: it nests too deeply"),
        ("{" * 100_000, ":1: it nests too deeply"),
        ("a: 1\n" + "- " * 100_000, ":2: "),
    ],
)
def test_metadata_that_is_none(tmp_path: Path, metadata: str, message: str) -> None:
    assert message in _refused(_write(tmp_path, b"Haier came.", metadata))


def test_metadata_that_is_not_utf_8(tmp_path: Path) -> None:
    path = _write(tmp_path, b"Haier came.")
    path.with_suffix(".yaml").write_bytes(b"title: \xff\n")
    assert "not UTF-8; save the file as UTF-8" in _refused(path)


def test_a_date_that_is_given_is_checked(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="is no date"):
        Article.from_file(_write(tmp_path, b"Haier came."), date="2023/07/11")


@pytest.mark.parametrize(
    "url",
    [
        "not a url",
        "shine.cn/feature",
        "javascript:alert(1)",
        "ftp://a.example/b",
        "https://a.example/a b",
        "",
    ],
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(ArticleError, match="is no address; write it as https"):
        Article("a", "text", url=url)


@pytest.mark.parametrize("language", ["", "English language", "en_GB"])
def test_a_language_that_is_none(language: str) -> None:
    with pytest.raises(ArticleError, match="is no language; write it as en or zh-CN"):
        Article("a", "text", language=language)


def test_the_hash_is_that_of_the_file() -> None:
    article = Article.from_file(CORRIDOR)
    assert article.sha256 == hashlib.sha256(CORRIDOR.read_bytes()).hexdigest()
