"""What a language model is asked: the ontology, a line for each term, the instructions, one passage.

Goes in: the ontology, `data/model/prompt.yaml`, an article. Comes out: messages of a chat. The same article
and the same names found so far give the same messages, by which a kept reply is found again.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from g60kg.triples import Triples, parse_ontology

_ENDS: Final = {
    "from": (RDFS.domain, SCHEMA.domainIncludes),
    "to": (RDFS.range, SCHEMA.rangeIncludes),
    "a kind of": (RDFS.subClassOf,),
}


def read_vocabulary(path: Path, record: Collection[str], dates: Collection[str]) -> dict[str, list[str]]:
    """Return lines that describe the `classes`, `predicates` and `measures` of an ontology, in its order.

    A line is `name (from A or B, to C): definition`. `record` names the classes that keep the record, `dates`
    the properties whose values are years and dates. Properties that keep the record, those whose inverse is
    listed, and classes that reasoning fills are left out.
    """
    held = Triples(parse_ontology(path))
    filled = (each for one, name, each in held if name == RDFS.subClassOf and isinstance(one, BlankNode))
    hidden = {*record, *_own(filled), *_own(each for _, name, each in held if name == OWL.inverseOf)}
    hidden.update(_own(each for each, name, _ in held if name == OWL.equivalentClass))
    listed: dict[str, list[str]] = {"classes": [], "predicates": [], "measures": []}
    for name in _own(each for each, _, _ in held):
        term = G60[name]
        kinds = held.objects(term, RDF.type)
        ends = {
            word: _own(each for way in ways for each in held.objects(term, way))
            for word, ways in _ENDS.items()
        }
        sides = [set(ends["from"]), set(ends["to"])]
        is_of_news = any(sides) and all(not side or side.difference(record) for side in sides)
        if OWL.DatatypeProperty in kinds:
            ends["to"] = ["a date" if name in dates else "words"]
        elif OWL.ObjectProperty not in kinds and (OWL.Class not in kinds or name in hidden):
            continue
        part = "classes" if OWL.Class in kinds else "measures" if G60.Measure in kinds else "predicates"
        if part == "predicates" and (name in hidden or not is_of_news):
            continue
        said = ", ".join(f"{word} {' or '.join(names)}" for word, names in ends.items() if names)
        told = [each for each in held.objects(term, SKOS.definition) if isinstance(each, Literal)]
        meaning = next((each.value for each in told if each.language == "en"), name)
        listed[part].append(f"{name}{f' ({said})' if said else ''}: {meaning}")
    return listed


def _own(terms: Iterable[object]) -> list[str]:
    """Return the names of those terms that are the ontology's own, each once."""
    iris = (term.value for term in terms if isinstance(term, NamedNode))
    return list(dict.fromkeys(iri.removeprefix(G60.base) for iri in iris if iri.startswith(G60.base)))


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
