"""Watching the store: whether another build has taken its place.

Goes in: the store's folder. Comes out: the pool, renewed whenever the manifest is another.
"""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from g60kg.serve.front.cache import Cache
from g60kg.serve.front.staff import Staff
from g60kg.store.manifest import NAME

_LOG: Final = logging.getLogger("g60kg.serve")
_PAUSE: Final = 0.5
_PATIENCE: Final = 30.0


class Watch:
    """A look at the manifest of a store's folder, twice a second; a store elsewhere is not watched."""

    def __init__(self, folder: Path | None, staff: Staff, cache: Cache) -> None:
        self._manifest = folder / NAME if folder else None
        self._staff, self._cache = staff, cache
        self._seen = self._look()

    async def run(self) -> None:
        """Watch, for ever."""
        while self._manifest is not None:
            await asyncio.sleep(_PAUSE)
            await self.check()

    async def check(self) -> None:
        """Look once; where the store is another, wait until it is served."""
        seen = self._look()
        if seen is None or seen == self._seen:
            return
        self._seen = seen
        await self._renew()

    async def changed(self) -> None:
        """Wait until the state of the store that a worker made is served to all."""
        self._seen = self._look()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._renew()

    async def _renew(self) -> None:
        before = self._staff.version
        await asyncio.shield(self._staff.renew())
        if self._staff.version != before:
            self._cache.clear()
            _LOG.info("the store was replaced: %s is served now", self._staff.version)

    def _look(self) -> tuple[int, int, int] | None:
        """Return what tells one manifest from another; None where there is none now."""
        if self._manifest is None:
            return None
        try:
            found = self._manifest.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size
