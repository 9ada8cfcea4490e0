"""How an article was read: what is shown is what is read."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from g60kg.article import Article
from g60kg.extract import (
    Explained,
    ExplainedSentence,
    Extractor,
    claim_line,
    explain,
    mark,
    refused_of,
)
from g60kg.extract.reply import RecordedReader
from tests.extract.packaged import article, corridor, development_texts, extractor, lexicon

NOTE = "A machine translation of a Chinese text."


def explained(text: str, date: str | None = "2024-02-19", note: str | None = None) -> ExplainedSentence:
    """Return the last sentence of a text, explained."""
    return explain(article(text, date, note), extractor()).sentences[-1]


def marked(text: str, note: str | None = None) -> dict[str, tuple[str, str, str | None]]:
    return {mark.words: (mark.kind, mark.meaning, mark.reason) for mark in explained(text, note=note).marked}


TEXTS = [corridor(), *development_texts()]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_it_shows_each_claim_and_no_other(text: Article) -> None:
    reads = [read for sentence in explain(text, extractor()).sentences for read in sentence.read]
    shown = sorted((read.start, read.end, read.pattern, read.claim, read.status) for read in reads)
    claims = extractor().claims(text)
    assert shown == sorted((c.start, c.end, c.pattern, claim_line(c), c.status) for c in claims)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_all_words_stand_where_it_says(text: Article) -> None:
    for sentence in explain(text, extractor()).sentences:
        assert text.text[sentence.start : sentence.end] == sentence.text
        for marked in sentence.marked:
            assert text.text[marked.start : marked.end] == marked.words
            assert sentence.start <= marked.start < marked.end <= sentence.end
        for read in sentence.read:
            assert text.text[read.start : read.end] == read.quote
            assert sentence.start <= read.start < read.end <= sentence.end


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


def test_a_short_form_of_a_name_gives_its_rule() -> None:
    text = "Blue Lake Robotics Association (BLRA) is in Hefei. BLRA has 30 members."
    said = "id:blue-lake-robotics-association (Organization)"
    assert marked(text)["BLRA"] == ("resolved", said, "other name of a thing")


def test_a_vague_amount_is_no_figure() -> None:
    assert {words: kind for words, (kind, _, _) in marked("It has tens of billions of yuan.").items()} == {
        "tens of billions of yuan": "vague"
    }


def test_what_a_claim_rests_on() -> None:
    text = "Matsue City is large. The district covers an area of 604 square kilometers."
    [read] = [read for read in explained(text, note=NOTE).read if "g60:area" in read.claim]
    assert read.quote.endswith("covers an area of 604 square kilometers")
    assert (read.reader, read.basis, read.status) == ("parser", "definite", "accepted")
    repair, rule = read.rests_on
    assert repair.startswith("the repair of 'Matsue City': ")
    assert rule == "the rule 'definite' for 'district'"


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
        article("Wuhu covers 6,026 square kilometers. Wuhu rejoices, and so does Hefei."), extractor()
    )
    assert [sentence.is_silent for sentence in found.sentences] == [False, True]
    assert found.silent == found.sentences[1:]


FALSE = {
    "quote": "Wuhu covers 6,026 square kilometers.",
    "subject": {"name": "Hefei", "mention": "Wuhu", "class": "City"},
    "predicate": "area",
    "object": {
        "figure": "6,026 square kilometers",
        "value": 6026,
        "unit": "km2",
        "comparator": "exact",
        "of": "",
    },
}
TEXT = "Hefei is large. Wuhu covers 6,026 square kilometers."


def reading(folder: Path, *claims: dict[str, Any]) -> Extractor:
    """The packaged extractor, beside proposals that another tool has recorded for the article `example`."""
    (folder / "example.json").write_text(json.dumps({"claims": claims}), encoding="utf-8")
    return replace(extractor(), recorded=RecordedReader((folder,)))


def test_what_was_refused_is_shown_with_the_check_in_its_sentence(tmp_path: Path) -> None:
    found = explain(article(TEXT), reading(tmp_path, FALSE)).sentences
    assert [refused.proposed for sentence in found for refused in sentence.refused] == [
        "Hefei g60:area 6026 unit:KiloM2"
    ]
    [refused] = [each for sentence in found for each in sentence.refused]
    assert refused.check == "near-name"
    assert "Wuhu" in refused.reason
    assert refused.quote == FALSE["quote"]
    assert [read.claim for read in found[1].read] == ["id:wuhu g60:area 6026 unit:KiloM2"]


def test_what_was_refused_is_told_of_a_whole_article(tmp_path: Path) -> None:
    far = FALSE | {"quote": "Ningbo covers 9 square kilometers."}
    refused = [
        *refused_of(reading(tmp_path, FALSE, far).verified(article(TEXT)).rejections),
    ]
    assert [each.quote for each in refused] == [FALSE["quote"], far["quote"]]


def test_json_holds_all_of_it() -> None:
    found = json.loads(json.dumps(explained("Wuhu rejoices, and so does Hefei.").to_json()))
    assert found["is_silent"] is True
    assert [mark["kind"] for mark in found["marked"]] == ["known", "known"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\0", "。", "<p></p>", "\u200f\u200f", "A" * 5000, "\x1b[2J\x07"]
)
def test_strange_texts_are_explained(text: str) -> None:
    found: Explained = explain(article(text), extractor())
    assert found.silent == ()


def test_marking_alone_parses_nothing() -> None:
    """The marks are those of the explanation; no claim is looked for."""
    text = article("Wuhu covers 6,026 square kilometers.")
    [found] = mark(text, lexicon())
    [sentence] = explain(text, extractor()).sentences
    assert found.marked == sentence.marked
    assert [each.words for each in found.marked] == ["Wuhu", "6,026 square kilometers"]
