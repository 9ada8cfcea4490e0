from pathlib import Path

import pytest
import yaml

from tests.reason.conformance import SUITE, Case, passes, read_cases

CASES = list(read_cases()) if SUITE.is_dir() else []
MISSES: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "conformance-misses.yaml").read_text(encoding="utf-8")
)

pytestmark = pytest.mark.skipif(not CASES, reason=f"the suite is not at {SUITE}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_case_passes_unless_listed(case: Case) -> None:
    assert passes(case) != (case.id in MISSES)


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 273
    assert set(MISSES) <= {case.id for case in CASES}
    assert {case.kind for case in CASES} == {"POSITIVE_ENTAILMENT", "INCONSISTENCY"}
