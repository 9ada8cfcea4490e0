"""The stored queries of a folder: listed by name, each read when it is asked for.

Goes in: a folder of `*.rq` files. Comes out: a `Catalogue`.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from g60kg.errors import CatalogueError, UnknownQuery
from g60kg.query.header import parse_query
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
        """Return the query of this name.

        Raises `UnknownQuery` with the nearest names, `CatalogueError` for a malformed file.
        """
        if name not in self._paths:
            raise UnknownQuery(name, get_close_matches(name, self._paths, 3, 0.5))
        if name not in self._read:
            path = self._paths[name]
            self._read[name] = parse_query(name, _text(path), path)
        return self._read[name]

    def groups(self) -> dict[str, tuple[StoredQuery, ...]]:
        """Return the queries by their group, groups and queries sorted by name."""
        names = sorted({query.group for query in self})
        return {group: tuple(query for query in self if query.group == group) for group in names}


def load_catalogue(folder: str | Path) -> Catalogue:
    """Return the catalogue of a folder; its files are not read yet.

    Raises `CatalogueError` where there is no such folder.
    """
    root = Path(folder)
    if not root.is_dir():
        raise CatalogueError("no such folder of queries", path=root, mend="give a folder of *.rq files")
    return Catalogue({path.stem: path for path in root.glob("*.rq")})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CatalogueError("not UTF-8", path=path, mend="save it as UTF-8") from error
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", path=path) from error
