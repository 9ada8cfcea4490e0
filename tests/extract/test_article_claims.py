"""The article's claims: all of them as lines, where they stand, and what must never be among them."""

import re
from dataclasses import replace

import pytest

from g60kg.extract import claim_line
from g60kg.model import Claim, Entity
from g60kg.terms import curie
from tests.extract.golden import FALSE, PATH, golden_lines
from tests.extract.packaged import claims, corridor, corridor_claims, extractor, lexicon

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
    read = lexicon().annotate(corridor())
    spans = [read.view.span(start, end) for start, end in read.sentences]
    for claim in corridor_claims():
        assert sum(start <= claim.start and claim.end <= end for start, end in spans) == 1, claim.quote


def test_every_antecedent_stands_before_what_stands_for_it() -> None:
    """It may stand behind only within the same sentence; what was computed has none and is at 0."""
    read = lexicon().annotate(corridor())
    ends = [read.view.span(start, end)[1] for start, end in read.sentences]
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
    assert candidates == {"id:haier-ziya-industrial-park"}


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


STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def test_straight_quotation_marks_give_the_same_claims_in_their_own_spelling() -> None:
    straight = replace(corridor(), text=corridor().text.translate(STRAIGHT))
    found = extractor().claims(straight)
    assert [claim_line(claim) for claim in found] == [
        claim_line(claim).translate(STRAIGHT) for claim in corridor_claims()
    ]
    assert all(straight.text[claim.start : claim.end] == claim.quote for claim in found)


def test_all_of_it_is_read_by_a_person_and_accepted() -> None:
    found = extractor().verified(corridor())
    assert found.rejections == ()
    assert len(found.claims) == 153
    assert {(claim.reader, claim.basis, claim.status) for claim in found.claims} == {
        ("recorded", "recorded", "accepted")
    }


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("shanghai-suzhou-huzhou-railway g60:year 2018", None),
        ("songjiang-hub g60:year 2018", None),
        ("countedKind=advanced manufacturing, science and technology, and industrial sectors are", None),
        (
            "more than 100000000000 unit:CCY_CNY industry=id:biomedicine reportedOn=2023-07-11",
            "g60:clusterValue more than 100000000000 unit:CCY_CNY industry=id:biomedicine modality=planned",
        ),
        (
            "launchedBy id:strategic-cooperation-agreement",
            "launchedBy id:strategic-cooperation-agreement-2018",
        ),
        (None, "id:huadao-biopharmaceutical g60:develops id:car-t"),
    ],
)
def test_what_was_once_read_wrong_is_right(wrong: str | None, right: str | None) -> None:
    said = [claim_line(claim) for claim in corridor_claims()]
    assert not [line for line in said if wrong and (f"{line} ".endswith(f"{wrong} ") or f"{wrong} " in line)]
    assert right is None or [line for line in said if right in line]


def test_the_declaration_has_nine_signatories_of_the_year_of_the_sentence_before() -> None:
    said = {claim_line(c) for c in corridor_claims() if curie(c.subject.iri) == "id:songjiang-declaration"}
    assert said == {f"id:songjiang-declaration g60:signatory id:{city} year=2018" for city in NINE}


@pytest.mark.parametrize("predicate", ["g60:develops", "g60:distinction"])
def test_what_is_said_of_japan_shows_its_repair(predicate: str) -> None:
    [claim] = [
        claim
        for claim in corridor_claims()
        if claim.predicate == predicate and claim.quote.endswith("the first biosimilar drug in Japan")
    ]
    assert [repair.surface for repair in claim.repairs] == ["in Japan"]
