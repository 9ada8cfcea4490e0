"""Headers: what they give, and how a malformed one is named."""

import re
from typing import Final

import pytest

from g60kg.errors import CatalogueError
from g60kg.query import Catalogue, Column, Parameter, StoredQuery, Text
from g60kg.query.header import parse_query

GOOD = """\
#+ title: Parks
#+ description: >-
#+   The parks of a region,
#+   with their names.
#+ question:
#+   en: Which parks are there?
#+   zh: 有哪些园区？
#+ group: regions
#+ parameters:
#+   region:
#+     description: The region.
#+     type: entity
#+     class: g60:Region
#+     required: true
#+     example: Songjiang
#+   language:
#+     description: Of the name.
#+     type: language
#+     default: en
#+     example: zh
#+ columns:
#+   park: The park.
#+ expect: none
SELECT ?park { ?park ?p ?o }
#+ a comment further down is no header
"""


def test_all_parts_are_read() -> None:
    query = parse_query("parks", GOOD, "parks.rq")
    assert query.title == "Parks"
    assert query.description == "The parks of a region, with their names."
    assert (query.question.en, query.question.zh) == ("Which parks are there?", "有哪些园区？")
    assert query.columns == (Column("park", Text("The park.")),)
    assert query.expects_none
    assert query.text == GOOD
    assert query.sparql == "SELECT ?park { ?park ?p ?o }\n#+ a comment further down is no header\n"
    assert query.example == {"region": "Songjiang", "language": "zh"}
    assert query.parameters == (
        Parameter("region", Text("The region."), "entity", "g60:Region", example="Songjiang", required=True),
        Parameter("language", Text("Of the name."), "language", default="en", example="zh"),
    )


def test_each_text_may_be_given_in_both_languages() -> None:
    both = (
        ("title: Parks", "title: {en: Parks, zh: 园区}"),
        ("description: Of the name.", "description: {zh: 名称的语言。, en: Of the name.}"),
        ("park: The park.", "park:\n#+     en: The park.\n#+     zh: 园区。"),
    )
    text = GOOD
    for old, new in both:
        text = text.replace(old, new)
    query, plain = parse_query("parks", text, "parks.rq"), parse_query("parks", GOOD, "parks.rq")
    for found in (query, plain):
        assert found.title == "Parks"
        assert found.parameters[1].description == "Of the name."
        assert found.columns[0].description == "The park."
    texts = (query.title, query.parameters[1].description, query.columns[0].description, query.description)
    assert [each.said_in("zh") for each in texts] == ["园区", "名称的语言。", "园区。", query.description]
    assert [each.language_in("zh") for each in texts] == ["zh", "zh", "zh", "en"]
    assert plain.title.zh == ""


WRONG = [
    ("#+ title: Parks\n", "", 1, "a header has no 'title'; add"),
    ("title: Parks", "titel: Parks", 1, "a header has no key 'titel'; known: title"),
    ("title: Parks", "title: Parks\n#+ title: More", 2, "the key 'title' is given twice"),
    ("title: Parks", "title:", 1, "'title' has no text; write it"),
    ("title: Parks", "title: [Parks]", 1, "'title' is a text"),
    ("title: Parks", "title: {en: Parks}", 1, "a text in two languages has no 'zh'"),
    ("park: The park.", "park: {zh: 园区。}", 22, "a text in two languages has no 'en'"),
    (
        "park: The park.",
        "park: {en: The park., zh: 园区。, fr: Parc.}",
        22,
        "a text in two languages has no key 'fr'; known: en, zh",
    ),
    ("park: The park.", "park: {en: The park., zh: ''}", 22, "'zh' has no text"),
    ("#+   zh: 有哪些园区？\n", "", 6, "a text in two languages has no 'zh'"),
    ("type: entity", "type: entitty", 12, "no type 'entitty'; write one of entity, string"),
    ("class: g60:Region", "class: foo:Region", 13, "'foo:Region' has no known prefix"),
    (
        "type: language",
        "type: language\n#+     class: g60:Region",
        19,
        "a parameter of type language has no class",
    ),
    ("required: true", "required: yes", 14, "no required 'yes'; write one of true, false"),
    ("required: true", "required: true\n#+     default: x", 15, "a required parameter has no default"),
    ("region:", "Région:", 11, "parameter 'Région' is no variable's name"),
    ("#+     example: Songjiang\n", "", 11, "a parameter has no 'example'"),
    (
        "group: regions",
        "group: regions\n#+ evidence: park in",
        9,
        "evidence 'park in' names no fact of a row",
    ),
    (
        "group: regions",
        "group: regions\n#+ evidence: park in region",
        9,
        "evidence 'park in region' names no",
    ),
    ("park: The park.", "quote: Q.\n#+ evidence: quote", 23, "a column 'quote' comes with the evidence"),
    ("group: regions", "group: regions\n#+ aliases: {old: {town: x}}", 9, "no parameter 'town'"),
    (
        "group: regions",
        "group: regions\n#+ maintainer: yes",
        9,
        "no maintainer 'yes'; write one of true",
    ),
    (
        "type: language",
        "type: language\n#+     below: g60:partOf",
        19,
        "a parameter of type language has no class",
    ),
    ("type: language", "type: language\n#+     role: best", 19, "no role 'best'; write one of top"),
    ("expect: none", "expect: some", 23, "no expect 'some'; write one of none"),
    ("group: regions", "group: {", 10, "not YAML: "),
    ("group: regions", "group: a\x07b", 8, "not YAML: control characters are not allowed"),
    ("question:", "question: which", 6, "not YAML: "),
    ("type: entity", "type: &a [*a]", 12, "it refers to another place"),
    ("group: regions", f"group: {'[' * 30_000}", 8, "it nests too deeply"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), WRONG)
def test_a_malformed_header_is_named_by_file_and_line(old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError) as caught:
        parse_query("parks", GOOD.replace(old, new, 1), "queries/parks.rq")
    assert str(caught.value).startswith(f"queries/parks.rq:{line}: {message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "SELECT * {}", "# title: x\nSELECT * {}", "#+\nSELECT * {}", "#+ a list"]
)
def test_a_text_without_header_is_named(text: str) -> None:
    with pytest.raises(CatalogueError, match=r"^x\.rq:1: "):
        parse_query("x", text, "x.rq")


_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def _sentences(query: StoredQuery) -> list[Text]:
    """Return the texts that are whole sentences."""
    parameters = [each.description for each in query.parameters]
    return [query.description, *parameters, *(each.description for each in query.columns)]


def test_shipped_headers_are_complete(catalogue: Catalogue) -> None:
    for query in catalogue:
        assert query.title.strip(".") == query.title, query.name
        assert query.question.en.endswith("?"), query.name
        assert query.question.zh.endswith("？"), query.name
        assert all(part.endswith(".") for part in _sentences(query)), query.name


def test_shipped_headers_stand_in_both_languages(catalogue: Catalogue) -> None:
    for query in catalogue:
        for text in (query.title, query.question, *_sentences(query)):
            assert _HAN.search(text.zh), (query.name, text)
            assert not _HAN.search(text), (query.name, text)
        assert all(text.zh.endswith("。") for text in _sentences(query)), query.name
        assert not query.title.zh.endswith("。"), query.name


def test_shipped_texts_are_said_alike(catalogue: Catalogue) -> None:
    said: dict[str, str] = {}
    for query in catalogue:
        for text in _sentences(query):
            assert said.setdefault(text, text.zh) == text.zh, (query.name, text)
