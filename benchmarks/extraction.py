"""How long an article takes from text to claims, beside spaCy's own reading of the same text.

Run as `python -m benchmarks.extraction [FOLDER]`. Both run in one process and take turns, so that they meet
the same load: the whole extraction (names, parse, frames, figures, checks), and `nlp(text)` of the pipeline
that it parses with. Articles are of 8 KB: those of a folder joined, else our evaluation's texts, and the
packaged article without what a person noted of it. Printed are medians, and ratios of medians; then the same
for registers of 1 and 20 times the packaged names; then how long a new process takes to its first claim.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Final

from g60kg.article import Article
from g60kg.extract import Extractor, load_extractor
from g60kg.extract.parser.pipeline import load_pipeline
from g60kg.extract.reply import RecordedReader
from g60kg.register import Entry, Register, load_register
from g60kg.resources import resource

TIMES: Final = (1, 20)
"""So many times the packaged names are in the registers that are compared."""
ROUNDS: Final = 7
ARTICLES: Final = 3
SIZE: Final = 8_000
TEXTS: Final = Path(__file__).parents[1] / "tests" / "evaluate" / "texts"
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
_NEWS: Final = "Tencent has teamed up with Fosun Pharma.\n"

Work = Callable[[str], object]


def packaged() -> str:
    """Return the text of the packaged article, which is of 8 KB."""
    return resource("data", "articles", "2023-07-11-g60-corridor.txt").read_text(encoding="utf-8")


def joined(folder: Path) -> tuple[str, ...]:
    """Return the texts of a folder, joined to articles of 8 KB in the order of their names."""
    found, article = [], ""
    for path in sorted(folder.rglob("*.txt")):
        article += path.read_text(encoding="utf-8").strip() + "\n\n"
        if len(article) >= SIZE:
            found.append(article[: article.rfind("\n", 0, SIZE)])
            article = ""
    return tuple(found)


def large_register(times: int, seed: int = 60) -> Register:
    """Return the packaged register with made-up entries, so many times its names."""
    entries = dict(load_register().entries)
    names = sum(1 for entry in entries.values() for _ in entry.names())
    for number, name in enumerate(islice(_made_up(Random(seed)), (times - 1) * names)):
        entry = Entry(f"made-{number:06}", ("g60:Company",), name, "made up for a benchmark")
        entries[entry.id] = entry
    return Register(entries)


def _made_up(random: Random) -> Iterator[str]:
    """Yield names that no text has, each once."""
    for number in count():
        stem = random.choice(_FIRST) + random.choice(_SECOND) + random.choice(("", *_SECOND))
        yield f"{stem} {random.choice(_FIELD)} {number} {random.choice(_KIND)}"


def parsing(register: Register) -> Extractor:
    """Return the extractor of a register that parses, whatever is noted of an article."""
    return replace(load_extractor(register), recorded=RecordedReader(()))


def whole(extractor: Extractor) -> Work:
    """Return the whole extraction: from a text to claims; nothing is kept from one time to the next."""
    numbers = count()
    return lambda text: extractor.claims(Article(f"benchmark-{next(numbers)}", text, date="2023-07-11"))


def spacy() -> Work:
    """Return what spaCy does with a text by itself: all of the pipeline that the extraction parses with."""
    return load_pipeline()


def medians(works: Mapping[str, Work], read: Sequence[str], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median seconds that each takes for an article; they take turns, a first round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            start = time.process_time()
            for text in read:
                work(text)
            times[name].append((time.process_time() - start) / len(read))
    return {name: statistics.median(found[1:]) for name, found in times.items()}


def compare(texts: Mapping[str, Sequence[str]], rounds: int = ROUNDS) -> list[str]:
    """Return the lines that set the extraction beside spaCy, for several lists of texts."""
    extractor = parsing(load_register())
    lines = [
        "| texts | spaCy alone, ms | text to claims, ms | ratio | claims |",
        "| --- " + "| ---: " * 4 + "|",
    ]
    for name, read in texts.items():
        found = medians({"spacy": spacy(), "whole": whole(extractor)}, read, rounds)
        claims = sum(len(extractor.claims(Article("counted", text, date="2023-07-11"))) for text in read)
        alone, all_of_it = (found[each] * 1000 for each in ("spacy", "whole"))
        cells = f"{alone:.1f} | {all_of_it:.1f} | {all_of_it / alone:.2f} | {claims / len(read):.0f}"
        lines.append(f"| {name} | {cells} |")
    return lines


def growth(read: Sequence[str], times: Sequence[int] = TIMES, rounds: int = ROUNDS) -> list[str]:
    """Return the lines that show the time of an article with registers of several sizes."""
    works = {f"{each}": whole(parsing(large_register(each))) for each in times}
    found = medians(works, read, rounds)
    first = next(iter(found.values()))
    rows = (f"| {size} | {seconds * 1000:.1f} | {seconds / first:.2f} |" for size, seconds in found.items())
    return ["| register | ms an article | ratio |", "| ---: | ---: | ---: |", *rows]


def first_claim(runs: int = 3) -> tuple[float, float]:
    """Return the median seconds of a new process to its end behind its first claim: by the clock, and of the
    processor.
    """
    code = "from g60kg.cli import main; main(['extract', '-', '--format', 'jsonl'])"
    found = []
    for _ in range(runs):
        start, used = time.perf_counter(), _used()
        done = subprocess.run(
            [sys.executable, "-c", code], input=_NEWS, capture_output=True, text=True, check=True
        )
        found.append((time.perf_counter() - start, _used() - used))
        assert "cooperatesWith" in done.stdout
    clock, processor = map(statistics.median, zip(*found, strict=True))
    return clock, processor


def _used() -> float:
    """Return the processor's seconds of the processes that this one has started and that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def main(say: Callable[[str], None] = print, folder: Path = TEXTS, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    texts = joined(folder)[:ARTICLES]
    say(f"Articles of {SIZE / 1000:.0f} KB; medians of {rounds} rounds; processor time.\n")
    say("\n".join(compare({"the packaged article": [packaged()], f"{folder.name}": texts}, rounds)))
    say("\nBy the size of the register, in times of the packaged one:\n")
    say("\n".join(growth(texts, rounds=rounds)))
    clock, processor = first_claim()
    say(
        f"\nThe first claim in a new process: {clock:.2f} s by the clock, {processor:.2f} s of the processor."
    )


if __name__ == "__main__":
    main(folder=Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS)
