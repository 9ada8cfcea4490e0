"""Web pages as articles: their text, title and date, their encodings, and pages that are of no use."""

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.errors import ArticleError
from g60kg.webpage import is_page, read_page
from tests.running import runner

HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sensor maker opens plant - Delta Daily</title>
<meta property="og:title" content="Sensor maker opens plant">
<meta property="article:published_time" content="2024-03-05T09:30:00+08:00">
<script>var tracker = "Suzhou";</script></head>"""
PAGE = f"""{HEAD}
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/wuhu">Wuhu</a></li></ul></nav>
<main><article><h1>Sensor maker opens plant</h1>
<p>Hefei covers an area of 11,445 square kilometers, and it counts 214 makers of sensors &amp; lasers.</p>
<p>The city of Jiaxing, in Zhejiang Province, covers an area of 4,237 square kilometers.</p>
</article></main>
<aside><a href="/a">Read more: Nanjing opens a bridge</a></aside>
<footer>All rights reserved</footer></body></html>"""
SENTENCE = "合肥市面积一万一千平方公里，拥有传感器企业二百一十四家。"
CHINESE = f"<html><head>{{meta}}</head><body><article><p>{SENTENCE}</p></article></body></html>"


def page_of(html: str, encoding: str = "utf-8") -> tuple[str, str | None, str | None]:
    page = read_page(html.encode(encoding), "page.html")
    return page.text, page.title, page.date


def test_a_page_gives_its_article_with_title_and_date() -> None:
    text, title, date = page_of(PAGE)
    assert "it counts 214 makers of sensors & lasers." in text
    assert (title, date) == ("Sensor maker opens plant", "2024-03-05")
    for furniture in ("Home", "Suzhou", "rights reserved", "Nanjing", "<"):
        assert furniture not in text
    assert page_of(PAGE) == (text, title, date)


def test_what_is_given_and_what_stands_beside_win(tmp_path: Path) -> None:
    path = tmp_path / "plant.html"
    path.write_text(PAGE, encoding="utf-8")
    read = Article.from_file(path)
    assert (read.id, read.title, read.date) == ("plant", "Sensor maker opens plant", "2024-03-05")
    (tmp_path / "plant.yaml").write_text("date: 2024-03-06\ntitle: From beside\n", encoding="utf-8")
    given = Article.from_file(path, title="Given")
    assert (given.title, given.date) == ("Given", "2024-03-06")


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta name="pubdate" content="2023-01-02">', "2023-01-02"),
        (
            '<script type="application/ld+json">{"datePublished": "2022-11-07T10:00:00Z"}</script>',
            "2022-11-07",
        ),
        (
            '<script type="application/ld+json">'
            '[{"datePublished":"2022-11-07"},{"datePublished":"2021-01-01"}]</script>',
            None,
        ),
        ('<meta name="pubdate" content="last Tuesday">', None),
        ('<meta name="keywords" content="2023-01-02">', None),
    ],
)
def test_a_date_is_taken_where_it_is_plain(head: str, date: str | None) -> None:
    body = (
        "<body><h1>One title</h1><article><p>Wuhu lies in Anhui. Copyright 2019-05-05.</p></article></body>"
    )
    assert page_of(f"<html><head><title>T | Site</title>{head}</head>{body}</html>")[1:] == (
        "One title",
        date,
    )


def test_the_one_marked_time_is_the_date() -> None:
    one = '<p><time datetime="2023-07-11">July 11</time> Wuhu lies in Anhui Province.</p>'
    two = one + '<p><time datetime="2020-07-11">before</time></p>'
    assert page_of(f"<html><body>{one}</body></html>")[2] == "2023-07-11"
    assert page_of(f"<html><body>{two}</body></html>")[2] is None


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="gb2312">', "gbk"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-8"),
        ("<meta charset=utf-8>", "utf-16"),
        ('<meta charset="iso-8859-1">', "utf-8-sig"),
        ('<meta charset="iso-8859-1">', "utf-8"),
    ],
)
def test_a_page_is_read_in_its_encoding(meta: str, encoding: str) -> None:
    html = CHINESE.format(meta=meta)
    assert is_page(html.encode(encoding))
    assert page_of(html, encoding)[0] == SENTENCE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            CHINESE.format(meta="").encode("gbk"),
            "p.html:1: not UTF-8; save the page as UTF-8, or say its charset",
        ),
        (CHINESE.format(meta="<meta charset=euc-jp>").encode("gbk"), "p.html:1: not EUC-JP; save the page"),
        (CHINESE.format(meta="<meta charset=rot13>").encode("gbk"), "p.html: unknown charset 'rot13'; save"),
        (b"", "p.html: no article is found in the page; save its text in a .txt file"),
        (b" \n", "p.html: no article is found in the page"),
        (b"<html><body><div id=root></div><script>start()</script></body></html>", "no article is found"),
        (b"<!-- -->", "no article is found"),
        (b"<html><body>" + b"<div>" * 30_000 + b"deep" + b"</div>" * 30_000, "no article is found"),
        (b"<html><body>" + b"<i>a</i> " * 60_000, "a page of more than 50,000 elements; save"),
        (b"<html>" + b"x" * 10_000_001, "larger than 10,000,000 bytes; split it"),
    ],
)
def test_a_page_of_no_use_is_one_error(data: bytes, message: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ArticleError) as raised:
        Article.from_page(data, "p", "p.html")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not caplog.records


@pytest.mark.parametrize(
    "unit", ["<p>Wuhu covers 6,026 square kilometers, reports {}.</p>\n", "word {} ", "<", "<!-- {} -->"]
)
def test_a_large_page_takes_seconds(unit: str) -> None:
    body = "".join(unit.format(number) for number in range(600_000 // len(unit)))
    start = time.monotonic()
    with suppress(ArticleError):
        Article.from_page(f"<html><body><article>{body}".encode(), "p", "p.html")
    assert time.monotonic() - start < 10


def test_a_page_of_whatever_bytes_is_read_or_refused() -> None:
    for seed in range(60):
        data = PAGE.encode()[: seed * 15] + bytes((seed * number) % 256 for number in range(300))
        with suppress(ArticleError):
            assert Article.from_page(data, "p", "p.html").text.strip()


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ArticleError, match=r"p\.html: .*not installed; run pip install 'g60kg\[html\]'"):
        Article.from_page(PAGE.encode(), "p", "p.html")


def test_texts_are_read_without_the_extractor(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("Wuhu lies in Anhui.")
    code = f"import sys; from g60kg import Article; Article.from_file({str(path)!r}); print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "g60kg.webpage" in loaded
    assert not {"lxml", "trafilatura"} & set(loaded)


def test_extract_reads_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plant.HTM"
    path.write_text(PAGE, encoding="utf-8")
    told = runner(capsys)("extract", "--format", "jsonl", path)
    claims = [json.loads(line) for line in told.out.splitlines()]
    text = read_page(path.read_bytes(), path).text
    assert {"11445", "4237"} <= {claim["object"].get("value") for claim in claims}
    assert all(text[claim["start"] : claim["end"]] == claim["quote"] for claim in claims)
    command = [sys.executable, "-m", "g60kg", "extract", "--format", "jsonl", "-"]  # by standard input
    done = subprocess.run(command, input=path.read_bytes(), capture_output=True, check=True, timeout=120)
    piped = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["quote"] for each in piped] == [claim["quote"] for claim in claims]
    assert done.stderr.decode() == told.err == ""
