"""The texts of a tar archive, plain or compressed, read without anything being unpacked to the disk.

A member is not read that is a link, a device, too large, or has a name that leads out of the archive.
"""

import lzma
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from g60kg.article import LARGEST
from g60kg.errors import ArticleError

_ENDINGS: Final = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_MOST: Final = 2**30
"""So many bytes of an archive are read at most, since they are held in memory until they are read."""
_UNREADABLE: Final = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name there, and its bytes, or what is wrong with it."""

    name: str
    data: bytes = b""
    wrong: str = ""


def is_tar(path: Path) -> bool:
    """Whether a path names a tar archive.

    >>> is_tar(Path("news/2024.tar.gz")), is_tar(Path("tar.txt"))
    (True, False)
    """
    return path.name.lower().endswith(_ENDINGS)


def read_tar(path: Path, endings: tuple[str, ...]) -> list[Member]:
    """Return the members of an archive whose names end so, in the order of their names.

    Raises `ArticleError` for what is no archive, is cut off, or holds more than can be held.
    """
    try:
        with tarfile.open(path) as archive:
            return sorted(_members(archive, path, endings), key=lambda member: member.name)
    except _UNREADABLE as error:
        mend = "pack it again, or give a folder"
        raise ArticleError(f"no tar archive that can be read: {error}", path=path, mend=mend) from error


def _members(archive: tarfile.TarFile, path: Path, endings: tuple[str, ...]) -> Iterator[Member]:
    left = _MOST
    for each in archive:
        if each.isdir() or not each.name.lower().endswith(endings):
            continue
        if wrong := _wrong(each):
            yield Member(each.name, wrong=wrong)
            continue
        left -= each.size
        if left < 0:
            message = f"holds more than {_MOST:,} bytes of text"
            raise ArticleError(message, path=path, mend="unpack it, and give the folder")
        file = archive.extractfile(each)
        yield Member(each.name, file.read() if file else b"")


def _wrong(member: tarfile.TarInfo) -> str:
    """Return why a member is not read, nothing where it may be."""
    place = PurePosixPath(member.name)
    if place.is_absolute() or ".." in place.parts:
        return "its name leads out of the archive"
    if not member.isreg():
        return "a link or a device, no text"
    return f"larger than {LARGEST:,} bytes" if member.size > LARGEST else ""
