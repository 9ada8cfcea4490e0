"""The command line: one file per family of commands, all over `KnowledgeGraph`."""

from g60kg.cli.main import main

__all__ = ["main"]
