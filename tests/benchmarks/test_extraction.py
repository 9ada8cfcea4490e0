from pathlib import Path

from benchmarks.extraction import (
    compare,
    first,
    growth,
    joined,
    kinds,
    large_register,
    medians,
    spacy_ruler,
    texts,
)
from g60kg.register import load_register


def names_of(size: int) -> list[str]:
    return [name.name for entry in large_register(size).entries.values() for name in entry.names()]


def test_a_register_of_so_many_names() -> None:
    names = names_of(3000)
    packaged = {name.name for name in load_register().names()}
    assert len(names) == 3000
    assert packaged <= set(names)
    assert names == names_of(3000)
    assert len(set(names) - packaged) == 3000 - len(list(load_register().names()))


def test_texts_differ_and_hold_the_same() -> None:
    read = texts(5)
    assert len(set(read)) == 5
    assert len({"".join(sorted(text)) for text in read}) == 1
    assert 7000 < len(read[0].encode()) < 9000


def test_each_takes_its_turn() -> None:
    calls: list[str] = []
    found = medians(
        {"a": lambda _: calls.append("a"), "b": lambda _: calls.append("b")}, rounds=2, read=["text"]
    )
    assert calls == ["a", "b"] * 3
    assert found.keys() == {"a", "b"}


def test_the_tables() -> None:
    lines = compare(names=1000, rounds=1)
    assert lines[2].startswith("| g60kg, text to claims | ")
    assert (spacy_ruler(load_register()) is None) == ("spaCy is not installed here" in lines[-1])
    rows = growth(sizes=(700, 900), rounds=1)
    assert [row.split("|")[1].strip() for row in rows] == ["names", "---:", "700", "900"]
    assert rows[2].endswith("| 1.00 |")


def test_texts_of_a_folder_are_joined_to_articles(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{number} " + "Haier built it. " * 200)
    [article, rest] = [*joined(tmp_path), "nothing"]
    assert [line[0] for line in article.split("\n") if line] == ["0", "1", "2"]
    assert rest == "nothing"
    rows = kinds(tmp_path, names=700, rounds=1)
    assert [row.split("|")[1].strip() for row in rows[2:]] == [
        "the packaged article",
        "the texts of the folder",
    ]


def test_a_first_article_is_timed() -> None:
    assert first().startswith("Loading register and grammar: 0.")
