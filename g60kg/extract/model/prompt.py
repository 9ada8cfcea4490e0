"""What a language model is asked: the ontology, a line for each term, the instructions, one passage.

Goes in: the ontology, `data/model/prompt.yaml`, an article. Comes out: messages of a chat. The same article
and the same names found so far give the same messages, by which a kept reply is found again.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.article import Article
from g60kg.extract.reply import REPLY_SCHEMA, every_key_required
from g60kg.extract.tables import read_table
from g60kg.resources import resource
from g60kg.terms import G60, OWL, RDF, RDFS, SCHEMA, SKOS
from g60kg.text.view import sentence_spans
from g60kg.triples import parse_ontology

_FROM: Final = (RDFS.domain, SCHEMA.domainIncludes)
_TO: Final = (RDFS.range, SCHEMA.rangeIncludes)


def read_vocabulary(path: Path, record: Collection[str], dates: Collection[str]) -> dict[str, list[str]]:
    """Return lines that describe the `classes`, `predicates` and `measures` of an ontology, in its order.

    `record` names the classes that keep the record, `dates` the properties whose values are years and dates.
    Properties that keep the record, those whose inverse is listed, and classes that reasoning fills are left
    out.
    """
    terms: dict[str, _Term] = {}
    hidden = set(record)
    for quad in parse_ontology(path):
        name, value = _own_name(quad.subject), _own_name(quad.object)
        if name is not None:
            terms.setdefault(name, _Term(name, name in dates)).said.append((quad.predicate, quad.object))
        if quad.predicate == OWL.equivalentClass and name is not None:
            hidden.add(name)
        filled = isinstance(quad.subject, BlankNode) and quad.predicate == RDFS.subClassOf
        if value is not None and (filled or quad.predicate == OWL.inverseOf):
            hidden.add(value)
    listed: dict[str, list[str]] = {"classes": [], "predicates": [], "measures": []}
    for term in terms.values():
        if kind := term.kind(hidden, record):
            listed[kind].append(term.line())
    return listed


def _own_name(term: object) -> str | None:
    if isinstance(term, NamedNode) and term.value.startswith(G60.base):
        return term.value.removeprefix(G60.base)
    return None


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of the ontology, and what is said of it."""

    name: str
    dated: bool
    said: list[tuple[NamedNode, object]] = field(default_factory=list)

    def kind(self, hidden: Collection[str], record: Collection[str]) -> str | None:
        """Return the list in which the term belongs: a class that things are said to be of, a measure, or a
        property that joins things of which news speaks.
        """
        types = [value for predicate, value in self.said if predicate == RDF.type]
        if OWL.Class in types:
            return None if self.name in hidden else "classes"
        if OWL.ObjectProperty not in types and OWL.DatatypeProperty not in types:
            return None
        if G60.Measure in types:
            return "measures"
        sides = [self._names(*_FROM), self._names(*_TO)]
        of_news = any(sides) and all(not side or set(side).difference(record) for side in sides)
        return "predicates" if of_news and self.name not in hidden else None

    def _names(self, *predicates: NamedNode) -> list[str]:
        """Return the ontology's own terms that these predicates lead to, each once."""
        names = (_own_name(value) for predicate, value in self.said if predicate in predicates)
        return list(dict.fromkeys(name for name in names if name is not None))

    def line(self) -> str:
        """Return the term as `name (from A or B, to C): definition`."""
        to = self._names(*_TO)
        if (RDF.type, OWL.DatatypeProperty) in self.said:
            to = ["a date" if self.dated else "words"]
        parts = (("from", self._names(*_FROM)), ("to", to), ("a kind of", self._names(RDFS.subClassOf)))
        ends = ", ".join(f"{word} {' or '.join(names)}" for word, names in parts if names)
        texts = (
            value.value
            for predicate, value in self.said
            if predicate == SKOS.definition and isinstance(value, Literal) and value.language == "en"
        )
        return f"{self.name}{f' ({ends})' if ends else ''}: {next(texts, self.name)}"


FORM: Final[Mapping[str, Any]] = every_key_required(REPLY_SCHEMA)
"""The JSON Schema of a reply, as endpoints take it."""
LONGEST: Final = 2_000
"""The most characters of a passage; paragraphs are joined up to it, a longer one is cut between sentences."""
_BEFORE: Final = 800
"""How many characters before a passage are shown with it."""

Message = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of an article's text that is asked about at once."""

    start: int
    end: int


def passages(text: str) -> tuple[Passage, ...]:
    """Return the passages of a text, in order: whole paragraphs, or whole sentences of a long one.

    >>> passages("One.\\n\\nTwo.")
    (Passage(start=0, end=10),)
    """
    found: list[Passage] = []
    for start, end in _pieces(text):
        if found and end - found[-1].start <= LONGEST:
            found[-1] = Passage(found[-1].start, end)
        else:
            found.append(Passage(start, end))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text, and the sentences of one that is too long."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if len(line) > LONGEST:
            yield from ((start + first, start + last) for first, last in sentence_spans(line))
        elif line.strip():
            yield start, end
        start = end + 1


def messages(article: Article, passage: Passage, names: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the messages that ask about a passage; `names` are those found before it, with their classes."""
    words = wording()["passage"]
    parts = (
        (words["title"], article.title),
        (words["date"], article.date),
        (words["names"], "; ".join(f"{name} ({kind})" for name, kind in names.items())),
        (words["before"], article.text[max(0, passage.start - _BEFORE) : passage.start].strip()),
        (words["text"], article.text[passage.start : passage.end]),
    )
    asked = "\n\n".join(f"{label}:\n{said}" for label, said in parts if said)
    return {"role": "system", "content": instructions()}, {"role": "user", "content": asked}


@cache
def instructions() -> str:
    """Return what a model is told of its task, of the vocabulary, and of the form of a reply."""
    words = wording()
    vocabulary = read_vocabulary(resource("ontology", "g60.ttl"), words["record"], words["dates"])
    lists = [
        f"{words['labels'][part]}:\n" + "\n".join(f"- {line}" for line in lines)
        for part, lines in vocabulary.items()
    ]
    shown = f"{words['labels']['example']}:\n{words['example']['text']}"
    reply = json.dumps(words["example"]["reply"], ensure_ascii=False)
    return "\n\n".join([words["instructions"].strip(), *lists, shown, reply])


@cache
def wording() -> Any:
    """Return the table of words that a model is told, with the example that it is shown."""
    return read_table(resource("data", "model", "prompt.yaml"))
