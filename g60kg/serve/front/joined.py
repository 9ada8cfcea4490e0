"""A transport that sends what is written in one turn of the event loop in one piece.

Goes in: a transport of asyncio. Comes out: one that is used like it. A piece less is a call of the system
less, and for who reads it a wake-up less.
"""

import asyncio
from typing import Any, Final

_MOST: Final = 1 << 16


class Joined:
    """A transport over another; what is long is written at once, so that its bounds hold."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._parts: list[bytes] = []
        self._size = 0
        self._soon = asyncio.get_running_loop().call_soon

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write bytes, at the end of this turn or when there are many."""
        if not self._parts:
            self._soon(self._flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size > _MOST:
            self._flush()

    def _flush(self) -> None:
        parts, self._parts, self._size = self._parts, [], 0
        if parts and not self._transport.is_closing():
            self._transport.write(parts[0] if len(parts) == 1 else b"".join(parts))

    def close(self) -> None:
        """Write what there is, and close."""
        self._flush()
        self._transport.close()
