"""Damaged stores: every fault is found and is one line, and what was added is there again after the mend."""

import json
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.errors import DamagedStore, NoStore, StoreError
from g60kg.kg import Overlays
from g60kg.kg.shelf import put_aside
from g60kg.store import DiskStore, manifest
from tests.running import Run, runner
from tests.sizes import size

pytestmark = pytest.mark.usefixtures("unvalidated")
NEWS = Article("news", "Wuhu covers an area of 6,026 square kilometers.", date="2024-01-01")
PACKAGED = "2023-07-11-g60-corridor"


@pytest.fixture(scope="module")
def template(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(packaged_store, tmp_path_factory.mktemp("template") / "s"))
    KnowledgeGraph.open(folder).add(NEWS)
    return folder


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "s")
    return tmp_path / "s"


@pytest.fixture
def g60kg(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def names(kg: KnowledgeGraph) -> list[str]:
    return sorted(str(row.article) for row in kg.articles())


def files_of(store: Path) -> list[Path]:
    found = manifest.read_manifest(store)
    return [store / found.quads / name for name, size in sorted(found.files.items()) if size]


def spoil(path: Path, order: random.Random) -> None:
    """Flip a bit of a file, or zero 64 bytes of it."""
    content = bytearray(path.read_bytes())
    at = order.randrange(len(content))
    if order.random() < 0.5:
        content[at : at + 64] = bytes(byte ^ 255 if not byte else 0 for byte in content[at : at + 64])
    else:
        content[at] ^= 1 << order.randrange(8)
    path.write_bytes(content)


def test_no_rotten_place_is_silent(store: Path) -> None:
    order = random.Random(60)
    for _ in range(size(20, 500)):
        path = order.choice([*files_of(store), store / "manifest.json"])
        before = path.read_bytes()
        spoil(path, order)
        with pytest.raises(DamagedStore, match="run `g60kg repair`"):
            DiskStore(store).check_files()
        path.write_bytes(before)
    DiskStore(store).check_files()


def test_rot_is_found_at_opening_or_else_by_check(
    store: Path, g60kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = max(files_of(store), key=lambda each: each.stat().st_size)
    spoil(path, random.Random(1))
    with pytest.raises(DamagedStore, match="holds other bytes than were written"):
        DiskStore(store)
    monkeypatch.setattr(manifest, "_READ_AT_ONCE", 100_000)
    KnowledgeGraph.open(store)  # which does not read all
    found = g60kg("--store", store, "check")
    assert (found.status, found.out) == (2, "")
    assert found.err == (
        f"g60kg: {path}: holds other bytes than were written: the store is damaged; run `g60kg repair`\n"
    )


def test_what_the_engine_finds_is_one_line(store: Path, g60kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_READ_AT_ONCE", 0)
    for path in files_of(store):
        if path.suffix == ".sst":
            content = bytearray(path.read_bytes())
            content[: len(content) // 2] = bytes(len(content) // 2)
            path.write_bytes(content)
    for command in (["articles"], ["sparql", "SELECT * { ?s ?p ?o }"], ["remove", "news"]):
        found = g60kg("--store", store, *command)
        assert found.status == 2
        assert found.err.count("\n") == 1
        assert "Corruption" in found.err
        assert "run `g60kg repair`" in found.err


def drop_manifest(store: Path) -> None:
    (store / "manifest.json").unlink()


def nest_manifest(store: Path) -> None:
    (store / "manifest.json").write_text("[" * 100_000)


def change_manifest(**parts: object) -> Callable[[Path], None]:
    """Return what writes a manifest with other parts, sealed as it should be."""

    def change(store: Path) -> None:
        path = store / "manifest.json"
        said = json.loads(path.read_text()) | parts
        del said["seal"]
        path.write_text(json.dumps(said | {"seal": manifest._seal(said)}))

    return change


def rot_quads(store: Path) -> None:
    spoil(files_of(store)[0], random.Random(2))


def drop_quads(store: Path) -> None:
    shutil.rmtree(store / manifest.read_manifest(store).quads)


DAMAGE = {
    "nested": nest_manifest,
    "another text": lambda store: spoil(store / "manifest.json", random.Random(3)),
    "elsewhere": change_manifest(quads="../elsewhere"),
    "a number": change_manifest(quads=1),
    "rot": rot_quads,
    "no quads": drop_quads,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_one_line_with_its_mend(store: Path, g60kg: Run, damage: Callable[[Path], None]) -> None:
    damage(store)
    found = g60kg("--store", store, "articles")
    assert (found.status, found.out) == (2, "")
    assert found.err.count("\n") == 1
    assert "damaged; run `g60kg repair`" in found.err


@pytest.mark.parametrize(
    ("damage", "mend"),
    [(drop_manifest, "build"), (nest_manifest, "repair"), (rot_quads, "build")],
    ids=["absent", "broken", "rot"],
)
def test_what_was_added_outlives_any_damage(
    template: Path, store: Path, g60kg: Run, damage: Callable[[Path], None], mend: str
) -> None:
    damage(store)
    found = g60kg("--store", store, mend)
    assert found.status == 0, found
    assert found.out.startswith(f"{'built' if mend == 'build' else 'built again'}: ")
    assert found.err.startswith("g60kg: ")
    again = KnowledgeGraph.open(store)
    assert set(again.store.match()) == set(KnowledgeGraph.open(template).store.match())
    assert again.summary.added == ("news",)
    assert g60kg("--store", store, "repair").out.startswith("nothing to repair")


def test_a_repair_takes_the_reasoner_and_the_folders_of_before(tmp_path: Path) -> None:
    register = tmp_path / "mine"
    register.mkdir()
    (register / "mine.yaml").write_text("- {id: foo-park, type: Park, en: Foo Park, source: Me.}\n")
    before = KnowledgeGraph.build(
        tmp_path / "s", reasoner="none", overlays=Overlays.from_folders(register), validate=False
    )
    rot_quads(tmp_path / "s")
    again = KnowledgeGraph.repair(tmp_path / "s")
    assert again.is_new
    assert (again.summary.reasoner, again.summary.overlays) == ("none", before.summary.overlays)
    assert set(again.store.match()) == set(before.store.match())


def test_a_repair_goes_on_without_a_lost_text_and_names_it(store: Path, g60kg: Run) -> None:
    rot_quads(store)
    next((store / "articles").iterdir()).write_text("{")
    with pytest.raises(StoreError, match="remove the article and add it again"):
        KnowledgeGraph.build(store)
    found = g60kg("--store", store, "repair")
    assert found.status == 1
    assert "news: its text is lost; add it again" in found.out
    assert names(KnowledgeGraph.open(store)) == [PACKAGED]


def test_nothing_is_repaired_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="no store here"):
        KnowledgeGraph.repair(tmp_path / "absent")
    assert not list(tmp_path.iterdir())


def test_quads_without_what_they_were_made_of_are_built_anew(own_store: Path, g60kg: Run) -> None:
    (own_store / "manifest.json").unlink()
    found = g60kg("--store", own_store, "repair")
    message = "quads-1 alone is left of a store, no manifest, article or decision; run `g60kg build`"
    assert (found.status, found.out, found.err) == (2, "", f"g60kg: {own_store}: {message}\n")
    assert g60kg("--store", own_store, "build", "--reasoner", "none").status == 0


def test_an_article_lost_to_two_writers_is_found_again(store: Path) -> None:
    """Before writers waited for each other, one could take back what the other had just said of the store."""
    other = Article("other", "Hefei covers an area of 11,445 square kilometers.", date="2024-01-01")
    put_aside(store, other)
    aside = next((store / "articles").glob("*.new"))
    aside.rename(aside.with_suffix(".json"))
    again = KnowledgeGraph.build(store, reasoner="none", validate=False)
    assert names(again) == [PACKAGED, "news", "other"]
    assert any("does not name, and are added: other" in note for note in again.summary.notes)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)], ids=["folder", "loop"])
def test_a_manifest_that_cannot_be_read_is_not_taken_for_none(
    store: Path, g60kg: Run, make: Callable[[Path], None]
) -> None:
    (store / "manifest.json").rename(store / "kept.json")
    make(store / "manifest.json")
    before = sorted(store.rglob("*"))
    for command in ("articles", "build", "repair"):
        found = g60kg("--store", store, command)
        assert found.status == 2
        assert found.err.startswith(f"g60kg: {store / 'manifest.json'}: cannot be read: ")
        assert found.err.count("\n") == 1
    assert sorted(store.rglob("*")) == before


@pytest.mark.slow
def test_a_build_without_descriptors_loses_nothing(store: Path, tmp_path: Path) -> None:
    limits = range(4, 64, size(20, 5))
    for limit in limits:
        shutil.copytree(store, tmp_path / str(limit))
    code = """
import os, resource, sys
from g60kg import KnowledgeGraph
from g60kg.errors import G60Error
from g60kg.kg import stages
stages.extractor(stages.PACKAGED)
for place in sys.argv[1:]:
    if child := os.fork():
        os.waitpid(child, 0)
        continue
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(os.path.basename(place)), most))
    try:
        KnowledgeGraph.build(place, validate=False)
    except (G60Error, OSError) as error:
        print("refused", error, flush=True)
    os._exit(0)
"""
    places = [str(tmp_path / str(limit)) for limit in limits]
    done = subprocess.run([sys.executable, "-c", code, *places], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("refused")
    for place in places:
        assert names(KnowledgeGraph.open(place)) == [PACKAGED, "news"], (place, done)
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= 256


def test_stray_things_do_no_harm(store: Path) -> None:
    (store / "quads-old").mkdir()
    (store / "quads-9").write_text("")
    (store / "notes.txt").write_text("mine")
    (store / "articles" / "mine.txt").write_text("mine")
    kg = KnowledgeGraph.open(store)
    kg.remove("news")
    kg.add(NEWS)
    assert names(KnowledgeGraph.build(store, reasoner="none", validate=False)) == [PACKAGED, "news"]
    assert (store / "notes.txt").read_text() == (store / "articles" / "mine.txt").read_text() == "mine"
    assert (store / "quads-old").is_dir()
