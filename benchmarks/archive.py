"""How long an archive takes to add: many articles in one step, against one after the other.

The archive is made of sentences with variables, of which each is known to be read. Run:
`python -m benchmarks.archive [COUNT]`; prints the ratio, and what it takes for each article.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from g60kg import Article, KnowledgeGraph
from g60kg.kg.claims import read_claims
from g60kg.store import DiskStore

PLACES: Final = (
    "Wuhu",
    "Hefei",
    "Jiaxing",
    "Hangzhou",
    "Jinhua",
    "Huzhou",
    "Xuancheng",
    "Songjiang District",
)
FIELDS: Final = ("artificial intelligence", "integrated circuit", "biomedicine", "new energy")
SENTENCES: Final = (
    "{place} covers an area of {number:,} square kilometers.",
    "{place} has {number:,} {field} companies.",
    "In {year}, the output of {place} reached {number:,} million yuan.",
    "{name} Technology Co., Ltd. is located in {place}.",
    "{name} Technology Co., Ltd. invested {number:,} million yuan in a {field} plant in {place}.",
    "{place} and {other} signed a strategic cooperation agreement in {year}.",
)
NAMES: Final = ("Lanqi", "Mingyue", "Huaxin", "Beichen", "Zhonglan", "Qiming", "Yunfan", "Tianhe")


def archive(count: int, seed: int = 1) -> Iterator[Article]:
    """Yield so many articles; the same seed gives the same."""
    chance = random.Random(seed)
    for number in range(count):
        lines = []
        for sentence in chance.sample(SENTENCES, 4):
            place, other = chance.sample(PLACES, 2)
            lines.append(
                sentence.format(
                    place=place,
                    other=other,
                    field=chance.choice(FIELDS),
                    name=f"{chance.choice(NAMES)}{chance.choice(NAMES).lower()}",
                    year=chance.randrange(2010, 2024),
                    number=chance.randrange(20, 5000),
                )
            )
        date = f"2024-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        yield Article(f"a{number:05}", "\n".join(lines) + "\n", date=date)


def seconds(act: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    articles = list(archive(count))
    with tempfile.TemporaryDirectory() as room:
        one, many = (KnowledgeGraph.build(Path(room, name), validate=False) for name in ("one", "many"))
        read = seconds(lambda: [read_claims(each, one.summary.overlays) for each in articles])
        alone = seconds(lambda: [one.add(each) for each in articles])
        together = seconds(lambda: list(many.add_many(articles, jobs=1)))
        same = set(one.store.match()) == set(many.store.match())
        assert isinstance(many.store, DiskStore)
        size = sum(many.store.manifest.files.values())
    each, times = (seconds / count for seconds in (read, alone, together)), alone / together
    print(f"{count:,} articles, seconds for each; the same graph: {same}")
    print("read alone {:.3f}, added one after the other {:.3f}, together {:.3f}".format(*each))
    print(f"together is {times:.1f} times as quick; {size / 1024 / count:.0f} KB of store for each article")


if __name__ == "__main__":
    main()
