"""A file system that forgets what was not synced when its power goes, and one that is full.

An ext4 of its own, in a file, that is shut down without writing its journal (`EXT4_IOC_SHUTDOWN`) and mounted
again: as after a power failure. Only an administrator of the machine may do that.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from fcntl import ioctl
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from g60kg import KnowledgeGraph
from g60kg.errors import G60Error
from g60kg.kg import stages
from g60kg.store.base import has_blank
from tests.kg.deeds import State, check_export, ended, note, possible, said, state_of
from tests.sizes import size

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(size(1200, 20_000)),
    pytest.mark.skipif(
        os.geteuid() != 0 or not shutil.which("mkfs.ext4"), reason="mounting needs an administrator"
    ),
]
_SHUT_DOWN: Final = 0x8004587D
_LOSING_THE_JOURNAL: Final = 2


class Disk:
    """A file system that can be mounted, and whose power can be cut."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.image, self.place = folder / "disk", folder / "mount"
        self.place.mkdir()
        with self.image.open("wb") as file:
            file.truncate(megabytes * 2**20)
        subprocess.run(["mkfs.ext4", "-q", self.image], check=True)

    def mount(self) -> bool:
        command = ["mount", "-o", "loop", str(self.image), str(self.place)]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def cut(self) -> None:
        """Lose all that was not synced."""
        descriptor = os.open(self.place, os.O_RDONLY)
        ioctl(descriptor, _SHUT_DOWN, _LOSING_THE_JOURNAL.to_bytes(4, "little"))
        os.close(descriptor)

    def unmount(self) -> None:
        subprocess.run(["umount", self.place], check=False, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path, 200)
    if not disk.mount():
        pytest.skip("this machine does not let a file system be mounted")
    yield disk
    disk.unmount()


@pytest.mark.parametrize("part", range(size(1, 10)))
def test_what_was_done_outlives_the_power(
    part: int, disk: Disk, packaged_store: Path, tmp_path: Path
) -> None:
    order, news = random.Random(60 + part), [said(number) for number in range(40)]
    ground = [quad for quad in stages.ground_quads() if not has_blank(quad)]
    store, there = disk.place / "s", State()
    shutil.copytree(packaged_store, store)
    os.sync()
    for cut in range(size(4, 10)):
        told = tmp_path / f"told{cut}"
        with ended(store, told, part * 1000 + cut, news, order.uniform(0, 3), None):
            disk.cut()
        disk.unmount()
        assert disk.mount()
        found = state_of(store)
        assert found in possible(there, told), (cut, told.read_text())
        with KnowledgeGraph.open(store) as kg:
            kg.store.check_files()  # type: ignore[attr-defined]
        there = found
        check_export(disk.place / "out.nq", ground)
    with KnowledgeGraph.build(store, validate=False):
        assert state_of(store) == there.after("build", "all")


def test_what_does_not_fit_on_a_disk_leaves_the_store_as_it_was(disk: Disk, packaged_store: Path) -> None:
    store, news = disk.place / "s", [said(number) for number in range(3)]
    shutil.copytree(packaged_store, store)
    KnowledgeGraph.open(store).add(*news[0])
    claim = KnowledgeGraph.open(store).describe("Songjiang District").said[0].claim
    deeds: dict[str, tuple[str, Callable[[], object]]] = {
        "add": ("n1", lambda: KnowledgeGraph.open(store).add(*news[1])),
        "remove": ("n0", lambda: KnowledgeGraph.open(store).remove("n0")),
        "decide": ("", lambda: KnowledgeGraph.open(store).decide(claim, "confirmed")),
        "note": ("1", lambda: note(str(store), 1)),
        "build": ("", lambda: KnowledgeGraph.build(store, validate=False)),
        "export": ("", lambda: KnowledgeGraph.open(store).export(disk.place / "out.nq")),
    }
    before = state_of(store)
    for name, (key, deed) in deeds.items():
        refused = 0
        for left in (0, *(2**power * 1024 for power in range(3, 11, size(4, 1)))):
            _fill(disk.place, left)
            with suppress(G60Error):
                deed()
                break
            refused += 1
            shutil.rmtree(disk.place / "ballast")
            assert state_of(store) == before, (name, left)
        shutil.rmtree(disk.place / "ballast", ignore_errors=True)
        assert refused, name
        if refused > size(2, 8):  # it needs more than that
            deed()
        before = before.after(name, key)
        assert state_of(store) == before, name


def _fill(place: Path, left: int) -> None:
    """Leave so many bytes of a file system free; as it fails it gives back what it had reserved: go on."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    device = next(each[0] for each in mounts if each[1] == str(place))
    (Path("/sys/fs/ext4") / Path(device).name / "reserved_clusters").write_text(
        "0"
    )  # that it keeps for itself
    (place / "ballast").mkdir()
    failed = 0
    for number in count():
        os.sync()
        size_ = 0
        with suppress(OSError), (place / "ballast" / str(number)).open("wb", buffering=0) as file:
            while size_ < 2**28:
                size_ += file.write(b"x" * (2**10 if number else 2**16))
        failed = 0 if size_ else failed + 1
        if failed == 3:
            break
    if left:
        os.truncate(place / "ballast" / "0", (place / "ballast" / "0").stat().st_size - left)
        os.sync()
