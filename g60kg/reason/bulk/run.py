"""The state of a run: its tables, how far they have grown, and how far they may.

Goes in: SELECTs that make facts. Comes out: the facts that were not there, inserted with the number of
their round. A fact's round is later than those of its premises.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from g60kg.errors import LimitError
from g60kg.reason.bulk.layout import Layout, Place

if TYPE_CHECKING:
    import duckdb

HELD: Final = 1


@dataclass
class Run:
    """The tables of one run; `now` is the last complete round, `done` the last that rules have seen."""

    connection: "duckdb.DuckDBPyConnection"
    layout: Layout
    limit: int
    done: int = 0
    now: int = HELD
    inferred: int = 0
    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def scan(self) -> None:
        """Note which tables hold anything."""
        tables = ["facts"] if self.layout.flat else sorted(self.layout.tables)
        for table in tables:
            if self._number(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1)"):
                self.mark(table, HELD)

    def mark(self, table: str, at: int) -> None:
        """Note that a table has rows of a round."""
        self.first.setdefault(table, at)
        self.last[table] = max(at, self.last.get(table, at))

    def live(self, table: str, new: bool) -> bool:
        """Tell whether a table has rows that rules have not seen yet (new), or that they have."""
        if table not in self.first:
            return False
        return self.last[table] > self.done if new else self.first[table] <= self.done

    def insert(self, place: Place, selects: Sequence[str]) -> int:
        """Insert what the SELECTs make and the table does not hold, in the round after `now`.

        Raises `LimitError` when more facts were inferred than the limit.
        """
        table, names = place.table, [column for _, column in place.columns]
        same = " AND ".join(f"held.{name} = made.{name}" for name in names)
        made = " UNION ALL ".join(selects)
        added = self._number(
            f"INSERT INTO {table} ({', '.join(names)}, r) SELECT DISTINCT {', '.join(names)}, {self.now + 1} "
            f"FROM ({made}) made WHERE NOT EXISTS (SELECT 1 FROM {table} held WHERE {same})"
        )
        if added:
            self.mark(table, self.now + 1)
            self.inferred += added
            self.check(self.inferred)
        return added

    def check(self, facts: int) -> None:
        """Raise `LimitError` when there are more facts than the limit."""
        if facts > self.limit:
            raise LimitError(
                f"more than {self.limit:,} facts follow, and the closure still grows",
                mend="look for a long transitive chain or many equal names, or raise the limit",
            )

    def _number(self, sql: str) -> int:
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0
