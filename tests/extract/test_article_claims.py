"""The article's claims: all of them as lines, where they stand, and what must never be among them."""

from dataclasses import replace

from g60kg.extract import claim_line
from g60kg.model import Entity
from tests.extract.golden import PATH, golden_lines
from tests.extract.packaged import claims, corridor, corridor_claims, extractor, lexicon


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


def test_vague_amounts_are_no_figures() -> None:
    text = (
        "Songjiang has drawn many projects, each worth tens of billions of yuan, and hundreds of companies."
    )
    assert not [
        claim for claim in claims(text) if not isinstance(claim.object, Entity) and claim.object.is_figure
    ]


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
