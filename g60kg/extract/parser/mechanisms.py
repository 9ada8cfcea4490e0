"""The mechanisms that read claims from a sentence, in the order in which they run."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from g60kg.extract.parser.datelines import read_dateline
from g60kg.extract.parser.distinctions import read_distinctions
from g60kg.extract.parser.figures import read_figures
from g60kg.extract.parser.frame_reading import frame_mechanism, phrase_mechanism
from g60kg.extract.parser.names_places import read_places_of_names
from g60kg.extract.parser.pipeline import named_spans
from g60kg.extract.parser.reader import Mechanism, ParserReader
from g60kg.extract.parser.relations import read_relations
from g60kg.text.lexicon import Lexicon

MECHANISMS: Final[tuple[Mechanism, ...]] = (
    read_dateline,
    read_places_of_names,
    read_relations,
    read_distinctions,
    read_figures,
)


def load_parser_reader(lexicon: Lexicon, *folders: Path) -> ParserReader:
    """Return the reader that parses, with the frames and phrases of folders over the packaged ones.

    Its lexicon is the given one, helped by the pipeline's recogniser of entities.
    """
    own = (frame_mechanism(*folders), phrase_mechanism(*folders))
    return ParserReader(replace(lexicon, recogniser=named_spans), (*own, *MECHANISMS))
