"""What a sentence takes up again by what it is."""

import pytest

from tests.extract.packaged import claims

_SEAT = "The chip foundry has its headquarters in Wuhu."


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"Haier grew fast. {_SEAT}", "Haier"),
        (f"Haier met Tencent. {_SEAT}", "Haier"),
        (f"They had long praised Haier. {_SEAT}", "Haier"),
        (f"Haier grew fast. The carmaker employs 500 people. {_SEAT}", "Haier"),
    ],
)
def test_the_organization_of_the_sentence_before(text: str, who: str) -> None:
    found = [claim for claim in claims(text) if claim.predicate == "g60:headquarteredIn"]
    assert [claim.subject.label for claim in found] == [who]
    assert found[0].subject.surface == "The chip foundry"
    assert "Organization of the sentence before" in str(found[0].resolved)


@pytest.mark.parametrize(
    "text",
    [
        f"They met Haier and Tencent. {_SEAT}",
        f"They met nobody. {_SEAT}",
        "Haier grew fast. The largest chip foundry has its headquarters in Wuhu.",
        "Haier grew fast. The other chip foundry has its headquarters in Wuhu.",
    ],
)
def test_in_doubt_there_is_none(text: str) -> None:
    assert [claim for claim in claims(text) if claim.predicate == "g60:headquarteredIn"] == []
