"""How an article was read: what is shown is what is read."""

import json

import pytest

from g60kg.article import Article
from g60kg.extract import Explained, ExplainedSentence, claim_line, explain, extract
from tests.extract.packaged import article, corridor, development_texts, grammar

NOTE = "A machine translation of a Chinese text."


def explained(text: str, date: str | None = "2024-02-19", note: str | None = None) -> ExplainedSentence:
    """Return the last sentence of a text, explained."""
    return explain(article(text, date, note), grammar()).sentences[-1]


def marked(text: str, note: str | None = None) -> dict[str, tuple[str, str, str | None]]:
    return {mark.words: (mark.kind, mark.meaning, mark.reason) for mark in explained(text, note=note).marked}


@pytest.mark.parametrize("text", [corridor(), *development_texts()], ids=lambda text: text.id)
def test_it_shows_each_claim_and_no_other(text: Article) -> None:
    found = explain(text, grammar())
    reads = [read for sentence in found.sentences for read in sentence.read]
    shown = sorted((read.start, read.end, read.pattern, read.claim) for read in reads if read.kept)
    assert shown == sorted((c.start, c.end, c.pattern, claim_line(c)) for c in extract(text, grammar()))


@pytest.mark.parametrize("text", [corridor(), *development_texts()], ids=lambda text: text.id)
def test_all_words_stand_where_it_says(text: Article) -> None:
    for sentence in explain(text, grammar()).sentences:
        assert text.text[sentence.start : sentence.end] == sentence.text
        for mark in sentence.marked:
            assert text.text[mark.start : mark.end] == mark.words
            assert sentence.start <= mark.start < mark.end <= sentence.end
        for read in sentence.read:
            assert text.text[read.start : read.end] == read.quote


def test_a_known_name_a_figure_and_a_time() -> None:
    found = marked("Wuhu had nearly 840 companies last year, in July 2022 and in 2017.")
    assert found["Wuhu"] == ("known", "id:wuhu (City)", None)
    assert found["nearly 840"] == ("figure", "nearly 840 unit:NUM", None)
    assert found["last year"] == ("time", "2023", "last year of the article")
    assert found["July 2022"] == ("time", "2022-07", None)


def test_a_repair_gives_its_reason() -> None:
    kind, meaning, reason = marked("Matsue City has a park.", note=NOTE)["Matsue City"]
    assert (kind, meaning) == ("repaired", "id:songjiang (District)")
    assert reason is not None
    assert "松江" in reason


def test_a_candidate_and_a_bare_name() -> None:
    found = marked("The Quux Blorp Industrial Park met Zyx Vorn of Hefei.")
    assert found["Quux Blorp Industrial Park"][:2] == (
        "candidate",
        "id:quux-blorp-industrial-park (IndustrialPark)",
    )
    assert found["Zyx Vorn"][0] == "name"


def test_a_word_that_stands_for_a_name_gives_its_rule() -> None:
    found = marked("Songjiang District is large. The district covers 604 square kilometers.")
    assert found["The district"] == ("resolved", "id:songjiang (District)", "nearest District")


def test_a_pronoun_and_a_vague_amount() -> None:
    found = marked("It has tens of billions of yuan.")
    assert {words: kind for words, (kind, _, _) in found.items()} == {
        "It": "pronoun",
        "tens of billions of yuan": "vague",
    }


def test_what_a_claim_rests_on() -> None:
    text = "Matsue City is large. The district covers an area of 604 square kilometers."
    [read] = [read for read in explained(text, note=NOTE).read if "g60:area" in read.claim]
    assert read.quote.endswith("covers an area of 604 square kilometers")
    assert read.kept
    repair, *rules = read.rests_on
    assert repair.startswith("the repair of 'Matsue City': ")
    assert len(rules) == 2
    assert rules[0].startswith("the rule '")
    assert rules[1] == "the rule 'year of the article'"


@pytest.mark.parametrize(
    ("text", "is_informative"),
    [
        ("Officials were glad about 300 visitors from abroad.", True),
        ("Wuhu rejoices, and so does Hefei.", True),
        ("Wuhu rejoices, and Wuhu sings.", False),
        ("Wuhu rejoices.", False),
        ("It ranks second in joy.", False),
        ("Nothing at all.", False),
    ],
)
def test_what_looks_informative_and_gave_nothing(text: str, is_informative: bool) -> None:
    found = explained(text)
    assert found.read == ()
    assert (found.is_informative, found.is_silent) == (is_informative, is_informative)


def test_a_sentence_that_gave_a_claim_is_not_silent() -> None:
    found = explain(
        article("Wuhu covers 6,026 square kilometers. Wuhu rejoices, and so does Hefei."), grammar()
    )
    assert [sentence.is_silent for sentence in found.sentences] == [False, True]
    assert found.silent == found.sentences[1:]


def test_the_patterns_tried_are_those_whose_words_it_has() -> None:
    found = explained("Wuhu and Hefei cover their costs with 12 square kilometers of wood.")
    assert "area" in found.tried
    assert "subsidiary" not in found.tried


def test_json_holds_all_of_it() -> None:
    found = json.loads(json.dumps(explained("Wuhu rejoices, and so does Hefei.").to_json()))
    assert found["is_silent"] is True
    assert [mark["kind"] for mark in found["marked"]] == ["known", "known"]


@pytest.mark.parametrize("text", ["", "\n\n", "\0", "。", "<p></p>", "‏‏", "A" * 5000])
def test_strange_texts_are_explained(text: str) -> None:
    found: Explained = explain(article(text), grammar())
    assert found.silent == ()
