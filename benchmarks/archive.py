"""An archive of articles with known truth: sentences with variables, so that all they state is known.

Most articles are of their own. Some repeat one before them: as a wire copy (another head, a paragraph less)
or told in other words, as a second translation is. Some contradict: a company has two seats, or is a
subsidiary of its own subsidiary. Some things bear the same name (Suzhou in Jiangsu and Suzhou in Anhui). The
same seed gives the same archive. Its sentences are in `archive.yaml`.

`python -m benchmarks.archive COUNT FOLDER` writes the texts, with `list.jsonl` for `g60kg add --list`.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from g60kg import Article

Truth = tuple[str, str, str]
"""Subject, property and object: a name, or the text of a number or a year."""


@dataclass(frozen=True, slots=True)
class Made:
    """An article, what it states, and the id of the article that it repeats, if any."""

    article: Article
    truths: tuple[Truth, ...]
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be said: in two wordings, with what is true then; all with the same variables."""

    first: str
    second: str
    truths: tuple[Truth, ...] = ()


def _kinds(name: str) -> tuple[Kind, ...]:
    kinds = (Kind(**{**each, "truths": tuple(map(tuple, each.get("truths", ())))}) for each in _SAID[name])
    return tuple(kinds)


_SAID: Final = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
FACTS: Final = _kinds("facts")
REMARKS: Final = _kinds("remarks")
HEADS: Final = (
    "{place}, {date} - Officials and managers met here to look back on the year.",
    "News from {place} ({date}): the agency's correspondent reports on a meeting.",
)
_PLACES: Final = ("Wuhu", "Hefei", "Jiaxing", "Hangzhou", "Jinhua", "Huzhou", "Xuancheng")
_FIELDS: Final = ("high-end equipment", "new materials", "biomedicine", "new energy")
_SYLLABLES: Final = ("Lan", "Qi", "Ming", "Yue", "Hua", "Xin", "Bei", "Chen", "Zhong", "Yun")
_SYLLABLES_TOO: Final = ("Fan", "Tian", "He", "Rui", "Kai", "Shen", "Lu", "Bo", "Jia", "Tong")
Said = tuple[Kind, dict[str, object]]
_COPIES, _RETOLD, _TWISTED = 0.08, 0.04, 0.01


class Archive:
    """The articles as they come, from one source of chance."""

    def __init__(self, count: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._firms = [f"{self._name(3)} Group" for _ in range(max(10, count // 2))]
        self._homes = {firm: self._chance.choice(_PLACES) for firm in self._firms}
        self._said: list[tuple[str, list[Said]]] = []

    def make(self, number: int) -> Made:
        """Return an article, with this number in its id."""
        way, name = self._chance.random() if self._said else 1.0, f"a{number:06}"
        if way < _COPIES + _RETOLD:
            before, lines = self._chance.choice(self._said)
            again = lines[:-1] if way < _COPIES else lines
            return self._made(name, again, before, retold=way >= _COPIES)
        lines = [(each, self._values()) for each in (*FACTS, self._chance.choice(FACTS), *REMARKS)]
        self._chance.shuffle(lines)
        self._said.append((name, lines))
        return self._made(name, lines)

    def _made(self, name: str, lines: list[Said], repeats: str = "", *, retold: bool = False) -> Made:
        date = f"2024-{self._chance.randrange(1, 13):02}-{self._chance.randrange(1, 29):02}"
        head = self._chance.choice(HEADS).format(place=self._chance.choice(_PLACES), date=date)
        words = ((kind.second if retold else kind.first).format(**values) for kind, values in lines)
        texts = [head, *words]
        truths = [
            (one.format(**values), property, other.format(**values))
            for kind, values in lines
            for one, property, other in kind.truths
        ]
        return Made(Article(name, "\n".join(texts) + "\n", date=date), tuple(truths), repeats)

    def _values(self) -> dict[str, object]:
        chance = self._chance
        (place, other), number = chance.sample(_PLACES, 2), chance.randrange(20, 9000)
        company, owner = sorted(chance.sample(range(len(self._firms)), 2))
        if chance.random() < _TWISTED:
            company, owner = owner, company
        firm = self._firms[company]
        home = chance.choice(_PLACES) if chance.random() < _TWISTED else self._homes[firm]
        return {
            **{name: chance.choice(_SAID[name]) for name in ("who", "what", "when")},
            "place": place,
            "other": other,
            "company": firm,
            "owner": self._firms[owner],
            "home": home,
            "field": chance.choice(_FIELDS),
            "park": self._name(2),
            "province": chance.choice(("Jiangsu", "Anhui")),
            "year": chance.randrange(2010, 2024),
            "number": number,
            "part": f"{chance.randrange(1, 9)}.{chance.randrange(1, 10)}",
        }

    def _name(self, words: int) -> str:
        parts = (
            "".join(self._chance.sample((*_SYLLABLES, *_SYLLABLES_TOO), 2)).capitalize() for _ in range(words)
        )
        return " ".join(parts)


def archive(count: int, seed: int = 1) -> Iterator[Made]:
    """Yield so many articles, each with what it states."""
    source = Archive(count, seed)
    return (source.make(number) for number in range(count))


def write(count: int, folder: Path) -> None:
    """Write so many texts, with a list of what is known of each."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for each in archive(count):
        name = f"{each.article.id}.txt"
        (folder / name).write_text(each.article.text, encoding="utf-8")
        lines.append(json.dumps({"file": name, "date": each.article.date}) + "\n")
    (folder / "list.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
