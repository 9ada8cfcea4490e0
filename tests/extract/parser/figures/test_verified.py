"""What the verifier makes of figures: falls are negative only where the sentence says so."""

from dataclasses import replace

from g60kg.article import Article
from g60kg.extract.proposals import Proposal, Stated, Verified
from g60kg.extract.verify.bases import load_bases
from g60kg.extract.verify.verify import Verifier
from g60kg.model import Value
from tests.extract.parser.figures.stated import proposals
from tests.extract.parser.readings import lexicon


def _verified(text: str, said: list[Proposal]) -> Verified:
    verifier = Verifier(lexicon(), load_bases())
    return verifier.verify(Article("example", text, date="2024-02-19"), said)


def _negated(proposal: Proposal) -> Proposal:
    assert isinstance(proposal.object, Stated)
    value = replace(proposal.object.value, value=f"-{proposal.object.value.value}")
    return replace(proposal, object=replace(proposal.object, value=value))


def test_fall_is_a_negative_growth() -> None:
    text = "Exports of Wuhu fell 7 percent to 3 billion yuan."
    values = [claim.object for claim in _verified(text, proposals(text)).claims]
    assert [each.value for each in values if isinstance(each, Value)] == ["-7", "3000000000"]


def test_rise_is_no_negative_growth() -> None:
    text = "Exports of Wuhu rose 7 percent."
    found = _verified(text, [_negated(each) for each in proposals(text)])
    assert [each.check for each in found.rejections] == ["number"]
    assert not found.claims
