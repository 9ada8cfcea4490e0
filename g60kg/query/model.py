"""What a stored query is: frozen values, read from the header of its file.

Nothing here reads or decides; `header` makes these values, `values` and `run` use them.
"""

from dataclasses import dataclass
from itertools import dropwhile
from typing import Final

from g60kg.query.text import Text

TYPES: Final = ("entity", "string", "integer", "decimal", "year", "date", "unit", "language")
MARK: Final = "#+"
"""With this the lines of a header begin."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that a user may bind.

    `type` is one of `TYPES`. `class_` is the CURIE of the class that an entity belongs to, or of the property
    that it is a sub-property of; None admits any entity. A parameter that is neither required nor
    given, and has no default, stays unbound: the query answers for all its values.
    """

    name: str
    description: Text
    type: str
    class_: str | None = None
    default: str | None = None
    example: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's answer and what stands in it."""

    name: str
    description: Text


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question kept as a file: its header, and the SPARQL text that any tool can run.

    `group` is for listing. `expects_none` says that a sound graph gives no row.
    """

    name: str
    title: Text
    description: Text
    question: Text
    group: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    expects_none: bool = False

    @property
    def sparql(self) -> str:
        """The SPARQL alone, without the header."""
        return "".join(dropwhile(lambda line: line.startswith(MARK), self.text.splitlines(keepends=True)))

    @property
    def example(self) -> dict[str, str]:
        """The values that the header gives as examples, by parameter."""
        return {each.name: each.example for each in self.parameters if each.example is not None}
