"""The verifier: no claim without its words, names, numbers and kinds in the text."""

from g60kg.extract.verify.bases import Bases, Basis, load_bases
from g60kg.extract.verify.verify import Verifier

__all__ = ["Bases", "Basis", "Verifier", "load_bases"]
