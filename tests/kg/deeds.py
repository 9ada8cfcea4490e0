"""A process that changes a store in every way there is and writes down what it does, until it is ended.

What it will do stands as `? deed key`, and once it is done as `+ deed key`. `State` is what a store holds of
all that, and how each deed changes it.
"""

import json
import os
import random
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

from g60kg import Article, KnowledgeGraph
from g60kg.kg import stages
from g60kg.kg.review import Word
from g60kg.model import Claim
from g60kg.serve.site import Site
from g60kg.serve.sparql.update import change
from g60kg.serve.values import Limits
from g60kg.store.manifest import NAME as MANIFEST
from g60kg.terms import CLAIM, G60, RDF, claims_graph

PACKAGED: Final = "2023-07-11-g60-corridor"
TEXT: Final = "Wuhu covers an area of {},026 square kilometers."
CANDIDATE: Final = "haier-ziya-industrial-park"
ACCEPTED: Final = "register/reviewed.yaml"
NOTES: Final = NamedNode("urn:notes")
START: Final[ForkServerContext] = get_context("forkserver")
START.set_forkserver_preload([__name__, "tests.kg.warm"])
Said = tuple[Article, tuple[Claim, ...]]
_WEIGHTS: Final = {
    "add": 8,
    "remove": 5,
    "note": 5,
    "decide": 5,
    "accept": 5,
    "undo": 5,
    "export": 3,
    "pull": 3,
    "build": 1,
    "repair": 2,
}


def said(number: int) -> Said:
    article = Article(f"n{number}", TEXT.format(number + 1), date="2024-01-01")
    return article, stages.claims_of(article)


def note(place: str, number: int) -> None:
    """Change a store as an update over HTTP does."""
    site = Site(KnowledgeGraph.open(place), Limits(query_seconds=1200), writable=True)
    text = f"INSERT DATA {{ GRAPH {NOTES} {{ <urn:n{number}> a <urn:Note> }} }}"
    change(site, lambda engine: engine.update(text))


def names(kg: KnowledgeGraph) -> set[str]:
    return {str(row.article) for row in kg.articles()}


@dataclass(frozen=True)
class State:
    """What a store holds, of articles that were added, updates over HTTP, and decisions.

    `has_word` and `has_entry`: that a name was accepted, and the entry that this made, in another file.
    `aside` are articles whose addition or removal was killed: where the manifest, too, is lost, nobody knows
    that they do not count.
    """

    articles: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    decisions: int = 0
    has_word: bool = False
    has_entry: bool = False
    aside: frozenset[str] = field(default=frozenset(), compare=False)

    def after(self, deed: str, key: str) -> "State":
        """Return what it holds after a deed; a build or repair makes what articles say, and nothing else."""
        if deed in ("export", "pull"):
            return self
        if deed == "note":
            return replace(self, notes=self.notes | {key})
        return replace(self._changed(deed, key), aside=frozenset())

    def _changed(self, deed: str, key: str) -> "State":
        if deed == "add":
            return replace(self, articles=self.articles | {key})
        if deed == "remove":
            return replace(self, articles=self.articles - {key})
        if deed == "decide":
            return replace(self, decisions=self.decisions + 1)
        if deed == "accept":  # again, where it was killed between the two, or for the first time
            return replace(self.halfway(), has_entry=True)
        if deed == "undo":
            return replace(self, decisions=self.decisions + 1, has_word=False, has_entry=False)
        aside = self.aside if deed == "repair" else frozenset[str]()
        return replace(self, notes=frozenset(), articles=self.articles | aside)

    def halfway(self) -> "State":
        """Return what it holds where a name is accepted, or that taken back, and the entry is not there."""
        return replace(self, decisions=self.decisions + (not self.has_word), has_word=True, has_entry=False)


def state_of(place: Path) -> State:
    """Return what a store holds, which says one thing wherever it says it."""
    if not (place / MANIFEST).exists():  # the repair of what lost it was killed
        KnowledgeGraph.repair(place)
    with KnowledgeGraph.open(place) as kg:
        held = names(kg) - {PACKAGED}
        assert held == set(kg.summary.added)
        assert held == {name for name in held if any(kg.store.match(graph=claims_graph(name)))}
        notes = {str(quad.subject)[6:-1] for quad in kg.store.match(graph=NOTES)}
        said = kg.history()
        has_word, aside = CANDIDATE in said.standing, frozenset(_aside(place))
        return State(frozenset(held), frozenset(notes), len(said.events), has_word, has_entry(place), aside)


def _aside(place: Path) -> Iterator[str]:
    for file in (place / "articles").glob("[!.]*.new"):
        yield json.loads(file.read_text())["id"]


def has_entry(place: Path) -> bool:
    """Whether the name is in the register beside a store."""
    file = place / ACCEPTED
    return file.exists() and CANDIDATE in file.read_text()


def errors_of(told: Path) -> Path:
    """Return the file of what a process said on standard error."""
    return told.with_name(f"{told.name}.err")


def act(place: str, seed: int, told: str, news: list[Said], url: str | None) -> None:
    """Change a store for ever, and write down what is done before and after it is."""
    order = random.Random(seed)
    deeds = {name: weight for name, weight in _WEIGHTS.items() if url or name != "pull"}
    with open(told, "a", buffering=1) as file, open(errors_of(Path(told)), "wb") as errors:
        os.dup2(errors.fileno(), 2)
        file.write("begun\n")
        while True:
            kg = KnowledgeGraph.open(place)
            held = sorted(kg.summary.added)
            new = [each for each in news if each[0].id not in held]
            [deed] = order.choices(list(deeds), list(deeds.values()))
            may = {
                "remove": bool(held),
                "repair": bool(held),
                "add": bool(new),
                "accept": not has_entry(Path(place))
                and CANDIDATE in {each.id for each in kg.candidates().listed},
                "undo": CANDIDATE in kg.history().standing,
            }
            if not may.get(deed, True):
                continue
            key = _key(deed, order, held, new, place)
            file.write(f"? {deed} {key}\n")
            if deed == "add":
                kg.add(*next(each for each in new if each[0].id == key))
            elif deed == "remove":
                kg.remove(key)
            elif deed == "note":
                note(place, int(key))
            elif deed == "decide":
                kg.decide(key, order.choice(("confirmed", "rejected")), by=f"of {seed}")
            elif deed == "accept":
                kg.accept(key, Word())
            elif deed == "undo":
                kg.decide(key, "withdrawn")
            elif deed == "export":
                kg.export(key)
            elif deed == "pull":
                KnowledgeGraph.pull(str(url), key)
            elif deed == "repair":
                (Path(place) / MANIFEST).unlink()
                KnowledgeGraph.repair(place)
            else:
                KnowledgeGraph.build(place, validate=False)
            file.write(f"+ {deed} {key}\n")


def _key(deed: str, order: random.Random, held: list[str], new: list[Said], place: str) -> str:
    if deed == "add":
        return order.choice(new)[0].id
    if deed == "remove":
        return order.choice(held)
    if deed == "note":
        return str(order.randrange(10**6))
    if deed == "decide":
        claims = KnowledgeGraph.open(place).store.match(None, RDF.type, G60.Claim)
        return order.choice(sorted(str(quad.subject)[1:-1].removeprefix(CLAIM.base) for quad in claims))
    if deed in ("accept", "undo"):
        return CANDIDATE
    beside = {"export": "out.nq", "pull": "pulled"}
    return str(Path(place).parent / beside[deed]) if deed in beside else "all"


@contextmanager
def ended(
    place: Path, told: Path, seed: int, news: list[Said], steps: float, url: str | None
) -> Iterator[None]:
    """Start a process that acts, and end it after the block, which begins so many steps after it began.

    A part of a step is a part of the time that the one before it took: whatever the load of the machine.
    """
    told.touch()
    process = START.Process(target=act, args=(str(place), seed, str(told), news, url))
    process.start()
    try:
        begun = last = time.monotonic()
        seen = 0
        while seen <= steps:
            assert process.is_alive(), errors_of(told).read_text()
            now = len(re.findall(r"^(?:begun|[+].*)$", told.read_text(), re.MULTILINE))
            begun, last, seen = (last, time.monotonic(), now) if now > seen else (begun, last, seen)
            time.sleep(0.005)
        time.sleep(steps % 1 * (last - begun))
        yield
    finally:
        process.kill()  # it may have ended by itself, where its disk did
        process.join()


def possible(before: State, told: Path) -> tuple[State, ...]:
    """Return what a store may hold after what was told of it: the last deed is done, or not, or halfway."""
    states: tuple[State, ...] = (before,)
    for line in told.read_text().splitlines():
        sign, _, deed = line.partition(" ")
        if sign in ("?", "+"):
            done = states[0].after(*deed.split(" ", 1))
            halfway = (states[0].halfway(),) if deed.startswith(("accept ", "undo ")) else ()
            states = (states[0], *halfway, done) if sign == "?" else (done,)
    return states


def check_export(path: Path, held: Iterable[object]) -> None:
    """Hold a file that was exported, again and again, to be whole: it has what each state has."""
    if path.exists():
        quads = {str(quad) for quad in parse(path=path, format=RdfFormat.N_QUADS)}
        assert quads.issuperset(map(str, held))
