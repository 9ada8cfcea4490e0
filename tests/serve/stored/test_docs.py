"""The commands of the guide, run against a real server."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.serve.conftest import Served

GUIDE = (Path(__file__).parents[3] / "docs" / "serving.md").read_text(encoding="utf-8")
SECTIONS = ("Stored questions as an API", "Linked data")
WRITTEN = "http://127.0.0.1:8060"


def _sessions() -> list[tuple[str, str]]:
    """Return each command of these sections, with what it prints."""
    found = []
    for section in re.split(r"^## ", GUIDE, flags=re.M):
        if section.startswith(SECTIONS):
            for block in re.findall(r"```console\n(.*?)```", section, re.S):
                found += [each.partition("\n")[::2] for each in re.split(r"^\$ ", block, flags=re.M)[1:]]
    return found


def _fits(printed: str, shown: str) -> bool:
    """Tell whether an output is what the guide shows, where `…` stands for anything."""
    parts = map(re.escape, shown.strip().split("…"))
    return re.fullmatch(".*".join(parts), printed.strip(), re.S) is not None


def test_the_guide_shows_commands() -> None:
    assert len(_sessions()) >= 8


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(("command", "shown"), _sessions())
def test_a_command_prints_what_the_guide_shows(served: Served, command: str, shown: str) -> None:
    words = shlex.split(command.replace(WRITTEN, served.url))
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    printed = done.stdout.replace(served.url, WRITTEN)
    assert _fits(printed, shown), printed
