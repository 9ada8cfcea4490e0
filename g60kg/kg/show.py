"""A description as text for a terminal.

Goes in: a `Description`. Comes out: lines: names first, then what was said with its quotes, what the
register adds with its source, and what was inferred.
"""

from collections.abc import Iterator
from itertools import groupby

from g60kg.kg.description import Added, Description, Said, Statement


def description_text(found: Description) -> str:
    """Return a description as lines of text."""
    return "\n".join(
        [*_head(found), *_said(found.said), *_register(found.register), *_inferred(found.inferred)]
    )


def _head(found: Description) -> Iterator[str]:
    """Yield names, IRI, types and other names."""
    names = [found.names.get("en"), found.names.get("zh")]
    yield "  ".join(name for name in names if name) or found.iri
    yield f"{found.iri}  ({', '.join(found.types) or 'no type'})"
    if found.candidate:
        yield "a candidate: this name is not in the register and awaits review"
    if found.also:
        yield f"also: {', '.join(found.also)}"
    if found.garbled:
        yield f"garbled in articles: {', '.join(found.garbled)}"


def _said(said: tuple[Said, ...]) -> Iterator[str]:
    """Yield each claim with its words and their place, claims of the same words together."""
    yield from _title("Said", len(said))
    for quote, claims in groupby(said, key=lambda each: each.quote):
        held = list(claims)
        yield from (f"  {each.statement}{'  [to confirm]' if each.is_proposed else ''}" for each in held)
        yield f"      “{' '.join(quote.text.split())}”"
        yield f"      {quote.article}, {quote.start}–{quote.end}"
        yield from (f"      repaired: {each}" for each in dict.fromkeys(r for s in held for r in s.repairs))
        yield from (f"      {note}" for note in dict.fromkeys(each.note for each in held) if note)


def _register(added: tuple[Added, ...]) -> Iterator[str]:
    yield from _title("The register adds", len(added))
    for each in added:
        yield f"  {each.statement}"
        yield f"      source: {each.source}"


def _inferred(inferred: tuple[Statement, ...]) -> Iterator[str]:
    yield from _title("Inferred", len(inferred))
    yield from (f"  {each}" for each in inferred)


def _title(name: str, count: int) -> Iterator[str]:
    yield ""
    yield f"{name}: {count if count else 'nothing'}"
