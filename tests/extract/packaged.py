"""The packaged grammar and the nine texts, read once for all tests of this room."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from g60kg.extract import Grammar, claim_line, extract, load_grammar
from g60kg.extract.patterns import Pattern
from g60kg.model import Article, Claim
from g60kg.register import load_register
from g60kg.resources import resource

CORRIDOR = resource("data", "articles", "2023-07-11-g60-corridor.txt")
SHARED = Path(__file__).parents[2].parent / "shared"
TEXTS = SHARED / "articles"

needs_shared = pytest.mark.skipif(not TEXTS.is_dir(), reason="no development texts beside the project")


@cache
def grammar() -> Grammar:
    return load_grammar(load_register())


_WHATEVER_THE_PATTERNS: Final = (
    "compiler", "_compiled", "things", "clauses", "naming", "retold", "passed_over",
    "modalities", "governing", "trailing", "_modal", "known",
)  # fmt: skip


def grammar_of(patterns: Iterable[Pattern]) -> Grammar:
    """The packaged grammar with these patterns alone; what it has compiled is shared, for that is slow."""
    whole = grammar()
    few = replace(whole, patterns=tuple(patterns))
    vars(few).update({name: getattr(whole, name) for name in _WHATEVER_THE_PATTERNS})
    return few


@cache
def corridor() -> Article:
    return Article.from_file(CORRIDOR)


@cache
def corridor_claims() -> tuple[Claim, ...]:
    return extract(corridor(), grammar())


@cache
def development_texts() -> tuple[Article, ...]:
    """The texts beside the project, whose names begin with their dates; () where there are none."""
    paths = sorted(TEXTS.glob("*.txt"))
    return tuple(Article.from_file(path, date=path.name[:10]) for path in paths if path.name != CORRIDOR.name)


def article(text: str, date: str | None = None, note: str | None = None) -> Article:
    return Article("example", text, date=date, note=note)


def claims(text: str, date: str | None = None, note: str | None = None) -> tuple[Claim, ...]:
    return extract(article(text, date, note), grammar())


def lines(text: str, date: str | None = None, note: str | None = None) -> list[str]:
    return [claim_line(claim) for claim in claims(text, date, note)]
