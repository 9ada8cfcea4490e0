"""The tables of the grammar: words, figures, head nouns, words that stand for names.

Goes in: folders of frames, each perhaps with a folder `grammar/`. Comes out: the packaged tables with what
these add: lists grow, named values are added or replaced. What has another form than the packaged table is a
`PatternError` that names the file, and the line or the key.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import yaml

from ..errors import PatternError
from ..resources import resource

FOLDER: Final = "grammar"
_KINDS: Final = {list: "a list", dict: "a mapping", str: "a text", int: "a whole number"}


def load_tables(folders: Iterable[Path] = ()) -> dict[str, Any]:
    """Return the tables by name; those in `FOLDER/grammar/*.yaml` add to the packaged ones of that name."""
    tables = {path.stem: read_table(path) for path in sorted(resource("data", FOLDER).glob("*.yaml"))}
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            if path.stem not in tables:
                raise PatternError("no such table", path=path, mend=f"tables: {', '.join(tables)}")
            own = read_table(path)
            if own is not None:
                tables[path.stem] = _table(tables[path.stem], own, path)
    return tables


def read_table(path: Path) -> Any:
    """Return one table as its file has it."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise PatternError("cannot be read as UTF-8 text", path=path) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "unreadable"
        raise PatternError(f"not YAML: {problem}", path=path, line=mark.line + 1 if mark else None) from error


def _table(base: Any, own: Any, path: Path) -> Any:
    """Return a whole table with what a user adds; its parts are named in the packaged one."""
    parts = set(own) - set(base) if isinstance(base, dict) and isinstance(own, dict) else set()
    if parts:
        name = min(parts, key=str)
        raise PatternError(f"no part {name!r}", path=path, mend=f"parts: {', '.join(base)}")
    return _added(base, own, path, path.stem)


def _added(base: Any, own: Any, path: Path, key: str) -> Any:
    """Return a table, or a part of it, with what a user adds, which must have its form."""
    if type(own) is not type(base):
        raise PatternError(
            f"{key!r} is {_KINDS[type(base)]}", path=path, mend="write it as the packaged one is"
        )
    if isinstance(base, list):
        return [*base, *(_item(base, item, path, key) for item in own if item not in base)]
    if isinstance(base, dict):
        return base | {name: _named(base, name, value, path, key) for name, value in own.items()}
    return own


def _named(base: dict[str, Any], name: Any, value: Any, path: Path, key: str) -> Any:
    """Return a value of a mapping: one that is there grows; a new one has the form of the others."""
    if name in base:
        return _added(base[name], value, path, name)
    forms = {type(other) for other in base.values()}
    if len(forms) != 1 or not isinstance(name, str):
        raise PatternError(
            f"{key!r} has no key {name!r}", path=path, mend=f"keys: {', '.join(map(str, base))}"
        )
    form = forms.pop()
    return _added([] if form is list else form(), value, path, name)


def _item(items: list[Any], item: Any, path: Path, key: str) -> Any:
    """Return an item of a list: a text, or a row with the keys that the other rows have."""
    rows = [row for row in items if isinstance(row, dict)]
    if not isinstance(item, dict if rows else str):
        what = "mappings" if rows else "texts"
        raise PatternError(f"{key!r} lists {what}, not {item!r}", path=path, mend="put it in quotes")
    if isinstance(item, dict):
        _check_row(rows, item, path, key)
    return item


def _check_row(rows: list[dict[str, Any]], row: dict[str, Any], path: Path, key: str) -> None:
    """Refuse a row with a key that no other has, without one that all have, or of another form."""
    forms = {name: type(value) for other in rows for name, value in other.items()}
    needed = set(forms).intersection(*(set(other) for other in rows))
    wrong = [name for name, value in row.items() if type(value) is not forms.get(name)]
    if wrong or needed - set(row):
        state = f"has no such {wrong[0]!r}" if wrong else f"lacks {min(needed - set(row))!r}"
        raise PatternError(f"a row of {key!r} {state}", path=path, mend=f"keys: {', '.join(sorted(forms))}")
