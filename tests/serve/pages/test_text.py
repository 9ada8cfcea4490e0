"""The words of the pages: both languages say the same, and all that is said is used."""

import re
from pathlib import Path

import pytest

import g60kg.serve
from g60kg.serve.pages.language import language
from g60kg.serve.pages.text import LANGUAGES, text, texts
from g60kg.serve.values import Request

SERVE = Path(g60kg.serve.__file__).parent
SOURCES = [path.read_text("utf-8") for ending in ("*.py", "*.html") for path in SERVE.rglob(ending)]
WHOLE = re.compile(r"""\b(?:t\(|text\([\w"]+,)\s*["']([\w.-]+)["']\s*[,)]""")
BEGUN = re.compile(r"""\bt\(\s*f?["']([\w.-]+\.)(?:["']\s*[~+]|\{)""")
USED = {key for source in SOURCES for key in WHOLE.findall(source)}
BEGINNINGS = {key for source in SOURCES for key in BEGUN.findall(source)}


def test_every_language_has_the_same_keys() -> None:
    keys = {name: set(texts(name)) for name in LANGUAGES}
    assert keys["zh"] == keys["en"]


def test_every_language_fills_in_the_same_values() -> None:
    for key, words in texts("en").items():
        assert set(re.findall(r"\{(\w+)\}", words)) == set(re.findall(r"\{(\w+)\}", texts("zh")[key])), key


def test_every_key_used_exists() -> None:
    assert "nav.label" in USED
    assert set(texts("en")) >= USED
    for beginning in BEGINNINGS:
        assert any(key.startswith(beginning) for key in texts("en")), beginning


def test_every_key_is_used() -> None:
    known = {key.removesuffix(".one") for key in texts("en")}
    assert {key for key in known - USED if not key.startswith(tuple(BEGINNINGS))} == set()


def test_chinese_is_written_in_chinese() -> None:
    same = {key for key, words in texts("zh").items() if not re.search(r"[一-鿿]", words)}
    assert {texts("zh")[key] for key in same} <= {"English", "SPARQL", "{count}"}


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        text("en", "no.such.key")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,zh;q=0.9", "en"),
        ("fr,de;q=0.8", "en"),
        ("zh;q=0", "en"),
        ("zh;q=x, en;q=0.1", "en"),
        (";;;,,", "en"),
    ],
)
def test_the_language_is_that_which_the_browser_prefers(header: str, expected: str) -> None:
    assert language(Request("home", headers={"accept-language": header})) == expected


def test_the_address_chooses_before_the_browser() -> None:
    headers = {"accept-language": "zh"}
    assert language(Request("home", query=(("lang", "en"),), headers=headers)) == "en"
    assert language(Request("home", query=(("lang", "xx"),), headers=headers)) == "zh"
