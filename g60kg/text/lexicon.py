"""The names, numbers and times of a text: what every reader and the verifier look words up in."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from g60kg.article import Article
from g60kg.model import Entity
from g60kg.ontology import Ontology, load_ontology
from g60kg.register import Register
from g60kg.terms import curie
from g60kg.text.aliases import Aliases
from g60kg.text.candidates import Heads
from g60kg.text.chinese import Chinese
from g60kg.text.figures import FigureGrammar, rank_marks
from g60kg.text.homonyms import Homonyms
from g60kg.text.labels import Labels, NoThings
from g60kg.text.marks import Figure, Mark, Name, Time, merge
from g60kg.text.names import Names
from g60kg.text.naming import Naming
from g60kg.text.recognised import Recognised, Recogniser
from g60kg.text.times import Times
from g60kg.text.view import View, make_view, sentence_spans


@dataclass(frozen=True)
class AnnotatedText:
    """An article, its plain view, the spans of its sentences, and its marks in order.

    Spans and marks count characters of the view; `view.span` leads back to the article's text.
    """

    article: Article
    view: View
    sentences: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]
    chinese: tuple[Mark, ...] = ()
    """Figures and times in Chinese, in order, which the parser knows nothing of."""
    nearest: frozenset[str] = frozenset()
    """The IRIs of the things that a name stands for because they are nearest to what the text is about."""
    shared: frozenset[str] = frozenset()
    """The names that several things bear, or that stand in the text for another than the one that does."""

    def marks_within(self, start: int, end: int) -> tuple[Mark, ...]:
        """Return the marks that lie wholly in a run of the view."""
        return _within(self.marks, start, end)

    def figures_within(self, start: int, end: int) -> list[Mark]:
        """Return the figures in a run, those in Chinese among them, in order."""
        marks = (*_within(self.marks, start, end), *_within(self.chinese, start, end))
        figures = (mark for mark in marks if isinstance(mark.meaning, Figure))
        return sorted(figures, key=lambda mark: (mark.start, mark.end))

    @cached_property
    def times(self) -> list[Mark]:
        """The times of the text, those in Chinese among them, in order."""
        times = (mark for mark in (*self.marks, *self.chinese) if isinstance(mark.meaning, Time))
        return sorted(times, key=lambda mark: mark.start)

    def times_from(self, start: int, end: int) -> list[Mark]:
        """Return the times that begin in a run."""
        first, last = (bisect_left(self.times, place, key=lambda mark: mark.start) for place in (start, end))
        return self.times[first:last]


def _within(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    first, last = (bisect_left(marks, place, key=lambda mark: mark.start) for place in (start, end))
    return tuple(mark for mark in marks[first:last] if mark.end <= end)


@dataclass(frozen=True)
class Lexicon:
    """The register's names, the classes, and the tables of words, ready to annotate texts."""

    register: Register
    ontology: Ontology
    tables: Mapping[str, Any]
    names: Names
    heads: Heads
    figures: FigureGrammar
    times: Times
    naming: Naming
    recogniser: Recogniser | None = None
    """Helps to tell where names end and what they name; what only looks words up does without."""

    def annotate(self, article: Article) -> AnnotatedText:
        """Return an article's text with its names, figures and times marked; the last one is kept."""
        if self._last.get(article) is None:
            self._last.clear()
            self._last[article] = self._annotate(article)
        return self._last[article]

    @cached_property
    def _last(self) -> dict[Article, AnnotatedText]:
        return {}

    def _annotate(self, article: Article) -> AnnotatedText:
        view = make_view(article.text)
        homonyms = self.homonyms.settle(view.text, self.names.known(view.text, article.note), article.id)
        known = homonyms.marks
        if self.recogniser is None:
            entities = self.naming.settle(view.text, merge(known, self.heads.marks(view.text, known)))
        else:
            entities = self._named(view.text, known, Recognised.of(view.text, self.recogniser(view.text)))
        times, ranks = self.times.marks(view.text, article.date), rank_marks(view.text)
        marks = merge(_placed(entities, view), times, ranks, self.figures.marks(view.text))
        chinese = (*self.chinese.figures(view.text), *self.chinese.times(view.text, article.date))
        return AnnotatedText(
            article,
            view,
            tuple(sentence_spans(view.text)),
            marks,
            tuple(sorted(chinese, key=lambda mark: mark.start)),
            homonyms.nearest,
            homonyms.shared,
        )

    def _named(self, text: str, known: Sequence[Mark], recognised: Recognised) -> tuple[Mark, ...]:
        """Return the names of a text, given the known ones and what was recognised."""
        marks = merge(known, self.heads.marks(text, known, recognised))
        labelled = self.labels.classes(marks, recognised)
        no_things = self.no_things.among(marks, recognised, labelled | self.naming.typed(text, marks))
        things = [
            mark for mark in marks if not (isinstance(mark.meaning, Name) and mark.meaning.text in no_things)
        ]
        return self.aliases.resolve(text, self.naming.settle(text, things, labelled))

    @cached_property
    def homonyms(self) -> Homonyms:
        """What tells which of the things that share a name a text means."""
        return Homonyms(self.ontology, self.containers, lambda iri: self.types.get(iri, frozenset()))

    @cached_property
    def chinese(self) -> Chinese:
        """What reads figures and times in Chinese."""
        return Chinese(self.tables["verify"]["chinese"])

    @cached_property
    def labels(self) -> Labels:
        """What tells unknown names by context and label."""
        return Labels(self.tables["naming"], self.tables["cities"], self.ontology)

    @cached_property
    def no_things(self) -> NoThings:
        """What tells the names of persons, peoples and rivers."""
        rows = self.tables["heads"]["persons"]["before"]
        verbs = ("says", "said", "according to")
        return NoThings(self.tables["naming"], tuple(word for word in rows if word not in verbs))

    @cached_property
    def aliases(self) -> Aliases:
        """What reads other names of things."""
        heads, naming = self.tables["heads"], self.tables["naming"]
        plain = (heads["joinable"], heads["never_first"], naming["nationalities"], naming["directions"])
        words = [*(word for words in plain for word in words), *self.heads.classes, *naming["plain_firsts"]]
        return Aliases(naming, self.ontology, frozenset(words), frozenset(heads["closing"]))

    def is_a(self, entity: Entity, kind: str) -> bool:
        """Tell whether an entity is of a class, or of one of `A|B`."""
        return self.ontology.is_a(entity, kind)

    @cached_property
    def types(self) -> Mapping[str, frozenset[str]]:
        """The classes of each of the register's entries, by its IRI."""
        return {entry.iri.value: frozenset(entry.types) for entry in self.register.entries.values()}

    @cached_property
    def known(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The objects that the register gives for an entity's IRI and a predicate's CURIE."""
        found: dict[tuple[str, str], set[str]] = {}
        for entry in self.register.entries.values():
            for fact in entry.facts:
                found.setdefault((entry.iri.value, curie(fact.predicate)), set()).add(fact.object.value)
        return {key: frozenset(objects) for key, objects in found.items()}

    def above(self, iri: str, predicate: str = "g60:partOf") -> frozenset[str]:
        """Return all that a predicate leads to from an entity, step by step, by the register."""
        return self._above(iri, (predicate,))

    def containers(self, iri: str) -> frozenset[str]:
        """Return all places in which a thing lies, by the register."""
        return self._above(iri, ("g60:partOf", "g60:locatedIn"))

    def _above(self, iri: str, predicates: tuple[str, ...]) -> frozenset[str]:
        if (iri, predicates) not in self._led:
            found: set[str] = set()
            waiting = [iri]
            while waiting:
                at = waiting.pop()
                new = frozenset().union(*(self.known.get((at, each), ()) for each in predicates)) - found
                found |= new
                waiting += sorted(new)
            self._led[iri, predicates] = frozenset(found)
        return self._led[iri, predicates]

    @cached_property
    def _led(self) -> dict[tuple[str, tuple[str, ...]], frozenset[str]]:
        return {}


def load_lexicon(register: Register, *folders: Path) -> Lexicon:
    """Return the lexicon of a register; a folder's `grammar/` adds to the packaged tables of words.

    Raises `PatternError` that names file and line.
    """
    from g60kg.extract.tables import load_tables

    tables = load_tables(folders)
    ontology = load_ontology()
    return Lexicon(
        register,
        ontology,
        tables,
        Names(register.names(), ontology),
        Heads(tables["heads"], ontology),
        FigureGrammar(tables["figures"]),
        Times(tables["times"]),
        Naming(tables["heads"], ontology),
    )


def _placed(marks: Iterable[Mark], view: View) -> Iterator[Mark]:
    """Yield marks whose resolutions tell where in the article, not in its view, the other name stands."""
    for mark in marks:
        said = mark.resolution
        if said is not None:
            start, end = view.span(said.start, said.end)
            mark = replace(mark, resolution=replace(said, start=start, end=end))
        yield mark
