"""The packaged reader and the texts, read once for all tests of this room."""

from functools import cache
from pathlib import Path

from g60kg.article import Article
from g60kg.extract import Extractor, claim_line, load_extractor
from g60kg.model import Claim
from g60kg.register import load_register
from g60kg.resources import resource
from g60kg.text import Lexicon

CORRIDOR = resource("data", "articles", "2023-07-11-g60-corridor.txt")
SHARED = Path(__file__).parents[2].parent / "shared"
TEXTS = SHARED / "articles"


@cache
def extractor() -> Extractor:
    return load_extractor(load_register())


@cache
def lexicon() -> Lexicon:
    return extractor().lexicon


@cache
def corridor() -> Article:
    return Article.from_file(CORRIDOR)


@cache
def corridor_claims() -> tuple[Claim, ...]:
    return extractor().claims(corridor())


@cache
def development_texts() -> tuple[Article, ...]:
    """The texts beside the project, whose names begin with their dates; () where there are none."""
    paths = sorted(TEXTS.glob("*.txt"))
    return tuple(Article.from_file(path, date=path.name[:10]) for path in paths if path.name != CORRIDOR.name)


def article(text: str, date: str | None = None, note: str | None = None) -> Article:
    return Article("example", text, date=date, note=note)


@cache
def claims(text: str, date: str | None = None, note: str | None = None) -> tuple[Claim, ...]:
    return extractor().claims(article(text, date, note))


def lines(text: str, date: str | None = None, note: str | None = None) -> list[str]:
    return [claim_line(claim) for claim in claims(text, date, note)]
