"""How many articles a second are extracted on one core, and how little a large register slows it.

Run as `python -m benchmarks.extraction [FOLDER]`. Times articles of 8 KB with registers of 1,000, 10,000 and
50,000 names, the packaged ones among them; given a folder of texts, also articles joined of those, since the
packaged article says more in each line than most. Timed, too, is what a process does once: loading, and the
compiling of a first article. Where spaCy is installed, its blank English pipeline with an EntityRuler of the
same names reads the same texts: it marks names and makes no claims, so the marking of names alone is set
beside it, too. Engines take turns, so that all meet the same load; printed are medians of the rounds, and
ratios of medians.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final

from g60kg.article import Article
from g60kg.extract import Grammar, extract, load_grammar
from g60kg.extract.view import make_view
from g60kg.register import Entry, Register, load_register
from g60kg.resources import resource

SIZES: Final = (1_000, 10_000, 50_000)
COMPARED: Final = 10_000
ROUNDS: Final = 7
ARTICLES: Final = 10
SIZE: Final = 8_000
_FIRST: Final = (
    "Hua",
    "Xin",
    "Zhong",
    "Jin",
    "Tai",
    "Long",
    "Bei",
    "Nan",
    "Dong",
    "Xi",
    "Yun",
    "Hai",
    "Guang",
    "An",
)
_SECOND: Final = (
    "wei",
    "tong",
    "ke",
    "da",
    "mao",
    "chuang",
    "sheng",
    "rui",
    "feng",
    "lian",
    "yuan",
    "ji",
    "hong",
)
_FIELD: Final = ("Robotics", "Biotech", "Photonics", "Battery", "Sensor", "Aerospace", "Materials", "Display")
_KIND: Final = ("Co Ltd", "Group", "Industrial Park", "Research Institute", "Innovation Center", "Technology")

Work = Callable[[str], object]


def texts(count: int = ARTICLES) -> tuple[str, ...]:
    """Return articles of 8 KB: the packaged one with its paragraphs in other orders.

    >>> {len(text) for text in texts(3)} == {len(texts(1)[0])}
    True
    """
    path = resource("data", "articles", "2023-07-11-g60-corridor.txt")
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple("\n".join(lines[at % len(lines) :] + lines[: at % len(lines)]) for at in range(count))


def joined(folder: Path) -> tuple[str, ...]:
    """Return the texts of a folder, joined to articles of 8 KB in the order of their names."""
    found, article = [], ""
    for path in sorted(folder.glob("*.txt")):
        article += path.read_text(encoding="utf-8").strip() + "\n\n"
        if len(article) >= SIZE:
            found.append(article)
            article = ""
    return tuple(found)


def large_register(names: int, seed: int = 60) -> Register:
    """Return the packaged register with made-up entries, so many names in all; the same for the same seed."""
    entries = dict(load_register().entries)
    missing = max(0, names - sum(1 for entry in entries.values() for _ in entry.names()))
    for number, name in enumerate(islice(_made_up(Random(seed)), missing)):
        entry = Entry(f"made-{number:06}", ("g60:Company",), name, "made up for a benchmark")
        entries[entry.id] = entry
    return Register(entries)


def _made_up(random: Random) -> Iterator[str]:
    """Yield names that no text has, each once."""
    seen: set[str] = set()
    while True:
        stem = random.choice(_FIRST) + random.choice(_SECOND) + random.choice(("", *_SECOND))
        name = f"{stem} {random.choice(_FIELD)} {random.randrange(1000)} {random.choice(_KIND)}"
        if name not in seen:
            seen.add(name)
            yield name


def whole(grammar: Grammar) -> Work:
    """Return the whole extraction: from a text to claims."""
    return lambda text: extract(Article("benchmark", text, date="2023-07-11"), grammar)


def names_alone(grammar: Grammar) -> Work:
    """Return the part of it that marks known names."""
    return lambda text: list(grammar.names.marks(make_view(text).text, None))


def spacy_ruler(register: Register) -> Work | None:
    """Return spaCy's blank English pipeline with an EntityRuler of the same names; None without spaCy."""
    try:
        spacy: Any = import_module("spacy")
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    with nlp.select_pipes(disable=["entity_ruler"]):
        ruler.add_patterns(
            [
                {"label": name.entry.types[0], "pattern": name.name, "id": name.entry.id}
                for name in register.names()
            ]
        )
    run: Work = nlp
    return run


def medians(
    works: Mapping[str, Work], rounds: int = ROUNDS, read: Sequence[str] = texts(ARTICLES)
) -> dict[str, float]:
    """Return the median seconds that each takes for an article; they take turns, a first round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            start = time.process_time()
            for text in read:
                work(text)
            times[name].append((time.process_time() - start) / len(read))
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def compare(names: int = COMPARED, rounds: int = ROUNDS) -> list[str]:
    """Return the lines that set the extraction beside spaCy, with a register of so many names."""
    register = large_register(names)
    grammar = load_grammar(register)
    works = {"g60kg, text to claims": whole(grammar), "g60kg, names alone": names_alone(grammar)}
    spacy = spacy_ruler(register)
    if spacy is not None:
        works["spaCy blank + EntityRuler"] = spacy
    found = medians(works, rounds)
    lines = [
        "| engine | articles a second | ms an article | speed against spaCy |",
        "| --- | ---: | ---: | ---: |",
    ]
    base = found.get("spaCy blank + EntityRuler")
    for name, seconds in found.items():
        ratio = "-" if base is None else f"{base / seconds:.2f}"
        lines.append(f"| {name} | {1 / seconds:,.0f} | {seconds * 1000:.2f} | {ratio} |")
    return (
        lines if spacy is not None else [*lines, "", "spaCy is not installed here: nothing to compare with."]
    )


def growth(sizes: Sequence[int] = SIZES, rounds: int = ROUNDS) -> list[str]:
    """Return the lines that show the time of an article with registers of several sizes."""
    works = {f"{size:,}": whole(load_grammar(large_register(size))) for size in sizes}
    found = medians(works, rounds)
    first = next(iter(found.values()))
    rows = (f"| {size} | {seconds * 1000:.2f} | {seconds / first:.2f} |" for size, seconds in found.items())
    return ["| names | ms an article | ratio |", "| ---: | ---: | ---: |", *rows]


def kinds(folder: Path, names: int = COMPARED, rounds: int = ROUNDS) -> list[str]:
    """Return the lines that set the packaged article beside the texts of a folder."""
    grammar = load_grammar(large_register(names))
    lines = ["| text | ms an article | claims an article |", "| --- | ---: | ---: |"]
    for name, read in (("the packaged article", texts()), ("the texts of the folder", joined(folder))):
        seconds = medians({"": whole(grammar)}, rounds, read)[""]
        claims = sum(len(extract(Article("benchmark", text, date="2023-07-11"), grammar)) for text in read)
        lines.append(f"| {name} | {seconds * 1000:.2f} | {claims / len(read):.0f} |")
    return lines


def first() -> str:
    """Return the line that says how long loading takes, and the extraction that compiles forms."""
    start = time.process_time()
    grammar = load_grammar(load_register())
    loaded = time.process_time()
    re.purge()
    whole(grammar)(texts(1)[0])
    read = time.process_time() - loaded
    return f"Loading register and grammar: {loaded - start:.2f} s; a first article: {read:.2f} s."


def main(say: Callable[[str], None] = print, folder: Path | None = None) -> None:
    """Measure and print."""
    say(first())
    size = len(texts(1)[0].encode()) / 1024
    say(f"Articles of {size:.1f} KB; medians of {ROUNDS} rounds of {ARTICLES}; processor time.\n")
    say(
        "\n".join(
            [f"With {COMPARED:,} names:", "", *compare(), "", "By the size of the register:", "", *growth()]
        )
    )
    if folder is not None:
        say("\n".join(["\nBy the text:", "", *kinds(folder)]))


if __name__ == "__main__":
    main(folder=Path(sys.argv[1]) if len(sys.argv) > 1 else None)
