"""Sentences in which a hasty reader finds facts that they do not state."""

from pathlib import Path

import pytest

from tests.extract.packaged import claims

TRAPS = (Path(__file__).parent / "traps.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("text", TRAPS)
def test_nothing_is_stated_as_a_fact(text: str) -> None:
    """What is planned, denied or only reported may be read as such."""
    assert [claim.quote for claim in claims(text) if claim.is_fact] == []
