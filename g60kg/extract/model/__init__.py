"""A language model as a reader (docs/extraction.md)."""

from g60kg.extract.model.endpoint import Limits
from g60kg.extract.model.reader import ModelReader, Spent

__all__ = ["Limits", "ModelReader", "Spent"]
