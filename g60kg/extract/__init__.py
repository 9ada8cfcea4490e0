"""Articles to claims: readers propose, one verifier accepts (docs/ARCHITECTURE.md).

Goes in: an article. Comes out: claims, each with the exact words that say it, and what was refused.
"""

from g60kg.extract.claims import claim_line
from g60kg.extract.explain import (
    Explained,
    ExplainedSentence,
    Marked,
    MarkedSentence,
    Refused,
    explain,
    mark,
    refused_of,
)
from g60kg.extract.extractor import Extractor, load_extractor
from g60kg.extract.verify import load_bases

__all__ = [
    "Explained",
    "ExplainedSentence",
    "Extractor",
    "Marked",
    "MarkedSentence",
    "Refused",
    "claim_line",
    "explain",
    "load_bases",
    "load_extractor",
    "mark",
    "refused_of",
]
