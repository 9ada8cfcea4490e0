"""Answers kept: those that last, until the graph changes.

Goes in: ETags and responses. Comes out: the response of an ETag. The bytes kept are bounded; those
not asked for longest go first.
"""

from collections import OrderedDict
from typing import Final

from g60kg.serve.values import Response

_LARGEST: Final = 1 << 20
_BESIDE: Final = 1024
"""Bytes that an answer takes beside its body, about: small ones count too, for there may be very many."""


class Cache:
    """Responses by ETag, `most` bytes of them."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[str, Response] = OrderedDict()

    def get(self, tag: str) -> Response | None:
        """Return the response of a tag, if it is kept."""
        found = self._kept.get(tag)
        if found is not None:
            self._kept.move_to_end(tag)
        return found

    def put(self, tag: str, response: Response) -> None:
        """Keep a response, if it is not too large."""
        if _size(response) > min(_LARGEST, self.most) or tag in self._kept:
            return
        self._kept[tag] = response
        self.size += _size(response)
        while self.size > self.most:
            self.size -= _size(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self.size = 0


def _size(response: Response) -> int:
    return len(response.body) + _BESIDE
