"""The mechanisms that read claims from a sentence, in the order in which they run."""

from dataclasses import replace
from pathlib import Path

from g60kg.extract.lexicon import Lexicon
from g60kg.extract.parser.distinctions import read_distinctions
from g60kg.extract.parser.figures import read_figures
from g60kg.extract.parser.frame_checks import frames_of
from g60kg.extract.parser.frame_reading import FrameReading
from g60kg.extract.parser.frames import Frame
from g60kg.extract.parser.phrases import Phrase, PhraseReading
from g60kg.extract.parser.pipeline import named_spans
from g60kg.extract.parser.reader import Mechanism, ParserReader
from g60kg.extract.parser.relations import read_relations
from g60kg.resources import resource


def load_parser_reader(lexicon: Lexicon, *folders: Path) -> ParserReader:
    """Return the reader that parses, with the frames and phrases of folders over the packaged ones.

    Its lexicon is the given one, helped by the pipeline's recogniser of entities.
    """
    known = frames_of([resource("data", "frames"), *folders], lexicon)
    frames = FrameReading(each for each in known if isinstance(each, Frame))
    phrases = PhraseReading([each for each in known if isinstance(each, Phrase)])
    mechanisms: tuple[Mechanism, ...] = (frames, read_relations, read_distinctions, phrases, read_figures)
    return ParserReader(replace(lexicon, recogniser=named_spans), mechanisms)
