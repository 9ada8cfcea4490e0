"""Modules that are imported when something of them is first needed, so that a program begins at once."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any


class Later:
    """A module that is imported when something of it is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what is asked of any value; nobody needs the module for it
            raise AttributeError(name)
        return getattr(import_module(self._name), name)


def later(package: str, names: str) -> Iterator[Later]:
    """Yield modules of a package; who checks types is shown them by an import under `TYPE_CHECKING`.

    >>> dom, etree = later("xml", "dom etree")
    >>> dom.EMPTY_NAMESPACE is None
    True
    """
    return (Later(f"{package}.{name}") for name in names.split())
