"""Articles come out of tar archives, and nothing else does."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from g60kg import KnowledgeGraph
from g60kg.errors import ArticleError
from g60kg.kg import texts
from g60kg.kg.texts import name_of, read_source, sources_of

TEXT = "Wuhu covers an area of 6,026 square kilometers.\n"
LIST = '{"file": "a.txt", "date": "2024-02-19", "title": "Wuhu"}\n'
PAGE = f"<html><body><article><p>{TEXT * 9}</p></article></body></html>"
FILES = {"news/list.jsonl": LIST, "news/a.txt": TEXT, "news/deep/b.html": PAGE, "news/c.png": "no text"}


def entry(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, size, "/etc/passwd"
    return info


def pack(path: Path, files: dict[str, str], *entries: tarfile.TarInfo) -> Path:
    mode = {".gz": "w:gz", ".bz2": "w:bz2"}.get(path.suffix, "w")
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, text in files.items():
            data = text.encode()
            archive.addfile(entry(name, size=len(data)), io.BytesIO(data))
        for each in entries:
            archive.addfile(each, io.BytesIO(b"x" * each.size))
    return path


@pytest.mark.parametrize("name", ["news.tar", "news.tar.gz", "news.TGZ", "news.tar.bz2"])
def test_texts_and_pages_are_taken_with_what_a_list_in_it_says(tmp_path: Path, name: str) -> None:
    sources = sources_of([str(pack(tmp_path / name, FILES))], (), {"url": "https://e.example/"})
    first, second = (read_source(each, {"url": "https://e.example/"}) for each in sources)
    assert (first.id, first.text, first.date, first.title) == ("a", TEXT, "2024-02-19", "Wuhu")
    assert (second.id, second.url, second.date) == ("b", "https://e.example/", None)
    assert name_of(sources[0]) == f"{tmp_path / name}:news/a.txt"


BAD = {
    "leads out of the archive": entry("../a.txt"),
    "out of the archive": entry("/tmp/a.txt"),
    "a link": entry("a.txt", tarfile.SYMTYPE),
    "or a device": entry("a.txt", tarfile.CHRTYPE),
    "larger than": entry("a.txt", size=10_000_001),
}


@pytest.mark.parametrize(("wrong", "member"), BAD.items())
def test_a_bad_member_is_named_and_the_rest_go_in(
    tmp_path: Path, wrong: str, member: tarfile.TarInfo, changing: KnowledgeGraph
) -> None:
    path = pack(tmp_path / "news.tar", {"good.txt": TEXT}, member)
    done = {each.file: each for each in changing.add_many(sources_of([str(path)], (), {}), jobs=1)}
    assert done["good"].value is True
    (bad,) = (each for name, each in done.items() if name != "good")
    assert bad.file == f"{path}:{member.name}"
    assert wrong in str(bad.error)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["news.tar"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "no tar archive that can be read": cut,
    "No such file": Path.unlink,
    "without texts": lambda path: pack(path, {"a.png": "x"}),
}


@pytest.mark.parametrize(("message", "spoil"), UNUSABLE.items())
@pytest.mark.parametrize("name", ["news.tar", "news.tar.gz"])
def test_what_is_no_archive_is_an_error_of_one_line(
    tmp_path: Path, name: str, message: str, spoil: Callable[[Path], object]
) -> None:
    spoil(pack(tmp_path / name, FILES))
    with pytest.raises(ArticleError, match=message) as caught:
        sources_of([str(tmp_path / name)], (), {})
    assert "\n" not in str(caught.value)


def test_what_would_not_fit_into_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_MOST", 100)
    with pytest.raises(ArticleError, match="unpack it"):
        sources_of([str(pack(tmp_path / "news.tar.gz", {"a.txt": "a" * 60, "b.txt": "b" * 60}))], (), {})
