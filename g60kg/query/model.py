"""The stored queries: what one is, in frozen values, and those of a folder, each read when it is asked for.

A file is SPARQL under a header, which `header.py` reads; who asks no stored query imports no YAML.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import dropwhile
from pathlib import Path
from typing import Final, Self

from g60kg.errors import CatalogueError, UnknownQuery

TYPES: Final = ("entity", "string", "integer", "decimal", "year", "date", "unit", "language")
MARK: Final = "#+"
"""With this the lines of a header begin."""
EVIDENCE: Final = ("quote", "article", "date", "basis", "status")
"""The columns that a query has, after its own, whose header says what a row states."""


class Text(str):
    """A text in English, with the same in Chinese in `zh`, which is empty where nobody wrote it.

    >>> title = Text("Companies by industry", "各产业的企业")
    >>> title, title.zh, title.said_in("zh"), Text("Parks").said_in("zh")
    ('Companies by industry', '各产业的企业', '各产业的企业', 'Parks')
    """

    __slots__ = ("zh",)

    zh: str

    def __new__(cls, en: str, zh: str = "") -> Self:
        """Return the text of two languages."""
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    @property
    def en(self) -> str:
        """The English text, as a plain `str`."""
        return str(self)

    def said_in(self, language: str) -> str:
        """Return the text in a language, `en` or `zh`; in English where it is not in that one."""
        return (self.zh if language == "zh" else "") or self.en

    def language_in(self, language: str) -> str:
        """Return the language of what `said_in` returns."""
        return "zh" if language == "zh" and self.zh else "en"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that a user may bind.

    `type` is one of `TYPES`. `class_` is the CURIE of the class that an entity belongs to, or of the property
    that it is a sub-property of; None admits any entity. A parameter that is neither required nor
    given, and has no default, stays unbound: the query answers for all its values. `column` is the variable
    that it binds, where that has another name; `below` the CURIE of a property along which what stands below
    a value counts, too; `aliases` are its old names; a `hint` is a value that the examples do not go with.
    What has a `role` (`from`, `to`, `top`) binds none: it picks rows by their year, or by their size.
    """

    name: str
    description: Text
    type: str
    class_: str | None = None
    default: str | None = None
    example: str | None = None
    required: bool = False
    column: str = ""
    below: str = ""
    aliases: tuple[str, ...] = ()
    role: str = ""
    hint: str | None = None

    @property
    def variable(self) -> str:
        """The variable that it binds; of one with a role, its name."""
        return self.column or self.name


YEARS: Final = tuple(
    Parameter(name, Text(f"The {en} year.", f"{zh}年份。"), "year", hint=hint, role=name)
    for name, en, zh, hint in (("from", "first", "起始", "2017"), ("to", "last", "截止", "2023"))
)
"""What every query with a column `year` takes, too."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's answer and what stands in it."""

    name: str
    description: Text


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question kept as a file: its header, and the SPARQL text that any tool can run.

    `group` is for listing; what is for a `maintainer` is listed on demand. `expects_none` says that a
    sound graph gives no row. `evidence` names what a row states: the column of a claim, or subject, property
    and object, each a column or a CURIE. `aliases` are the queries that it took in, with their values.
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
    evidence: tuple[str, ...] = ()
    maintainer: bool = False
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def sparql(self) -> str:
        """The SPARQL alone, without the header."""
        return "".join(dropwhile(lambda line: line.startswith(MARK), self.text.splitlines(keepends=True)))

    @property
    def example(self) -> dict[str, str]:
        """The values that the header gives as examples, by parameter: together they have an answer."""
        return {each.name: each.example for each in self.parameters if each.example}


class Catalogue:
    """Stored queries by name, sorted. A file is read when its query is first looked at.

    >>> from g60kg.resources import resource
    >>> load_catalogue(resource("queries"))["companies-by-industry"].title
    'Companies by industry'
    """

    def __init__(self, paths: dict[str, Path]) -> None:
        self._paths = dict(sorted(paths.items()))
        self._read: dict[str, StoredQuery] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all queries, sorted; no file is read."""
        return tuple(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[StoredQuery]:
        return (self[name] for name in self._paths)

    def __getitem__(self, name: str) -> StoredQuery:
        """Return the query of this name, or the one that took it in, asked for what it gave.

        Raises `UnknownQuery` with the nearest names, `CatalogueError` for a malformed file.
        """
        if name in self._paths:
            if name not in self._read:
                from g60kg.query.header import read_query

                self._read[name] = read_query(self._paths[name])
            return self._read[name]
        for query in self:
            if name in query.aliases:
                values = query.aliases[name]
                parameters = (replace(p, default=values.get(p.name, p.default)) for p in query.parameters)
                return replace(query, parameters=tuple(parameters))
        known = [*self._paths, *(alias for query in self for alias in query.aliases)]
        raise UnknownQuery(name, get_close_matches(name, known, 3, 0.5))

    def groups(self, *, maintainer: bool = False) -> dict[str, tuple[StoredQuery, ...]]:
        """Return the queries by group, sorted by name; those for maintainers apart."""
        shown = [query for query in self if query.maintainer == maintainer]
        names = sorted({query.group for query in shown})
        return {group: tuple(query for query in shown if query.group == group) for group in names}


def load_catalogue(*folders: str | Path) -> Catalogue:
    """Return the catalogue of folders, of which a later one replaces by name; no file is read yet.

    Raises `CatalogueError` where there is no such folder.
    """
    paths: dict[str, Path] = {}
    for root in map(Path, folders):
        if not root.is_dir():
            raise CatalogueError("no such folder of queries", path=root, mend="give a folder of *.rq files")
        paths |= {path.stem: path for path in root.glob("*.rq")}
    return Catalogue(paths)
