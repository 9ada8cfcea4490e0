"""A user's own register and frames: what they add, and that a graph is of one state of them."""

from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.errors import PatternError, RegisterError, StoreError
from g60kg.kg import Own, open_current
from g60kg.kg.summary import Summary
from g60kg.terms import G60, ID

from .own import FRAME, REGISTER, TEXT, write_own

ARTICLE = Article("news", TEXT, date="2024-01-01")


def build(store: Path, *own: Path) -> KnowledgeGraph:
    register, frames = own if own else ((), ())
    return KnowledgeGraph.build(store, register=register, frames=frames, validate=False)


def says(kg: KnowledgeGraph) -> tuple[bool, bool]:
    """Tell whether a graph has what the own frame reads, and what the own register says."""
    praised = any(kg.store.match(ID.wuhu, G60.cooperatesWith, ID.hefei))
    return praised, any(kg.store.match(ID["foo-park"], G60.locatedIn, ID.wuhu))


def test_nothing_given_is_nothing() -> None:
    assert Own.from_folders() == Own()
    assert Own().is_empty
    assert Own().again() == Own()


def test_the_same_folders_with_other_files_are_another(tmp_path: Path) -> None:
    register, frames = write_own(tmp_path)
    own = Own.from_folders(register, [frames])
    assert own == own.again() == Own.from_folders([str(register)], str(frames))
    assert (own.register, own.frames) == ((str(register),), (str(frames),))
    (register / "mine.yaml").write_text(REGISTER.replace("Foo", "Fu"))
    assert own != own.again()
    (register / "mine.yaml").write_text(REGISTER)
    assert own == own.again()
    (frames / "more.yaml").write_text("")
    assert own != own.again()


def test_the_order_of_folders_counts_and_twice_is_once(tmp_path: Path) -> None:
    register, frames = write_own(tmp_path)
    one, other = Own.from_folders([register, frames]), Own.from_folders([frames, register])
    assert one != other
    assert Own.from_folders([register, register]) == Own.from_folders(register)


def test_a_summary_keeps_them(tmp_path: Path) -> None:
    summary = Summary(own=Own.from_folders(*write_own(tmp_path)))
    assert Summary.from_json(summary.to_json()) == summary
    assert Summary.from_json({"inputs": "x"}).own == Own()


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RegisterError, match="absent: no such folder; name a folder"):
        Own.from_folders(tmp_path / "absent")
    with pytest.raises(PatternError, match="file: is a file; name a folder"):
        Own.from_folders((), tmp_path / "file")
    (tmp_path / "odd.yaml").mkdir()
    with pytest.raises(RegisterError, match=r"odd\.yaml: is no file"):
        Own.from_folders(tmp_path)


def test_a_graph_in_memory_reads_and_holds_them(tmp_path: Path) -> None:
    register, frames = write_own(tmp_path)
    kg = KnowledgeGraph.build(register=register, frames=frames)
    assert says(kg) == (False, True)
    kg.add(ARTICLE)
    assert says(kg) == (True, True)
    without = KnowledgeGraph.build()
    without.add(ARTICLE)
    assert says(without) == (False, False)


def test_a_store_is_built_again_only_where_they_changed(tmp_path: Path) -> None:
    own, store = write_own(tmp_path), tmp_path / "s"
    assert build(store, *own).is_new
    assert not build(store, *own).is_new
    (own[1] / "mine.yaml").write_text(FRAME.replace("[praise]", "[praise, laud]"))
    assert build(store, *own).is_new
    assert build(store).is_new
    assert says(KnowledgeGraph.open(store)) == (False, False)


def test_a_store_remembers_them(tmp_path: Path) -> None:
    own, store = write_own(tmp_path), tmp_path / "s"
    build(store, *own)
    kg = open_current(store)
    assert not kg.is_new
    kg.add(ARTICLE)
    assert says(KnowledgeGraph.open(store)) == (True, True)
    assert KnowledgeGraph.open(store).summary.own == Own.from_folders(*own)


def test_folders_given_for_an_addition_build_the_store_again(tmp_path: Path) -> None:
    store = tmp_path / "s"
    build(store)
    open_current(store).add(ARTICLE)
    assert says(KnowledgeGraph.open(store)) == (False, False)
    register, frames = write_own(tmp_path)
    assert open_current(store, Own.from_folders(register, frames)).is_new
    assert says(KnowledgeGraph.open(store)) == (True, True)


def test_an_addition_after_a_change_is_not_mixed_in(tmp_path: Path) -> None:
    own, store = write_own(tmp_path), tmp_path / "s"
    kg = build(store, *own)
    (own[0] / "mine.yaml").write_text(REGISTER.replace("wuhu", "hefei"))
    with pytest.raises(StoreError, match="have changed since the graph was built; build it again"):
        kg.add(ARTICLE)
    current = open_current(store)
    assert current.is_new
    assert current.add(ARTICLE)
    assert any(current.store.match(ID["foo-park"], G60.locatedIn, ID.hefei))


def test_a_folder_that_went_away_is_named(tmp_path: Path) -> None:
    own, store = write_own(tmp_path), tmp_path / "s"
    build(store, *own)
    own[0].rename(tmp_path / "elsewhere")
    with pytest.raises(RegisterError, match="own-register: no such folder"):
        open_current(store)


def test_a_broken_file_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    own, store = write_own(tmp_path), tmp_path / "s"
    before = set(build(store, *own).store.match())
    (own[0] / "mine.yaml").write_text(REGISTER + "- id: [\n")
    with pytest.raises(RegisterError, match=r"mine\.yaml:8: not YAML"):
        build(store, *own)
    assert set(KnowledgeGraph.open(store).store.match()) == before


def test_a_graph_in_memory_is_built_with_them(tmp_path: Path) -> None:
    register, frames = write_own(tmp_path)
    assert says(open_current(":memory:", Own.from_folders(register, frames))) == (False, True)
