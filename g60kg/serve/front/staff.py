"""The staff: workers started, ready, and let go.

Goes in: how many are wanted. Comes out: idle ones. Where the store has changed, as many new workers are
started, and only when they are ready they take the places of the old, which end when they have answered.
"""

import asyncio
import logging
from typing import Final, Protocol

from g60kg.errors import G60Error
from g60kg.serve.front.link import Link, start_worker
from g60kg.serve.worker import Setting

_LOG: Final = logging.getLogger("g60kg.serve")
_AGAIN: Final = 1.0
"""Seconds before another is started for a worker that could not open the graph."""


class Work(Protocol):
    """Who has work for the staff."""

    def next(self) -> None:
        """Let those run that wait."""

    def lost(self, link: Link) -> None:
        """Answer the request of a worker that has ended."""


class Staff:
    """Worker processes: `size` of them, of one generation, `enough` of which must be ready for a change."""

    def __init__(self, setting: Setting, size: int, enough: int, work: Work) -> None:
        self.idle: list[Link] = []
        self.all: set[Link] = set()
        self.version = ""
        self.started = 0
        self._setting, self._size, self._enough, self._work = setting, size, enough, work
        self._fresh: list[Link] = []
        self._serving = self._newest = 0
        self._silent = 0
        self._stopping = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewed: asyncio.Future[None] | None = None
        self._again: asyncio.Future[None] | None = None

    def renew(self) -> "asyncio.Future[None]":
        """Start a new generation; the future is done when it serves.

        It fails with `G60Error` where none has served yet and as many as are wanted ended without a word.
        """
        loop = asyncio.get_running_loop()
        if self._renewed is not None:
            self._again = self._again or loop.create_future()
            return self._again
        return self._begin(loop.create_future())

    def _begin(self, renewed: "asyncio.Future[None]") -> "asyncio.Future[None]":
        self._renewed = renewed
        self._newest += 1
        for _ in range(self._size):
            self._start(self._newest)
        return renewed

    def take(self) -> Link | None:
        """Return an idle worker, which is no longer idle; None where there is none."""
        return self.idle.pop() if self.idle else None

    def serves(self, link: Link) -> bool:
        """Whether a worker is of the generation that serves."""
        return link.generation == self._serving

    def give_back(self, link: Link) -> None:
        """Let a worker wait for its next request, or end it where its generation is over."""
        if link.generation == self._serving:
            self.idle.append(link)
        else:
            link.close()

    def ready(self, link: Link) -> None:
        """Take a worker that has opened the graph."""
        if link.generation == self._serving:
            self.idle.append(link)
            self._work.next()
        elif link.generation == self._newest:
            self._fresh.append(link)
            self._change()
        else:
            link.close()

    def lost(self, link: Link) -> None:
        """Replace a worker that has ended."""
        self.all.discard(link)
        for places in (self.idle, self._fresh):
            if link in places:
                places.remove(link)
        self._work.lost(link)
        if link.generation == self._newest and not self._stopping:
            self._replace(link)
        self._change()

    def _replace(self, link: Link) -> None:
        if link.is_ready:
            self._start(link.generation)
            return
        _LOG.error("a worker could not start: %s", link.said or "it ended")
        self._silent += not link.said
        if not self._serving and self._silent >= self._size:
            self._give_up()
        else:
            asyncio.get_running_loop().call_later(_AGAIN, self._start, link.generation)

    def _give_up(self) -> None:
        """Tell who waits for the first workers that none will come: they end before they can say why."""
        self._stopping = True
        if self._renewed is not None and not self._renewed.done():
            error = G60Error("the processes that answer end as they start", mend="see what they wrote above")
            self._renewed.set_exception(error)

    def _start(self, generation: int) -> None:
        if generation == self._newest and not self._stopping:
            task = asyncio.get_running_loop().create_task(self._started(generation))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _started(self, generation: int) -> None:
        self.started += 1
        self.all.add(await start_worker(self, self._setting, generation))

    def _change(self) -> None:
        """Let the new generation serve once enough of it is ready, or none of the old is left."""
        old = any(link.generation == self._serving for link in self.all)
        if not self._fresh or (len(self._fresh) < self._enough and old):
            return
        gone, self.idle, self._fresh = self.idle, self._fresh, []
        self._serving, self.version = self._newest, self.idle[0].version
        for link in gone:
            link.close()
        self._work.next()
        self._told()

    def _told(self) -> None:
        """Tell who waits for the change, and begin the next where it is wanted."""
        if self._renewed is not None and not self._renewed.done():
            self._renewed.set_result(None)
        again, self._again, self._renewed = self._again, None, None
        if again is not None:
            self._begin(again)

    def stop(self) -> None:
        """End all workers."""
        self._stopping = True
        for link in tuple(self.all):
            link.kill()
