"""`g60kg review`."""

import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.kg.review import Word
from tests.running import Run

pytestmark = pytest.mark.usefixtures("unvalidated")
TEXT = "Quux Blorp Industrial Park is located in Wuhu. Songjang Industrial Park is located in Hefei.\n"


@pytest.fixture(scope="module")
def with_candidates(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with two candidates more; not to be changed."""
    place = tmp_path_factory.mktemp("review") / "s"
    shutil.copytree(store, place)
    KnowledgeGraph.open(place).add(Article("news", TEXT, date="2024-01-01"))
    return place


@pytest.fixture
def reviewing(g60kg: Run, with_candidates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs commands on a copy of that store, beside an empty register folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(with_candidates, tmp_path / "s")
    (tmp_path / "mine").mkdir()
    return partial(g60kg, "--store", "s")


def test_it_lists_names_with_their_words(reviewing: Run) -> None:
    found = reviewing("review")
    assert found.status == 0
    assert "Quux Blorp Industrial Park  (IndustrialPark; id:quux-blorp-industrial-park)" in found.out
    assert "  news 0-45: «Quux Blorp Industrial Park is located in Wuhu»" in found.out


def test_json_for_programs(reviewing: Run) -> None:
    rows = {row["name"]: row for row in json.loads(reviewing("review", "--format", "json").out)}
    words = rows["Quux Blorp Industrial Park"]["words"]
    assert [TEXT[word["start"] : word["end"]] for word in words] == [word["quote"] for word in words]
    assert rows["Songjang Industrial Park"]["nearest"] == []  # Suzhou Industrial Park is another


def test_an_accepted_name_is_known_from_then_on(reviewing: Run) -> None:
    accept = ("review", "--accept", "Quux Blorp Industrial Park", "--zh", "酷园", "--to", "mine/parks.yaml")
    first = reviewing(*accept)
    assert (first.status, first.err) == (0, "")
    assert "build again with --register mine" in first.out
    assert reviewing(*accept).out == "id:quux-blorp-industrial-park: accepted already\n"
    assert reviewing("build", "--register", "mine", "--reasoner", "none").status == 0
    assert "id:quux-blorp-industrial-park)\n" not in reviewing("review").out
    assert "Quux Blorp Industrial Park" in reviewing("search", "酷园").out


def test_the_folder_of_a_name_is_made(reviewing: Run, tmp_path: Path) -> None:
    done = reviewing("review", "--accept", "Quux Blorp Industrial Park", "--to", "new/folder/parks.yaml")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("build again with --register new/folder\n")
    assert "Quux Blorp Industrial Park" in (tmp_path / "new" / "folder" / "parks.yaml").read_text()


def test_what_was_accepted_counts_with_the_next_article(reviewing: Run, tmp_path: Path) -> None:
    reviewing("build", "--register", "mine", "--reasoner", "none")
    reviewing("review", "--accept", "quux-blorp-industrial-park", "--to", "mine/parks.yaml")
    assert "known by now as id:quux-blorp-industrial-park: build again" in reviewing("review").out
    (tmp_path / "more.txt").write_text("Wuhu covers an area of 6,026 square kilometers.")
    assert reviewing("add", "more.txt").out == "more: added\n"
    assert "id:quux-blorp-industrial-park)\n" not in reviewing("review").out


def test_accepted_as_a_garbled_name(reviewing: Run) -> None:
    said = ("--of", "g60-biomedicine-industrial-base", "--garbled", "Misspelt.", "--to", "mine/names.yaml")
    found = reviewing("review", "--accept", "Songjang Industrial Park", *said, "--format", "json")
    done = json.loads(found.out)
    assert "garbled" in done["text"]
    assert Path("mine/names.yaml").read_text() == done["text"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--accept", "Quux Blorp Industrial Park"), "--accept needs --to FILE"),
        (("--to", "mine/x.yaml"), "--to goes with --accept NAME"),
        (("--as", "Park"), "--as goes with --accept NAME"),
        (("--accept", "Nobody", "--to", "mine/x.yaml"), "no entity named 'Nobody'"),
        (("--accept", "Quux Blorp Industrial Park", "--to", "mine/x.txt"), "end its name in .yaml"),
        (
            ("--accept", "Quux Blorp Industrial Park", "--to", "mine/x.yaml", "--as", "Planet"),
            "no class 'Planet'",
        ),
        (
            ("--accept", "Quux Blorp Industrial Park", "--to", "mine/x.yaml", "--of", "x", "--en", "y"),
            "--of names a known entity; leave out --as",
        ),
        (
            ("--accept", "Quux Blorp Industrial Park", "--to", "mine/x.yaml", "--garbled", "y"),
            "--garbled goes with --of ID",
        ),
        (("--accept", "Quux Blorp Industrial Park", "--to", "mine/x.yaml", "--zh", "松江区"), "松江区"),
    ],
)
def test_what_does_not_fit_is_one_line_and_writes_nothing(
    reviewing: Run, arguments: tuple[str, ...], part: str
) -> None:
    found = reviewing("review", *arguments)
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1), found
    assert part in found.err
    assert not list(Path("mine").iterdir())


def test_who_decided_what_is_kept_and_can_be_taken_back(reviewing: Run) -> None:
    name = "quux-blorp-industrial-park"
    accept = ("review", "--accept", name, "--to", "mine/parks.yaml", "--by", "Li")
    assert reviewing(*accept).status == 0
    claim = reviewing(
        "sparql", "SELECT ?c { ?c rdf:subject id:quux-blorp-industrial-park }", "--format", "tsv"
    )
    id = claim.out.splitlines()[1].rpartition("/")[2].strip(">")
    assert reviewing("review", "--reject", id, "--by", "Wang").status == 0
    told = reviewing("review", "--history").out
    assert "Li  accepted: quux-blorp-industrial-park" in told
    assert f"Wang  rejected: Quux Blorp Industrial Park g60:locatedIn Wuhu  {id}" in told
    assert reviewing("review", "--undo", id, "--undo", name, "--by", "Li").status == 0
    assert Path("mine/parks.yaml").read_text() == ""
    assert reviewing("review", "--history").out.endswith(f"{name}\n4 decisions\n")
    again = reviewing("review", "--undo", id)
    assert (again.status, again.err.count("\n")) == (2, 1)


class Killed(BaseException):
    """Stand for the end of a process: nothing is undone after it."""


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that accepts a name, or takes that back, and ends before the second write, by
    `write_entries` or `record`.
    """

    def kill(name: str) -> None:
        def end(*given: object) -> None:
            shutil.copytree("s", "s.then")
            raise Killed

        with monkeypatch.context() as here:
            here.setattr(f"g60kg.kg.verdicts.{name}", end)
            kg, on = KnowledgeGraph.open("s"), "quux-blorp-industrial-park"
            accept = partial(kg.accept, on, Word(), Path("mine/parks.yaml"), by="Li")
            withdraw = partial(kg.decide, on, "withdrawn")
            with pytest.raises(Killed):
                (withdraw if name == "record" else accept)()
        shutil.rmtree("s")
        Path("s.then").rename("s")

    return kill


def test_what_a_kill_cut_short_is_ended_by_saying_it_again(
    reviewing: Run, killed: Callable[[str], None]
) -> None:
    name, file = "quux-blorp-industrial-park", Path("mine/parks.yaml")
    accept = ("review", "--accept", name, "--to", str(file), "--by", "Li")

    def told() -> list[str]:
        return [line.split()[2] for line in reviewing("review", "--history").out.splitlines()[:-1]]

    killed("write_entries")  # the word is there, the entry is not
    assert (told(), file.exists()) == (["accepted:"], False)
    assert reviewing(*accept).status == 0
    assert (told(), name in file.read_text()) == (["accepted:"], True)
    killed("record")  # the entry has gone, the word stands
    assert (told(), file.read_text()) == (["accepted:"], "")
    assert reviewing("review", "--undo", name, "--by", "Li").status == 0
    assert told() == ["accepted:", "withdrawn:"]
    killed("write_entries")
    assert reviewing("review", "--undo", name, "--by", "Li").status == 0
    assert (told(), file.read_text()) == (["accepted:", "withdrawn:"] * 2, "")


def test_an_entry_changed_by_hand_is_changed_back_by_hand(reviewing: Run) -> None:
    name, file = "quux-blorp-industrial-park", Path("mine/parks.yaml")
    reviewing("review", "--accept", name, "--to", str(file))
    file.write_text(file.read_text().replace("Quux", "Quuux"))
    found = reviewing("review", "--undo", name)
    assert (found.status, "does not hold the entry any longer" in found.err) == (2, True)


def test_a_word_that_no_longer_stands_counts_no_more(reviewing: Run) -> None:
    query = ("sparql", "SELECT ?c { ?c rdf:subject id:quux-blorp-industrial-park }", "--format", "tsv")
    id = reviewing(*query).out.splitlines()[1].rpartition("/")[2].strip(">")
    for option in ("--reject", "--undo"):
        assert reviewing("review", option, id).status == 0
    assert reviewing("build", "--reasoner", "none").status == 0
    assert id in reviewing(*query).out
