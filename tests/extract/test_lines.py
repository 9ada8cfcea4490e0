"""A claim as one line."""

import pytest

from tests.extract.packaged import lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Tencent has teamed up with Fosun Pharma.", "id:tencent g60:cooperatesWith id:fosun-pharma"),
        ("Songjiang signed 20 projects.", "id:songjiang g60:projectCount 20 unit:NUM"),
        (
            "Songjiang has more than 300 biomedicine companies.",
            "id:songjiang g60:companyCount more than 300 unit:NUM industry=id:biomedicine",
        ),
        (
            "Ingram Micro will enter the G60 Corridor.",
            "id:ingram-micro g60:locatedIn id:g60-corridor modality=planned",
        ),
        ("The G60 Corridor was founded in 2016.", "id:g60-corridor g60:startYear 2016"),
    ],
)
def test_lines(text: str, line: str) -> None:
    assert line in lines(text)
