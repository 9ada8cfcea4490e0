"""The answer of a query: rows that can be read, counted, shown and written.

The terms stay as the store gave them; each becomes a term of rdflib when somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

from g60kg.errors import G60Error, ParameterError
from g60kg.query import write
from g60kg.query.model import StoredQuery
from g60kg.query.values import bind
from g60kg.query.write import to_python, to_rdflib
from g60kg.store.base import Selection, Store, Term

if TYPE_CHECKING:
    from rdflib.term import Identifier


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its terms by name (`row.company`, `row["company"]`), by place, or one after the other.

    A value is a term of rdflib, or None where the variable is unbound.
    """

    _columns: tuple[str, ...]
    _terms: tuple[Term | None, ...]

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Identifier | None]:
        return map(to_rdflib, self._terms)

    def __getitem__(self, key: int | str) -> Identifier | None:
        place = key if isinstance(key, int) else self._place(key)
        return to_rdflib(self._terms[place])

    def __getattr__(self, name: str) -> Identifier | None:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return to_rdflib(self._terms[self._place(name)])
        except KeyError as error:
            raise AttributeError(*error.args) from error

    def __repr__(self) -> str:
        pairs = zip(self._columns, self._terms, strict=True)
        return f"Row({', '.join(f'{name}={term}' for name, term in pairs)})"

    def _place(self, name: str) -> int:
        if name not in self._columns:
            raise KeyError(f"no column {name!r}; columns: {', '.join(self._columns)}")
        return self._columns.index(name)

    def asdict(self) -> dict[str, Any]:
        """Return plain Python values by column."""
        return dict(zip(self._columns, map(to_python, self._terms), strict=True))


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """The rows of an answer, in its order. `columns` names them, `terms` holds the store's own terms.

    >>> from pyoxigraph import Literal
    >>> rows = Rows(("name",), ((Literal("Wuhu"),), (Literal("Hefei"),)))
    >>> len(rows), rows.to_dicts()
    (2, [{'name': 'Wuhu'}, {'name': 'Hefei'}])
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @classmethod
    def of(cls, selection: Selection, limit: int | None = None) -> Rows:
        """Read a selection, of at most `limit` rows."""
        return cls(selection.columns, tuple(islice(selection.rows, limit)))

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.columns, terms) for terms in self.terms)

    @overload
    def __getitem__(self, key: int) -> Row: ...

    @overload
    def __getitem__(self, key: slice) -> Rows: ...

    @overload
    def __getitem__(self, key: str) -> list[Identifier | None]: ...

    def __getitem__(self, key: int | slice | str) -> Row | Rows | list[Identifier | None]:
        """Return a row, the rows of a slice, or the terms of a column; raises `KeyError` for no column."""
        if isinstance(key, slice):
            return Rows(self.columns, self.terms[key])
        return [row[key] for row in self] if isinstance(key, str) else Row(self.columns, self.terms[key])

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return write.table(self.columns, self.terms)

    def _repr_html_(self) -> str:
        return write.html(self.columns, self.terms)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return each row as plain Python values by column."""
        return [row.asdict() for row in self]

    def to_pandas(self) -> Any:
        """Return a pandas `DataFrame` of plain values; a column of numbers has a type of numbers.

        Raises `G60Error` where pandas is not installed.
        """
        try:
            from pandas import DataFrame, Series
        except ImportError as error:
            raise G60Error("pandas is not installed", mend="run pip install 'g60kg[pandas]'") from error
        columns = {
            name: [to_python(row[place]) for row in self.terms] for place, name in enumerate(self.columns)
        }
        return DataFrame({name: Series(values, dtype=_dtype(values)) for name, values in columns.items()})

    def to_csv(self) -> str:
        """Return SPARQL 1.1 results as CSV: values without types, lines ended by CR LF."""
        return write.csv(self.columns, self.terms)

    def to_tsv(self) -> str:
        """Return SPARQL 1.1 results as TSV: terms as Turtle writes them."""
        return write.tsv(self.columns, self.terms)

    def to_json(self) -> str:
        """Return SPARQL 1.1 results as JSON."""
        return write.json(self.columns, self.terms)

    def to_jsonl(self) -> str:
        """Return one JSON object a line, of plain values."""
        return write.jsonl(self.to_dicts())


def _dtype(values: Iterable[Any]) -> str | None:
    """Return pandas' type for values that are all numbers, or all truth values; None for others."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds and kinds <= {int, float, Decimal}:
        return "Int64" if kinds == {int} else "float64"
    return "boolean" if kinds == {bool} else None


def run(
    store: Store,
    query: StoredQuery,
    values: Mapping[str, object] | None = None,
    *,
    limit: int | None = None,
) -> Rows:
    """Return the answer of a stored query, of at most `limit` rows.

    Raises what `bind` raises, `SparqlError`, and `StoreError`.
    """
    if limit is not None and limit < 0:
        raise ParameterError(f"limit: {limit} is less than 0", mend="write 0 or more")
    return Rows.of(store.select(query.text, bind(store, query, values or {})), limit)
