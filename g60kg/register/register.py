"""The register: the known entities, found by any of their names.

Goes in: entries that were checked together. Comes out: look-ups by id and by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from .entry import Entry, Name
from .index import Index, fold, index_names


@dataclass(frozen=True)
class Register:
    """Entries by id, sorted; two registers with the same entries are equal."""

    entries: Mapping[str, Entry] = field(repr=False)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the entries that bear this name, right or garbled, in any language; () when none does.

        The name must match whole; case, apostrophes and white space apart, nothing is guessed. Several
        entries mean that the name is ambiguous.
        """
        return self._index.get(fold(name), ())

    def nearest(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Return the names that look most like this one, for a person to choose from."""
        near = get_close_matches(fold(name), list(self._spelt), n=count, cutoff=0.5)
        return tuple(self._spelt[folded] for folded in near)

    def names(self) -> Iterator[Name]:
        """Yield every name of every entry with its kind, and its repair when it is garbled."""
        for entry in self.entries.values():
            yield from entry.names()

    @cached_property
    def _index(self) -> Index:
        return index_names(self.entries.values())

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """The right names as they are written, by their folded form."""
        spelt: dict[str, str] = {}
        for name in self.names():
            if name.kind != "garbled":
                spelt.setdefault(fold(name.name), name.name)
        return spelt
