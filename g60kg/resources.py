"""Where the packaged knowledge lies, in the wheel or in the repository."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a packaged file or folder.

    >>> resource("ontology", "g60.ttl").name
    'g60.ttl'
    """
    packaged = _PACKAGE / "_data"
    root = packaged if packaged.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
