"""The words of the pages: both languages say the same, and all that is said is used."""

import re
from pathlib import Path

import pytest

import g60kg.serve
from g60kg.serve.pages.links import LANGUAGES, language, text, texts
from g60kg.serve.values import Request

SERVE = Path(g60kg.serve.__file__).parent
SOURCES = [path.read_text("utf-8") for ending in ("*.py", "*.html", "*.xml") for path in SERVE.rglob(ending)]
WHOLE = re.compile(r"""\b(?:t\(|text\([\w"]+,)\s*["']([\w.-]+)["']\s*[,)]""")
BEGUN = re.compile(r"""["']([\w-]+(?:\.[\w-]+)*\.)(?:["']\s*[~+]|\{)""")
QUOTED = re.compile(r"""["']([\w./:-]+)["']""")
USED = {key for source in SOURCES for key in WHOLE.findall(source)}
NAMED = {key for source in SOURCES for key in QUOTED.findall(source)}
BEGINNINGS = tuple({key for source in SOURCES for key in BEGUN.findall(source)})
FOREIGN = {"English", "IRI", "SPARQL", "g60kg", "km", "km²", "m²"}


def keys(language: str) -> set[str]:
    """Return the keys of a language, without its singulars: not every language has them."""
    known = texts(language)
    return {key for key in known if not (key.endswith(".one") and key.removesuffix(".one") in known)}


def test_every_language_has_the_same_keys() -> None:
    assert keys("zh") == keys("en")


def test_every_language_fills_in_the_same_values() -> None:
    for key in sorted(keys("en")):
        english, chinese = (set(re.findall(r"\{(\w+)\}", texts(name)[key])) for name in LANGUAGES)
        assert english == chinese, key


def test_every_key_used_exists() -> None:
    assert "nav.label" in USED
    assert keys("en") >= USED
    assert any(beginning == "nav." for beginning in BEGINNINGS)


def test_every_key_is_used() -> None:
    assert {key for key in keys("en") - NAMED if not key.startswith(BEGINNINGS)} == set()


def test_chinese_is_written_in_chinese() -> None:
    for key, words in texts("zh").items():
        letters = re.sub(r"\{\w+\}", "", words)
        is_chinese = re.search(r"[一-鿿]", letters) or not re.search(r"[A-Za-z]", letters)
        assert is_chinese or letters in FOREIGN, key
        assert not re.search(r"[一-鿿}][,;:?!]|[,;:?!](?=[一-鿿])", words), f"{key}: Western punctuation"


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
