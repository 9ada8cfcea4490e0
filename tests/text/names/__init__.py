"""Names that no register holds, in press prose about other places."""

from pathlib import Path

MARKED = Path(__file__).with_name("marked.yaml")
