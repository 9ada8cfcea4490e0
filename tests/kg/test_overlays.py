"""A user's own register and frames: what they add, and that a graph is of one state of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.errors import PatternError, RegisterError, StoreError
from g60kg.kg import Overlays, open_current
from g60kg.kg.overlays import Summary
from g60kg.terms import G60, ID

from .own import FRAME, REGISTER, TEXT, write_own

ARTICLE = Article("news", TEXT, date="2024-01-01")


def build(store: Path, *overlays: Path) -> KnowledgeGraph:
    """Build what is said alone: neither reasoned over nor validated."""
    found = Overlays.from_folders(*overlays or ((), ()))
    return KnowledgeGraph.build(store, reasoner="none", overlays=found, validate=False)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a user's own folders, and a store that is built with them."""
    folder = tmp_path_factory.mktemp("own")
    build(folder / "s", *write_own(folder))
    return folder


@pytest.fixture
def overlays(template: Path) -> Iterator[tuple[Path, Path]]:
    """Return those folders, to be changed."""
    yield write_own(template)
    write_own(template)


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Path:
    """Return a copy of that store."""
    return Path(shutil.copytree(template / "s", tmp_path / "s"))


def says(kg: KnowledgeGraph) -> tuple[bool, bool]:
    """Tell whether a graph has what the own frame reads, and what the own register says."""
    praised = any(kg.store.match(ID.wuhu, G60.cooperatesWith, ID.hefei))
    return praised, any(kg.store.match(ID["foo-park"], G60.locatedIn, ID.wuhu))


def test_nothing_given_is_nothing() -> None:
    assert Overlays.from_folders() == Overlays()
    assert Overlays().is_empty
    assert Overlays().again() == Overlays()


def test_the_same_folders_with_other_files_are_another(tmp_path: Path) -> None:
    register, frames = write_own(tmp_path)
    overlays = Overlays.from_folders(register, [frames])
    assert overlays == overlays.again() == Overlays.from_folders([str(register)], str(frames))
    assert (overlays.register, overlays.frames) == ((str(register),), (str(frames),))
    (register / "mine.yaml").write_text(REGISTER.replace("Foo", "Fu"))
    assert overlays != overlays.again()
    (register / "mine.yaml").write_text(REGISTER)
    assert overlays == overlays.again()
    (frames / "more.yaml").write_text("")
    assert overlays != overlays.again()


def test_the_order_of_folders_counts_and_twice_is_once(tmp_path: Path) -> None:
    register, frames = write_own(tmp_path)
    one, other = Overlays.from_folders([register, frames]), Overlays.from_folders([frames, register])
    assert one != other
    assert Overlays.from_folders([register, register]) == Overlays.from_folders(register)


def test_a_summary_keeps_them(tmp_path: Path) -> None:
    summary = Summary(overlays=Overlays.from_folders(*write_own(tmp_path)))
    assert Summary.from_json(summary.to_json()) == summary
    assert Summary.from_json({"inputs": "x"}).overlays == Overlays()


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RegisterError, match="absent: no such folder; name a folder"):
        Overlays.from_folders(tmp_path / "absent")
    with pytest.raises(PatternError, match="file: is a file; name a folder"):
        Overlays.from_folders((), tmp_path / "file")
    (tmp_path / "odd.yaml").mkdir()
    with pytest.raises(RegisterError, match=r"odd\.yaml: is no file"):
        Overlays.from_folders(tmp_path)


def test_a_graph_in_memory_reads_and_holds_them(tmp_path: Path, changing: KnowledgeGraph) -> None:
    register, frames = write_own(tmp_path)
    kg = KnowledgeGraph.build(overlays=Overlays.from_folders(register, frames))
    assert says(kg) == (False, True)
    kg.add(ARTICLE)
    assert says(kg) == (True, True)
    changing.add(ARTICLE)
    assert says(changing) == (False, False)


def test_a_store_is_built_again_only_where_they_changed(overlays: tuple[Path, Path], store: Path) -> None:
    assert not build(store, *overlays).is_new
    (overlays[1] / "mine.yaml").write_text(FRAME.replace("[praise]", "[praise, laud]"))
    assert build(store, *overlays).is_new
    assert build(store).is_new
    assert says(KnowledgeGraph.open(store)) == (False, False)


def test_a_store_remembers_them(overlays: tuple[Path, Path], store: Path) -> None:
    kg = open_current(store)
    assert not kg.is_new
    kg.add(ARTICLE)
    assert says(KnowledgeGraph.open(store)) == (True, True)
    assert KnowledgeGraph.open(store).summary.overlays == Overlays.from_folders(*overlays)


def test_an_addition_after_a_change_is_not_mixed_in(overlays: tuple[Path, Path], store: Path) -> None:
    kg = KnowledgeGraph.open(store)
    (overlays[0] / "mine.yaml").write_text(REGISTER.replace("wuhu", "hefei"))
    with pytest.raises(StoreError, match="have changed since the graph was built; build it again"):
        kg.add(ARTICLE)
    current = open_current(store)
    assert current.is_new
    assert current.add(ARTICLE)
    assert any(current.store.match(ID["foo-park"], G60.locatedIn, ID.hefei))


def test_a_folder_that_went_away_is_named(overlays: tuple[Path, Path], store: Path, tmp_path: Path) -> None:
    overlays[0].rename(tmp_path / "elsewhere")
    with pytest.raises(RegisterError, match="own-register: no such folder"):
        open_current(store)


def test_a_broken_file_leaves_the_store_as_it_was(overlays: tuple[Path, Path], store: Path) -> None:
    before = set(KnowledgeGraph.open(store).store.match())
    (overlays[0] / "mine.yaml").write_text(REGISTER + "- id: [\n")
    with pytest.raises(RegisterError, match=r"mine\.yaml:8: not YAML"):
        build(store, *overlays)
    assert set(KnowledgeGraph.open(store).store.match()) == before
