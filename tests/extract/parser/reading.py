"""The reader as tests use it, with the claims of a text as lines."""

from functools import lru_cache

from g60kg.extract.parser.distinctions import read_distinctions
from g60kg.extract.parser.frame_checks import read_lines
from g60kg.extract.parser.frame_reading import FrameReading
from g60kg.extract.parser.frames import Frame
from g60kg.extract.parser.phrases import Phrase, PhraseReading
from g60kg.extract.parser.reader import ParserReader, frame_mechanism, phrase_mechanism
from g60kg.extract.parser.relations import read_relations
from g60kg.register import load_register
from g60kg.resources import resource
from g60kg.text.lexicon import Lexicon, load_lexicon


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return load_lexicon(load_register(resource("data", "register")))


@lru_cache(maxsize=1)
def packaged() -> tuple[FrameReading, PhraseReading]:
    return frame_mechanism(), phrase_mechanism()


def reader() -> ParserReader:
    frames, phrases = packaged()
    return ParserReader(lexicon(), (frames, read_relations, read_distinctions, phrases))


def packaged_frames() -> tuple[Frame | Phrase, ...]:
    frames, phrases = packaged()
    return (*frames.frames.all, *phrases.phrases)


def lines(text: str) -> list[str]:
    """Return what is read in a text, without the prefixes of its lines."""
    return [line.replace("id:", "").replace("g60:", "") for line in read_lines(text, reader())]
