from pathlib import Path

import pytest

from tests.reason.conformance import SUITE, Case, passes, read_cases
from tests.yamls import read_yaml

CASES = list(read_cases()) if SUITE.is_dir() else []
MISSES: dict[str, str] = read_yaml(Path(__file__).with_name("conformance-misses.yaml"))

pytestmark = pytest.mark.skipif(not CASES, reason=f"the suite is not at {SUITE}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_case_passes_unless_listed(case: Case) -> None:
    assert passes(case) != (case.id in MISSES)


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 273
    assert set(MISSES) <= {case.id for case in CASES}
    assert {case.kind for case in CASES} == {"POSITIVE_ENTAILMENT", "INCONSISTENCY"}
