"""What was read of the sentences of an earlier reader stays read."""

import pytest

from tests.extract.regression.records import Example, examples, read_again

_EACH = 12
"""The quick suite reads every so many of the examples."""


def _lost(found: tuple[Example, ...]) -> list[str]:
    """Return the claims that are recorded as read and are not, or as read exactly and are read otherwise."""
    lost = []
    for example in found:
        now = read_again(example).claims
        for claim, line in example.claims.items():
            if line is not None and (now[claim] is None or (line == claim != now[claim])):
                lost.append(f"{example.text!r}: {line} was read, now {now[claim]}")
    return lost


def test_a_sample_stays_read() -> None:
    assert _lost(examples()[::_EACH]) == []


@pytest.mark.slow
def test_the_other_examples_stay_read() -> None:
    assert _lost(tuple(each for n, each in enumerate(examples()) if n % _EACH)) == []


def test_all_examples_of_the_earlier_reader_are_recorded() -> None:
    assert len(examples()) == 717
    assert sum(len(example.claims) for example in examples()) == 961
    assert sum(line is not None for each in examples() for line in each.claims.values()) >= 600
