"""What a language model is asked: the instructions, and one passage of an article.

Goes in: the ontology, `data/model/prompt.yaml`, an article. Comes out: messages of a chat. The same article
and the same names found so far give the same messages, by which a kept reply is found again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from g60kg.extract.model.vocabulary import read_vocabulary
from g60kg.extract.reply import REPLY_SCHEMA, every_key_required
from g60kg.extract.tables import read_table
from g60kg.model import Article
from g60kg.resources import resource
from g60kg.text.sentences import sentence_spans

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
    words = _words()["passage"]
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
    words = _words()
    vocabulary = read_vocabulary(resource("ontology", "g60.ttl"), words["record"], words["dates"])
    lists = [
        f"{words['labels'][part]}:\n" + "\n".join(f"- {line}" for line in getattr(vocabulary, part))
        for part in ("classes", "predicates", "measures")
    ]
    shown = f"{words['labels']['example']}:\n{example()['text']}"
    reply = json.dumps(example()["reply"], ensure_ascii=False)
    return "\n\n".join([words["instructions"].strip(), *lists, shown, reply])


def example() -> Mapping[str, Any]:
    """Return the example that a model is shown: a text, and the reply to it."""
    shown: Mapping[str, Any] = _words()["example"]
    return shown


@cache
def _words() -> Any:
    return read_table(resource("data", "model", "prompt.yaml"))
