"""The page on asking: what it shows is what is printed."""

import shlex
from pathlib import Path

import pytest

from g60kg.resources import resource
from tests.docs.shown import blocks, fits, sessions
from tests.running import Run

PAGE = (Path(__file__).parents[2] / "docs" / "ask.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "printed"), list(sessions(PAGE)), ids=[command for command, _ in sessions(PAGE)]
)
def test_the_commands_print_what_is_shown(command: str, printed: str, g60kg: Run) -> None:
    assert fits(g60kg(*shlex.split(command)[1:]).out, printed)


def test_the_python_shown_runs() -> None:
    [block] = blocks(PAGE, "python")
    shown: dict[str, object] = {}
    exec(block, shown)
    answer = shown["answer"]
    assert str(answer).startswith("Jiangsu Province, Zhejiang Province, Anhui Province")


def test_every_file_of_the_data_is_told() -> None:
    assert all(f"`{path.name}`" in PAGE for path in resource("data", "ask").glob("*.yaml"))
