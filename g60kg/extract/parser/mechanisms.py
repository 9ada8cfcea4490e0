"""The mechanisms that read claims from a sentence, in the order in which they run."""

from typing import Final

from g60kg.extract.parser.figures import read_figures
from g60kg.extract.parser.frame_reading import read_frames
from g60kg.extract.parser.reader import Mechanism
from g60kg.extract.parser.relations import read_relations

MECHANISMS: Final[tuple[Mechanism, ...]] = (read_frames, read_relations, read_figures)
