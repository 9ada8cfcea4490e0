"""Reading articles from files, and their claims for a user to see.

Goes in: paths, `-` for standard input, and what is known of the articles. Comes out: articles; claims
as lines of JSON or as a table.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal

from g60kg.errors import ArticleError
from g60kg.model import Article, Claim, Entity
from g60kg.query import Rows

STDIN = "-"


@dataclass(frozen=True)
class Claims:
    """The claims of articles, in the order of their texts."""

    claims: tuple[Claim, ...]

    def __len__(self) -> int:
        return len(self.claims)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def to_jsonl(self) -> str:
        """Return one JSON object a line."""
        return "".join(json.dumps(claim.to_json(), ensure_ascii=False) + "\n" for claim in self.claims)

    @cached_property
    def rows(self) -> Rows:
        """The claims as rows to look at: subject, predicate, object, quote and its place."""
        cells = (_cells(claim) for claim in self.claims)
        return Rows(("subject", "predicate", "object", "quote", "start"), tuple(cells))


def _cells(claim: Claim) -> tuple[Literal, ...]:
    value = claim.object
    if isinstance(value, Entity):
        text = value.label
    else:
        comparator = "" if value.comparator in (None, "exact") else value.comparator
        text = " ".join(part for part in (comparator, value.value, value.unit) if part)
    limits = ", ".join(q if isinstance(q, str) else q.label for _, q in claim.qualifiers)
    shown = f"{text} ({limits})" if limits else text
    return (*map(Literal, (claim.subject.label, claim.predicate, shown, claim.quote)), Literal(claim.start))


def read_articles(files: Iterable[str | Path], **known: str | None) -> tuple[Article, ...]:
    """Read articles from files; `known` are `title`, `date`, `url` of them all, where given.

    Raises `ArticleError` for a file that is missing, empty, not UTF-8, binary or too large.
    """
    return tuple(_read(str(file), known) for file in files)


def _read(file: str, known: dict[str, str | None]) -> Article:
    from g60kg.extract import make_article, read_article

    if Path(file).is_dir():
        raise ArticleError("is a folder", path=file, mend="name a text file")
    if file != STDIN:
        return read_article(Path(file), **known)
    given = {name: value for name, value in known.items() if value is not None}
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror}", path="standard input") from error
    return make_article(data, "standard-input", "standard input", **given)


def claims_of_files(files: Iterable[str | Path], **known: str | None) -> Claims:
    """Extract the claims of files; raises what `read_articles` raises."""
    from g60kg.kg.stages import claims_of

    return Claims(tuple(claim for article in read_articles(files, **known) for claim in claims_of(article)))
