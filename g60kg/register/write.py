"""Writing entries into a user's register file.

Goes in: the fields of an entry, a file. Comes out: the file with the entry at its end, whole and checked, or
as it was before.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from g60kg.errors import RegisterError

ENDING: Final = ".yaml"


def plain_name(name: str) -> str:
    r"""Return a name as a file writes it: with straight apostrophes, and signs that mean nothing else.

    >>> plain_name("Haier’s {new} Park")
    "Haier's \\{new\\} Park"
    """
    return re.sub(r"([{}\\])", r"\\\1", " ".join(name.replace("’", "'").split()))


def entry_text(fields: Mapping[str, Any]) -> str:
    """Return an entry as an item of a YAML list, its fields in the order given.

    >>> entry_text({"id": "wuhu", "type": "City", "zh": "芜湖市"}).splitlines()
    ['- id: wuhu', '  type: City', '  zh: 芜湖市']
    """
    text: str = yaml.safe_dump([dict(fields)], allow_unicode=True, sort_keys=False, width=100)
    return text


def append_entry(file: Path, text: str, check: Callable[[], object]) -> None:
    """Add an entry's text to the end of a register file; `check` reads the register with it.

    Where `check` raises, the file is left as it was. Raises `RegisterError` for a file that cannot be written
    or that a register's folder would not hold.
    """
    if file.suffix != ENDING:
        raise RegisterError("is no register file", path=file, mend=f"end its name in {ENDING}")
    if not file.parent.is_dir():
        raise RegisterError("no such folder", path=file.parent, mend="make the folder, or name another")
    before = _content(file)
    joint = b"" if before is None or before.endswith(b"\n") or not before else b"\n"
    _replace(file, (before or b"") + joint + text.encode())
    try:
        check()
    except BaseException:
        if before is None:
            file.unlink(missing_ok=True)
        else:
            _replace(file, before)
        raise


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RegisterError(f"cannot be read: {error.strerror}", path=file) from error


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole, by rename."""
    temporary = file.with_name(f".{file.name}.new")
    try:
        temporary.write_bytes(content)
        if file.exists():
            temporary.chmod(file.stat().st_mode & 0o777)
        os.replace(temporary, file)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise RegisterError(
            f"cannot be written: {error.strerror}", path=file, mend="choose another file"
        ) from error
