"""How many requests one client may make: a bucket for each, that fills as time goes by.

Goes in: a client's address and the time. Comes out: whether it may, or how long it is to wait. The memory is
bounded: full buckets are forgotten, and where too many clients are known, those not seen for longest.
"""

from collections import OrderedDict
from typing import Final

_CLIENTS: Final = 20_000


class Rate:
    """A rate of requests a second for each client, beyond `burst` at once; a rate of 0 lets all pass.

    >>> rate = Rate(1, burst=2)
    >>> [rate.wait("a", now) for now in (0, 0, 0, 1)]
    [0.0, 0.0, 1.0, 0.0]
    """

    def __init__(self, rate: float, burst: float, *, clients: int = _CLIENTS) -> None:
        self._rate, self._burst, self._most = rate, max(burst, 1), clients
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._spent)

    def wait(self, client: str, now: float) -> float:
        """Count a request of a client; return 0, or the seconds after which it may ask again."""
        if not self._rate:
            return 0.0
        spent, seen = self._spent.pop(client, (0.0, now))
        spent = max(0.0, spent - (now - seen) * self._rate)
        allowed = spent + 1 <= self._burst
        self._spent[client] = (spent + allowed, now)
        if len(self._spent) > self._most:
            self._spent.popitem(last=False)
        return 0.0 if allowed else (spent + 1 - self._burst) / self._rate
