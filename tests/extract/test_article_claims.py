"""The article's claims: all of them as lines, where they stand, and what must never be among them."""

import re

import pytest

from g60kg.extract import claim_line
from g60kg.model import Claim, Entity
from g60kg.terms import curie
from tests.extract.golden import FALSE, PATH, golden_lines
from tests.extract.packaged import claims, corridor, corridor_claims, grammar

NINE = {"songjiang", "jiaxing", "hangzhou", "jinhua", "suzhou", "huzhou", "xuancheng", "wuhu", "hefei"}


def _entities(claim: Claim) -> list[Entity]:
    return [
        part
        for part in (claim.subject, claim.object, *dict(claim.qualifiers).values())
        if isinstance(part, Entity)
    ]


def _ids() -> set[str]:
    return {curie(entity.iri) for claim in corridor_claims() for entity in _entities(claim)}


def test_all_claims() -> None:
    """Any change shows here; `python -m tests.extract.golden` writes the file anew."""
    assert golden_lines() == PATH.read_text(encoding="utf-8").splitlines()


def test_every_quote_stands_where_it_is_said_to() -> None:
    text = corridor().text
    assert all(text[claim.start : claim.end] == claim.quote != "" for claim in corridor_claims())


def test_every_quote_is_within_one_sentence() -> None:
    reading = grammar().read(corridor())
    spans = [reading.view.span(sentence.start, sentence.end) for sentence in reading.sentences]
    for claim in corridor_claims():
        assert sum(start <= claim.start and claim.end <= end for start, end in spans) == 1, claim.quote


def test_every_antecedent_stands_before_what_stands_for_it() -> None:
    """It may stand behind only within the same sentence; what was computed has none and is at 0."""
    reading = grammar().read(corridor())
    ends = [reading.view.span(sentence.start, sentence.end)[1] for sentence in reading.sentences]
    for claim in corridor_claims():
        end = next(end for end in ends if end >= claim.end)
        for resolution in claim.resolved:
            assert 0 <= resolution.start <= resolution.end <= end
            assert resolution.rule


def test_ids_are_unique_and_claims_in_order() -> None:
    ids = [claim.id for claim in corridor_claims()]
    assert len(ids) == len(set(ids))
    starts = [(claim.start, claim.end) for claim in corridor_claims()]
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", ["Cai Bin", "Jiang Huihui"])
def test_photographers_are_no_entities(name: str) -> None:
    assert name in corridor().text
    assert not any(
        name in entity.surface or name in entity.label for c in corridor_claims() for entity in _entities(c)
    )
    assert not any(name in claim.quote for claim in corridor_claims())


@pytest.mark.parametrize("id", ["id:japan", "id:tokyo", "id:matsue", "id:matsue-city"])
def test_nothing_lies_in_japan(id: str) -> None:
    assert id not in _ids()


@pytest.mark.parametrize(
    "caption",
    [
        "Breathtaking views along the G60 Science, Technology and Innovation Corridor.",
        "Scientific achievements are on display in the exhibition halls of the G60 Science,",
        "Practices in the region continue to deepen and become national strategies, national plans",
    ],
)
def test_captions_and_phrases_state_nothing(caption: str) -> None:
    assert caption in corridor().text
    assert not [claim for claim in corridor_claims() if claim.quote in caption or caption in claim.quote]


def test_a_caption_that_states_something_is_read() -> None:
    said = {claim_line(claim) for claim in corridor_claims() if "washing machine" in claim.quote}
    assert said == {
        "id:haier g60:operates id:haier-smart-washing-machine-factory",
        "id:haier-smart-washing-machine-factory g60:locatedIn id:songjiang",
    }


@pytest.mark.parametrize("subject", ["id:g60-corridor-phase-3", "id:g60-corridor"])
def test_all_member_cities_are_of_the_nine(subject: str) -> None:
    members = {
        curie(c.object.iri)
        for c in corridor_claims()
        if isinstance(c.object, Entity)
        and c.predicate == "g60:memberCity"
        and curie(c.subject.iri) == subject
    }
    assert members <= {f"id:{city}" for city in NINE}
    if subject.endswith("3"):
        assert len(members) == 9


def test_candidates_are_those_names_that_the_register_lacks() -> None:
    candidates = {
        curie(entity.iri) for claim in corridor_claims() for entity in _entities(claim) if entity.candidate
    }
    assert candidates == {"id:haier-ziya-industrial-park", "id:strategic-cooperation-agreement"}


@pytest.mark.parametrize("line", FALSE)
def test_nothing_false_is_claimed(line: str) -> None:
    assert line not in {claim_line(claim) for claim in corridor_claims()}


def test_vague_amounts_are_no_figures() -> None:
    text = (
        "Songjiang has drawn many projects, each worth tens of billions of yuan, and hundreds of companies."
    )
    assert not [
        claim for claim in claims(text) if not isinstance(claim.object, Entity) and claim.object.is_figure
    ]


def test_figures_of_the_article_are_all_claimed() -> None:
    """Every number with a unit or a noun of the article is the object of a claim, save those of phrases."""
    values = {claim.object.value for claim in corridor_claims() if not isinstance(claim.object, Entity)}
    assert {
        *(
            "2016",
            "2021",
            "2025",
            "8",
            "40",
            "3",
            "6",
            "95",
            "121",
            "3000",
            "100000000000",
            "13800000000",
            "45000000000",
        ),
        *("840", "180", "9", "1", "2018", "2023-06", "76200", "57920000"),
    } <= values
    assert not re.search(r"\bNone\b", " ".join(values))
