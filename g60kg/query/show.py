"""Showing an answer: a plain table for a terminal, HTML for a notebook.

Goes in: columns and rows of terms. Comes out: text. Chinese letters take two places; control
characters, which could move a terminal's cursor, are shown as a mark.
"""

from collections.abc import Sequence
from html import escape
from typing import Final
from unicodedata import category, east_asian_width

from g60kg.query.convert import to_text
from g60kg.store.base import Term

Terms = Sequence[Sequence[Term | None]]
_SHOWN: Final = 100


def table(columns: Sequence[str], rows: Terms) -> str:
    """Return a table in plain text, columns aligned, without a line's end.

    >>> from pyoxigraph import Literal
    >>> print(table(["city", "zh"], [[Literal("Wuhu"), Literal("芜湖市")]]))
    city  zh
    ----  ------
    Wuhu  芜湖市
    """
    cells = [list(columns), *([_cell(term) for term in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(_line(row, widths) for row in cells)


def html(columns: Sequence[str], rows: Terms) -> str:
    """Return an HTML table of the first rows, everything escaped."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(_td(term) for term in row)}</tr>" for row in rows[:_SHOWN])
    more = f"<p>{len(rows) - _SHOWN} more rows</p>" if len(rows) > _SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _td(term: Term | None) -> str:
    return f"<td>{escape(_cell(term))}</td>"


def _cell(term: Term | None) -> str:
    """Return a term's text on one line."""
    text = " ".join(to_text(term).split())
    return "".join("�" if category(letter) == "Cc" else letter for letter in text)


def _width(text: str) -> int:
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    marks = sum(category(letter) in ("Mn", "Me", "Cf") for letter in text)
    return len(text) + wide - marks


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = zip(cells, widths, strict=True)
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in pairs).rstrip()
