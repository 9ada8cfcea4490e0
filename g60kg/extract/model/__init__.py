"""A language model as a reader (docs/extraction.md): `ModelReader`, and the one that options name."""

from g60kg.extract.model.endpoint import Limits
from g60kg.extract.model.reader import ModelReader, Spent, Watch, model_reader, on_terminal

__all__ = ["Limits", "ModelReader", "Spent", "Watch", "model_reader", "on_terminal"]
