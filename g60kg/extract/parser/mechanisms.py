"""The mechanisms that read claims from a sentence, in the order in which they run."""

from typing import Final

from g60kg.extract.parser.figures import read_figures
from g60kg.extract.parser.reader import Mechanism

MECHANISMS: Final[tuple[Mechanism, ...]] = (read_figures,)
