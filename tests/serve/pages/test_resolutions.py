"""Rules by which words were understood read as words, in both languages; unknown ones stand as they are."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal

import g60kg
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.saying import Resolved, resolved
from g60kg.serve.site import Site
from g60kg.serve.values import Request
from g60kg.terms import G60

RULES = [
    ("it: pronoun", "a pronoun, for what was named before", "代词，指前文提到的事物"),
    ("x: y: year of the article", "the year of the article", "文章的年份"),
    ("last year: last year of the article", "counted from the date of the article", "以文章日期推算"),
    ("latest such month before the article", "the latest one before the article", "文章日期之前最近的一个"),
    (
        "the zone: definite, time carried over",
        "the weightiest thing of that class before; the time given before goes on",
        "前文同类中最主要的事物；沿用前文的时间",
    ),
]


def understood(site: Site, said: str, language: str) -> Resolved:
    return resolved(said, language, Page(site, Request("home", query=(("lang", language),))).label)


@pytest.mark.parametrize(("said", "english", "chinese"), RULES)
def test_a_rule_reads_in_both_languages(site: Site, said: str, english: str, chinese: str) -> None:
    surface = said.rpartition(": ")[0]
    assert understood(site, said, "en") == Resolved(surface, english, True)
    assert understood(site, said, "zh") == Resolved(surface, chinese, True)


def test_a_rule_that_no_text_says_stands_as_it_is(site: Site) -> None:
    assert understood(site, "it: by a rule unheard of", "zh") == Resolved("it", "by a rule unheard of", False)
    assert understood(site, "nearest Nonesuch", "zh") == Resolved("", "nearest Nonesuch", False)


def _literals(site: Site) -> Iterator[Literal]:
    for quad in site.kg.store.match(None, G60.resolution):
        assert isinstance(quad.object, Literal)
        yield quad.object


def test_every_rule_of_coreference_reads_in_both_languages(site: Site) -> None:
    """The rules are the bases that a mention can be carried by, and those of the verifier and of names."""
    carried = {"pronoun", "salient", "definite"}
    code = "".join(
        path.read_text("utf-8")
        for room in ("extract", "text")
        for path in sorted((Path(g60kg.__file__).parent / room).rglob("*.py"))
    )
    for rule in carried | {"carried over", "another name", "other name of a thing", "time carried over"}:
        assert f'"{rule}"' in code
        assert understood(site, f"it: {rule}", "zh").translated


def test_every_rule_of_the_packaged_graph_reads_in_chinese(site: Site) -> None:
    said = {literal.value for literal in _literals(site)}
    assert len(said) > 10
    for each in said:
        found = understood(site, each, "zh")
        assert found.translated, each
        assert not re.search("[A-Za-z]", found.rule), each
