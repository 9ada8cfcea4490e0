"""The verifier: nothing becomes a claim whose words, names, numbers and kinds it does not find in the text."""

from g60kg.extract.verify.bases import Bases, Basis, load_bases
from g60kg.extract.verify.verify import Verifier, verify

__all__ = ["Bases", "Basis", "Verifier", "load_bases", "verify"]
