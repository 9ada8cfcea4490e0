from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.extraction import (
    SIZE,
    TEXTS,
    compare,
    first_claim,
    growth,
    joined,
    large_register,
    main,
    medians,
    packaged,
    parsing,
    spacy,
    whole,
)
from g60kg.register import Register, load_register

TEXT = "Tencent has teamed up with Fosun Pharma. Songjiang signed 20 projects.\n"


def names_of(register: Register) -> list[str]:
    return [name.name for entry in register.entries.values() for name in entry.names()]


def test_a_register_of_so_many_times_the_names() -> None:
    names, plain = names_of(large_register(3)), names_of(load_register())
    assert len(names) == 3 * len(plain)
    assert set(plain) <= set(names)
    assert names == names_of(large_register(3))
    assert len(set(names) - set(plain)) == 2 * len(plain)


def test_each_takes_its_turn() -> None:
    calls: list[str] = []
    found = medians(
        {"a": lambda _: calls.append("a"), "b": lambda _: calls.append("b")}, rounds=2, read=["text"]
    )
    assert calls == ["a", "b"] * 3
    assert found.keys() == {"a", "b"}


def test_both_sides_do_their_work() -> None:
    """spaCy parses and recognises; the extraction parses anew each time, and finds the claims."""
    doc = spacy()(TEXT)
    assert {token.dep_ for token in doc} >= {"nsubj", "ROOT"}  # type: ignore[attr-defined]
    assert [span.text for span in doc.ents]  # type: ignore[attr-defined]
    extractor = parsing(load_register())
    first, second = whole(extractor)(TEXT), whole(extractor)(TEXT)
    assert len(first) == len(second) == 2  # type: ignore[arg-type]


def test_texts_of_a_folder_are_joined_to_articles(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{number} " + "Haier built it.\n" * 200)
    [article] = joined(tmp_path)
    assert [line[0] for line in article.split("\n") if line[:1].isdigit()] == ["0", "1", "2"]
    assert SIZE - 100 < len(article) <= SIZE


def test_our_own_texts_make_articles() -> None:
    assert len(joined(TEXTS)) >= 1
    assert 7_000 < len(packaged()) < 9_000


def test_the_tables() -> None:
    lines = compare({"one": [TEXT]}, rounds=1)
    assert [cell.strip() for cell in lines[2].split("|")][1] == "one"
    assert lines[2].endswith("| 2 |")
    rows = growth([TEXT], times=(1, 2), rounds=1)
    assert [row.split("|")[1].strip() for row in rows] == ["register", "---:", "1", "2"]
    assert rows[2].endswith("| 1.00 |")


def test_a_new_process_comes_to_a_claim() -> None:
    clock, processor = first_claim(runs=1)
    assert 0 < processor <= 2 * clock < 120


def test_all_of_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(texts: Mapping[str, Sequence[str]], rounds: int) -> list[str]:
        return [f"| {name} | {len(read)} | {rounds} |" for name, read in texts.items()]

    monkeypatch.setattr("benchmarks.extraction.compare", compared)
    monkeypatch.setattr("benchmarks.extraction.growth", lambda texts, rounds: [f"{len(texts)} grow"])
    monkeypatch.setattr("benchmarks.extraction.first_claim", lambda: (1.5, 0.25))
    said: list[str] = []
    main(said.append, rounds=1)
    assert said[1].startswith("| the packaged article | 1 | 1 |\n| texts | ")
    assert said[3].endswith(" grow")
    assert said[-1] == "\nThe first claim in a new process: 1.50 s by the clock, 0.25 s of the processor."
