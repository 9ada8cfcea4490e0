"""Those who ask the same at the same time get one answer, made once.

Goes in: requests with their ETags. Comes out: for each a future of the answer. The work goes on as long as
one of them waits.
"""

import asyncio
from dataclasses import dataclass, field
from functools import partial

from g60kg.serve.front.link import Answered
from g60kg.serve.front.pool import Pool
from g60kg.serve.routes import Route
from g60kg.serve.values import Request

Answer = asyncio.Future[Answered]


@dataclass(eq=False, slots=True)
class _Group:
    """Who waits for one piece of work."""

    work: Answer
    waiting: list[Answer] = field(default_factory=list)


class Together:
    """Requests that wait for a pool, those of one ETag as one."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._groups: dict[str, _Group] = {}

    def ask(self, tag: str, route: Route, request: Request, client: str) -> Answer:
        """Return the future of an answer; cancel it where nobody wants it any more. Raises `Refused`."""
        if not tag:
            return self._pool.ask(route, request, client)
        group = self._groups.get(tag)
        if group is None:
            group = _Group(self._pool.ask(route, request, client))
            self._groups[tag] = group
            group.work.add_done_callback(partial(self._done, tag, group))
        own: Answer = asyncio.get_running_loop().create_future()
        group.waiting.append(own)
        own.add_done_callback(partial(_left, group))
        return own

    def _done(self, tag: str, group: _Group, work: Answer) -> None:
        """Give all who wait what came of the work."""
        if self._groups.get(tag) is group:
            del self._groups[tag]
        for own in group.waiting:
            if own.done():
                continue
            if work.cancelled():
                own.cancel()
            elif error := work.exception():
                own.set_exception(error)
            else:
                own.set_result(work.result())


def _left(group: _Group, own: Answer) -> None:
    """End work that nobody waits for."""
    if own.cancelled() and all(each.cancelled() for each in group.waiting):
        group.work.cancel()
