"""What reads texts, loaded by the process that others are forked from: each has it at once, and they share it.

Nothing here may start a thread or open a store, which do not survive a fork.
"""

from contextlib import suppress

from g60kg.errors import G60Error
from g60kg.extract.parser.pipeline import load_pipeline
from g60kg.kg import stages

with suppress(G60Error):  # who reads says what is missing
    load_pipeline()
    stages.extractor(stages.PACKAGED)
