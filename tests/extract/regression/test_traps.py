"""Sentences in which a hasty reader finds facts that they do not state.

What is planned, denied, only reported or proposed may be read as such; an accepted fact is one that a person
has read and found true, or a fault that the records name.
"""

import pytest

from tests.extract.regression.records import TRUE, UNJUDGED, Trap, stepped_into, traps

_EACH = 9
"""The quick suite reads every so many of the traps."""
_KNOWN = 71
"""So many false facts are known; each that is mended lowers it."""


def _unknown(found: tuple[Trap, ...]) -> list[str]:
    """Return the accepted facts that no person has judged."""
    return [
        f"{line} | {trap.text}"
        for trap in map(stepped_into, found)
        for line, verdict in trap.facts.items()
        if verdict == UNJUDGED
    ]


def test_a_sample_states_no_unknown_fact() -> None:
    assert _unknown(traps()[::_EACH]) == []


@pytest.mark.slow
def test_the_other_traps_state_no_unknown_fact() -> None:
    assert _unknown(tuple(each for n, each in enumerate(traps()) if n % _EACH)) == []


def test_every_recorded_fact_is_judged_and_the_false_ones_are_counted() -> None:
    verdicts = [verdict for trap in traps() for verdict in trap.facts.values()]
    assert UNJUDGED not in verdicts
    assert sum(verdict != TRUE for verdict in verdicts) <= _KNOWN
    assert all(": " in verdict for verdict in verdicts if verdict != TRUE)
