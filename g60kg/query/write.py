"""Writing an answer in the formats of SPARQL 1.1, and as lines of plain JSON.

Goes in: columns and rows of terms. Comes out: text. Sources: SPARQL 1.1 Query Results CSV and TSV
Formats; SPARQL 1.1 Query Results JSON Format.
"""

import csv as csv_module
import json as json_module
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.store.base import Term
from g60kg.terms import XSD

Terms = Iterable[Sequence[Term | None]]


def csv(columns: Sequence[str], rows: Terms) -> str:
    """Return CSV: IRIs and literals as their bare text, unbound as nothing."""
    out = StringIO()
    writer = csv_module.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_bare(term) for term in row] for row in rows)
    return out.getvalue()


def tsv(columns: Sequence[str], rows: Terms) -> str:
    """Return TSV: each term as Turtle writes it, unbound as nothing."""
    lines = ["\t".join(f"?{name}" for name in columns)]
    lines += ["\t".join(_turtle(term) for term in row) for row in rows]
    return "".join(f"{line}\n" for line in lines)


def json(columns: Sequence[str], rows: Terms) -> str:
    """Return the JSON of SPARQL results, a row a line; unbound variables are left out."""
    bindings = ",\n".join(
        _compact({name: _object(term) for name, term in zip(columns, row, strict=True) if term is not None})
        for row in rows
    )
    head = _compact({"vars": list(columns)})
    return f'{{"head": {head}, "results": {{"bindings": [\n{bindings}\n]}}}}\n'


def jsonl(rows: Iterable[dict[str, Any]]) -> str:
    """Return one object a line."""
    return "".join(json_module.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in rows)


_compact = json_module.JSONEncoder(ensure_ascii=False).encode
"""An encoder without indents runs in C, and is made once."""


def _bare(term: Term | None) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if term is not None else ""


def _turtle(term: Term | None) -> str:
    r"""Return a term as Turtle writes it; tabs and line ends are escaped.

    >>> _turtle(Literal("a\tb", language="en"))
    '"a\\tb"@en'
    """
    return str(term).replace("\t", "\\t") if term is not None else ""


def _object(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    return {"type": "literal", "value": term.value} | _kind(term)


def _kind(literal: Literal) -> dict[str, str]:
    if literal.language:
        return {"xml:lang": literal.language}
    return {} if literal.datatype == XSD.string else {"datatype": literal.datatype.value}


def _plain(value: object) -> int | float | str:
    """Return what JSON can hold: a number where no digit is lost, else text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return float(str(value)) if Decimal(repr(float(str(value)))) == value else str(value)
