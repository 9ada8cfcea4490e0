"""Sentences read by the parser's core, for the tests of this room."""

from functools import cache

from g60kg.article import Article
from g60kg.extract.parser.frames import Found, Wanted
from g60kg.extract.parser.reader import ParserReader
from g60kg.extract.parser.reading import SentenceReading
from g60kg.register import load_register
from g60kg.text.lexicon import Lexicon, load_lexicon

THINGS = Wanted("Region|Park|Corridor|Organization|Facility|Project|Route|Conference", unknown=True)


@cache
def lexicon() -> Lexicon:
    return load_lexicon(load_register())


@cache
def readings(text: str, date: str | None = "2024-02-19") -> tuple[SentenceReading, ...]:
    """Each sentence of a text, with no mechanism run over it."""
    return tuple(ParserReader(lexicon()).readings(Article("example", text, date=date)))


def last(text: str) -> SentenceReading:
    """The last sentence of a text."""
    return readings(text)[-1]


def roles(text: str, verb: str) -> dict[str, list[str]]:
    """The roles of a verb of the last sentence, as the words of the text that fill them."""
    reading = last(text)
    sentence = reading.sentence
    [token] = [token for token in sentence.doc if sentence.lemma(token) == verb and sentence.is_verb(token)][
        :1
    ]
    return {
        role: [reading.words(sentence.word(each).start, sentence.word(each).end) for each in tokens]
        for role, tokens in sentence.roles(token).items()
    }


def mentioned(text: str, words: str, wanted: Wanted = THINGS) -> list[tuple[str, str]]:
    """What a word of the last sentence mentions: the label and the basis of each thing."""
    reading = last(text)
    sentence = reading.sentence
    [token] = [
        token
        for token in sentence.doc
        if reading.words(sentence.word(token).start, sentence.word(token).end) == words
    ][:1]
    found: list[Found] = reading.mentions.of(token, wanted)
    return [(each.entity.label, each.basis) for each in found]


def modality(text: str, verb: str) -> str | None:
    """The modality of a verb of the last sentence."""
    reading = last(text)
    sentence = reading.sentence
    [token] = [token for token in sentence.doc if sentence.lemma(token) == verb and sentence.is_verb(token)][
        -1:
    ]
    return reading.modality.of(token)
