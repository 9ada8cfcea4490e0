"""Rules by which words were understood read as words, in both languages; unknown ones stand as they are."""

import re
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal

from g60kg.serve.pages.page import Page
from g60kg.serve.pages.resolutions import Resolved
from g60kg.serve.site import Site
from g60kg.serve.values import Request
from g60kg.terms import G60

RULES = [
    (
        "it: nearest District|City",
        "the district or city named nearest before",
        "前文最近提到的区或市",
    ),
    ("x: y: year of the article", "the year of the article", "文章的年份"),
    ("last year: last year of the article", "counted from the date of the article", "以文章日期推算"),
    ("only Corridor of the sentence", "the only corridor of the sentence", "句中唯一的走廊"),
    (
        "subject of the clause, nearest Project|Facility",
        "the subject of the clause; the project or facility named nearest before",
        "分句的主语；前文最近提到的项目或设施",
    ),
]


def understood(site: Site, said: str, language: str) -> Resolved:
    return Page(site, Request("home", query=(("lang", language),))).resolution(said)


@pytest.mark.parametrize(("said", "english", "chinese"), RULES)
def test_a_rule_reads_in_both_languages(site: Site, said: str, english: str, chinese: str) -> None:
    surface = said.rpartition(": ")[0]
    assert understood(site, said, "en") == Resolved(surface, english, True)
    assert understood(site, said, "zh") == Resolved(surface, chinese, True)


def test_a_rule_that_no_text_says_stands_as_it_is(site: Site) -> None:
    assert understood(site, "it: by a rule unheard of", "zh") == Resolved("it", "by a rule unheard of", False)
    assert understood(site, "nearest Nonesuch", "zh").rule == "前文最近提到的Nonesuch"


def _literals(site: Site) -> Iterator[Literal]:
    for quad in site.kg.store.match(None, G60.resolution):
        assert isinstance(quad.object, Literal)
        yield quad.object


def test_every_rule_of_the_packaged_graph_reads_in_chinese(site: Site) -> None:
    said = {literal.value for literal in _literals(site)}
    assert len(said) > 10
    for each in said:
        found = understood(site, each, "zh")
        assert found.translated, each
        assert not re.search("[A-Za-z]", found.rule), each
