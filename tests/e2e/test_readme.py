"""The README, run: its console blocks through the command line, its Python block as a doctest."""

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from g60kg.resources import resource
from tests.docs.shown import blocks, fits, sessions
from tests.running import Result, Run, runner

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NEWS = "Hexagon Group has moved to Songjiang."
COMMAND = Path(sys.executable).with_name("g60kg")


@pytest.fixture(scope="module")
def place(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    shutil.copytree(packaged_store, folder / "store")
    return folder


@pytest.fixture
def call(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command there: a stored query in a process of its own, others in this."""
    monkeypatch.setenv("G60KG_STORE", str(place / "store"))
    monkeypatch.chdir(place)
    here = runner(capsys)

    def run(*words: object) -> Result:
        if words[0] != "query":
            status, out, err = here(*words)
            return Result(status, out.replace("\r\n", "\n"), err)
        environment = {"G60KG_STORE": str(place / "store"), "HOME": str(place), "PYTHONUTF8": "1"}
        command = [str(COMMAND), *map(str, words)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return Result(done.returncode, done.stdout, done.stderr)

    return run


COMMANDS = list(sessions(README))


@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_command(command: str, shown: str, place: Path, call: Run) -> None:
    words = shlex.split(command)
    assert words[0] == "g60kg"
    if words[1] == "build":
        shutil.rmtree(place / "store")
    if words[1] == "remove":
        call("add", "news.txt")  # the test of that command may run in another process
    done = call(*words[1:])
    assert done.status == ("does not hold" in shown), done.err
    assert fits(done.out + (done.err if "does not hold" in shown else ""), shown) or fits(done.err, shown)


def test_python() -> None:
    (block,) = blocks(README, "python")
    parsed = doctest.DocTestParser().get_doctest(block, {}, "README", str(ROOT / "README.md"), 0)
    printed: list[str] = []
    failed, tried = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(parsed, out=printed.append)
    assert tried > 3
    assert failed == 0, "".join(printed)


def test_make_targets_are_those_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^    make (\S+)", README, re.M)
    assert targets == ["run", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in targets)


def test_dependencies_have_their_reasons() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = README[README.index("## Dependencies") :]
    extras = [name for names in project.get("optional-dependencies", {}).values() for name in names]
    for requirement in [*project["dependencies"], *extras]:
        name = re.split(r"[<>=\[ ]", requirement)[0]
        assert name == "g60kg" or name in table or name.startswith("types-"), name


def test_metadata_of_the_article_is_what_the_readme_says() -> None:
    known = yaml.safe_load(resource("data", "articles", "2023-07-11-g60-corridor.yaml").read_text("utf-8"))
    assert str(known["date"]) == "2023-07-11"
