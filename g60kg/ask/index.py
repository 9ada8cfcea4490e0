"""What a store holds, laid out for questions: names, kinds, facts and sentences.

Goes in: a `Source`. Comes out: an `Index`, made once and asked many times. Things are called by their id.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import combinations
from math import log
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.ask import words
from g60kg.ask.model import Fact, Source
from g60kg.ask.words import CHINESE, Lexicon, fold, forms, group, ideas, keys, table, tokens
from g60kg.query import short_forms
from g60kg.resources import resource
from g60kg.terms import ARTICLE, DCTERMS, G60, ID, INFERRED_GRAPH

_HOME: Final = 2
"""Of so many places articles say most: there they are at home."""


class Index:
    """Names, kinds, facts and sentences of a store."""

    def __init__(self, source: Source) -> None:
        self.source, self.store, self.sentences = source, source.store, source.sentences
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        self.types: dict[str, set[str]] = defaultdict(set)
        self.garbled: dict[str, str] = {}
        self.names = Lexicon(read=forms)
        self.parts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._read_names()
        self.facts = list(self._read_facts())
        self.held = {(f.subject, f.predicate, f.object) for f in self.facts if f.plain}
        self.facts_of: dict[str, list[Fact]] = defaultdict(list)
        self.facts_in: dict[int | None, list[Fact]] = defaultdict(list)
        self.owners: dict[str, set[str]] = defaultdict(set)
        for fact in self.facts:
            self.facts_in[fact.where].append(fact)
            for thing in fact.things:
                self.facts_of[thing].append(fact)
            if fact.predicate in ("operates", "investsIn", "builds"):
                self.owners[fact.object].add(fact.subject)
        self.above = self._above()
        self.keys = [frozenset(keys(sentence.text)) for sentence in self.sentences]
        self.ideas = [words.ideas_of(keys(sentence.text)) for sentence in self.sentences]
        self.things = [
            sentence.known.union(*(fact.things for fact in self.facts_in[number]))
            for number, sentence in enumerate(self.sentences)
        ]
        said_of = (fact.subject for fact in self.facts if fact.layer == "said")
        placed = Counter(thing for thing in said_of if "Place" in self.types[thing])
        home = {thing for thing, _ in placed.most_common(_HOME)}
        self.home = home.union(*(self.above.get(thing, ()) for thing in home))

    def rarity(self, key: str) -> float:
        """Return how telling a key is: near 0 for one in every sentence, up to 1."""
        total = len(self.sentences) + 1
        return log(total / (self._counts[key] + 0.5)) / log(total * 2) if total > 1 else 1.0

    @cached_property
    def _counts(self) -> Counter[str]:
        counts = Counter(key for each in self.keys for key in each)
        counts.update(f"idea:{name}" for each in self.ideas for name in each)
        counts.update(f"thing:{name}" for each in self.things for name in each)
        return counts

    @cached_property
    def spelt(self) -> dict[str, str]:
        """The keys of the English words that are known, by how they are written in small letters."""
        texts = [*(each.text for each in self.sentences), *table("stop")["en"], *table("stop")["known"]]
        texts += [word for idea in ideas().values() for word in idea.en]
        texts += [name for names in self.labels.values() for name in names.values() if name.isascii()]
        texts += [str(name) for names in table("names").values() for name in names if str(name).isascii()]
        folded = (fold(text).lower() for text in texts)
        return {text[t.start : t.end]: t.key for text in folded for t in tokens(text)}

    @cached_property
    def known(self) -> frozenset[str]:
        """The keys of the English words that are known."""
        return frozenset(self.spelt.values())

    @cached_property
    def borne(self) -> Counter[str]:
        """How many things bear a key in a name of theirs."""
        return Counter(key for names in self.parts.values() for key in set().union(*names))

    @cached_property
    def first_words(self) -> dict[str, set[str]]:
        """The organizations by the first word of their name, with all others whose name it is in."""
        found: dict[str, set[str]] = defaultdict(set)
        for thing in self.labels:
            for name in self.parts.get(thing, ()) if "Organization" in self.types[thing] else ():
                found[name[0]].add(thing)
        return found

    @cached_property
    def _masked(self) -> dict[tuple[str, ...], set[str]]:
        """The characters that stand where one is left out of a name or word of five or more."""
        words = [name for names in self.parts.values() for name in names]
        words += [keys(word) for idea in ideas().values() for word in idea.zh]
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for word in words:
            for at, key in enumerate(word if len(word) > 4 else ()):
                if CHINESE.match(key):
                    found[(*word[:at], "", *word[at + 1 :])].add(key)
        return found

    def misspelt(self, row: list[str]) -> dict[int, str]:
        """Return where a row of keys is a long name or word but for one character, and the right one."""
        found: dict[int, set[str]] = defaultdict(set)
        lexicons = words.idea_lexicon(), self.names, words.skipped()
        whole = (each for lexicon in lexicons for each in lexicon.find(row))
        known = {at for each in whole if each.end - each.start > 1 for at in range(each.start, each.end)}
        free = [at for at, key in enumerate(row) if CHINESE.match(key) and at not in known]
        for start, end in combinations(range(len(row) + 1), 2):
            for at in free if 5 <= end - start <= 14 else ():
                if start <= at < end:
                    found[at] |= self._masked.get((*row[start:at], "", *row[at + 1 : end]), set())
        return {at: min(it) for at, it in found.items() if len(it) == 1 and row[at] not in it}

    def label(self, thing: str, language: str = "en") -> str:
        """Return the name of a thing in a language, else in the other."""
        names = self.labels.get(thing, {})
        return next((names[each] for each in (language, "en", "zh", "") if each in names), thing)

    def is_of(self, thing: str, classes: Collection[str]) -> bool:
        """Whether a thing is of one of some classes."""
        return not self.types.get(thing, set()).isdisjoint(classes)

    def date_of(self, fact: Fact) -> str:
        """Return the date of the article that says a fact; nothing where none does."""
        return self.sentences[fact.where].date if fact.where is not None else ""

    def is_with(self, number: int, other: int) -> bool:
        """Whether another number is that of a sentence of the same article, too."""
        sentences = self.sentences
        return 0 <= other < len(sentences) and sentences[other].article == sentences[number].article

    @cached_property
    def begun(self) -> dict[str, list[str]]:
        """When each phase of a corridor began."""
        held = [f for f in self.facts if f.predicate in ("startYear", "phaseOf") and f.times]
        return {f.subject: f.times for f in held if "CorridorPhase" in self.types[f.subject]}

    @cached_property
    def home_words(self) -> dict[str, set[str]]:
        """The English words for what each thing of the home is: its classes of one word."""
        named = {thing: [keys(self.label(kind)) for kind in self.types[thing]] for thing in self.home}
        return {thing: {name[0] for name in names if len(name) == 1} for thing, names in named.items()}

    def said_of(self, thing: str) -> bool:
        """Whether an article says anything of a thing."""
        return any(fact.layer == "said" for fact in self.facts_of.get(thing, ()))

    def sentence(self, article: str, start: int) -> int | None:
        """Return the number of the sentence at a place of an article."""
        rows = enumerate(self.sentences)
        return next((n for n, s in rows if s.article == article and s.start <= start < s.end), None)

    def why(self, fact: Fact) -> Any:
        """Return the proof of a fact, or None where it does not hold."""
        found = self.source.why(ID[fact.subject], G60[fact.predicate], fact.node)
        return found if hasattr(found, "parts") else None

    @cached_property
    def repairs(self) -> list[tuple[str, str, str]]:
        """The garbled names that were repaired: each with the thing that is meant, and why."""
        rows = (map(local, row) for row in self.source.query("repairs").terms)
        return list(dict.fromkeys((name, thing, reason) for name, thing, _, reason, *_ in rows))

    def web_place(self, article: str) -> str:
        """Return where an article was published; nothing where that is not known."""
        sources = (quad.object for quad in self.store.match(ARTICLE[article], DCTERMS.source))
        return min((each.value for each in sources if isinstance(each, Literal | NamedNode)), default="")

    def _rows(self, name: str) -> Iterable[tuple[Any, ...]]:
        """Return the rows of a query of `data/ask/`."""
        return self.store.select(resource("data", "ask", f"{name}.rq").read_text("utf-8")).rows

    def _read_names(self) -> None:
        """Read what things are called, and of what classes they are."""
        for thing, naming, name, language in (map(local, row) for row in self._rows("names")):
            if naming in ("prefLabel", "label"):
                self.labels[thing].setdefault(language, name)
            if naming == "hiddenLabel":
                self.garbled[fold(name).lower()] = thing
            if naming != "label" and not (naming == "hiddenLabel" and name[0].islower()):  # "in Japan"
                self._add_name(thing, name)
        for thing, kind in self._rows("kinds"):
            self.types[local(thing)].add(local(kind))
        for thing, names in table("names").items():
            for each in sorted(map(str, names if thing in self.labels else ()), key=len, reverse=True):
                self._add_name(thing, each)
                if not each.isascii() and len(each) > 3:
                    self.labels[thing].setdefault("zh", each)
        self._read_short_names()

    def _read_short_names(self) -> None:
        """Read what an organization is called for short, where it alone is."""
        short: dict[str, set[str]] = defaultdict(set)
        for thing, names in self.labels.items():
            for name in names.values():
                for each in {name, *short_forms(name)}:
                    short[each].add(thing)
        for name, things in short.items():
            row = forms(name)
            is_known = any(found.end - found.start == len(row) for found in self.names.find(row))
            if len(things) == 1 and "Organization" in self.types[min(things)] and not is_known:
                self._add_name(min(things), name)

    def _add_name(self, thing: str, name: str) -> None:
        self.names.add(name, thing)
        self.parts[thing].append(keys(name))

    def _read_facts(self) -> Iterator[Fact]:
        """Yield what articles say, what the register says, and what follows."""
        held = self._limits()
        for claim, subject, predicate, value, article, start in self._rows("claims"):
            limits, figure = held.get(claim, {}), held.get(value, {})
            if figure:
                limits = figure | {name: limits[name] for name in ("modality", "status") if name in limits}
            where = self.sentence(local(article), int(start.value))
            yield Fact(local(subject), local(predicate), local(value), value, limits, "said", where)
        for subject, predicate, value, source in self._rows("register"):
            ends = local(subject), local(predicate), local(value)
            yield Fact(*ends, value, layer="register", source=local(source))
        for name in group("inferred"):
            for subject, _, value, _ in self.store.match(None, G60[name], None, INFERRED_GRAPH):
                if isinstance(value, NamedNode):
                    yield Fact(local(subject), name, local(value), value, layer="inferred")

    def _limits(self) -> dict[object, dict[str, tuple[str, ...]]]:
        found: dict[object, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for node, name, value in self._rows("limits"):
            found[node][local(name)].add(local(value))
        return {node: {n: tuple(sorted(each)) for n, each in row.items()} for node, row in found.items()}

    def _above(self) -> dict[str, dict[str, float]]:
        """Return what each thing is in, in any number of steps."""
        steps: dict[str, dict[str, float]] = defaultdict(dict)
        for fact in self.facts:
            share = table("graph")["up"].get(fact.predicate, 0)
            if share and fact.plain and len(fact.ends) == 2:
                low, high = fact.ends if share > 0 else fact.ends[::-1]
                steps[low][high] = max(abs(share), steps[low].get(high, 0))
        found = {}
        for thing in list(steps):
            seen, waiting = dict(steps[thing]), list(steps[thing])
            while waiting:
                each = waiting.pop()
                for high, share in steps.get(each, {}).items() if seen[each] > 0.6 else ():
                    if high not in seen and high != thing and share > 0.6:  # a district is no member city
                        seen[high] = min(share, seen[each])
                        waiting.append(high)
            found[thing] = seen
        return found


def local(node: object) -> str:
    """Return a thing as questions call it: its id, the end of its IRI, or what a literal says.

    >>> local(ID["wuhu"]), local(G60.area), local(Literal("2018"))
    ('wuhu', 'area', '2018')
    """
    if isinstance(node, NamedNode):
        for base in (ID.base, ARTICLE.base):
            if node.value.startswith(base):
                return node.value.removeprefix(base)
        return node.value.rpartition("#")[2].rpartition("/")[2]
    return node.value if isinstance(node, Literal | BlankNode) else str(node)
