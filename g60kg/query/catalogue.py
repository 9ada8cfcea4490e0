"""The stored queries of a folder: listed by name, each read when it is asked for.

A file is SPARQL under a header, which `header.py` reads; who asks no stored query imports no YAML.
"""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from g60kg.errors import CatalogueError, UnknownQuery
from g60kg.query.model import StoredQuery


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
