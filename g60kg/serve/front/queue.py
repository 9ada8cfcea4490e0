"""Who waits for a worker, and who is next.

Goes in: jobs, each of a client. Comes out: the next one: of the client that has the fewest running, the one
that has waited longest.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from g60kg.serve.front.link import Answered
from g60kg.serve.values import Request


@dataclass(eq=False, slots=True)
class Job:
    """A request that waits or runs. `number` says when it came."""

    request: Request
    client: str
    heavy: bool
    number: int
    done: asyncio.Future[Answered]
    brief: bool = False
    """Whether it may be sent to a worker that has another one yet."""
    timer: asyncio.TimerHandle | None = None
    sent: bool = False
    """Whether a worker has it."""
    began: float = 0.0
    """When it began to run; 0 before."""


class Queue:
    """Jobs that wait, in the order in which they are to run.

    >>> queue, running, loop = Queue(), Counter({"a": 1}), asyncio.new_event_loop()
    >>> done = loop.create_future()
    >>> jobs = [Job(Request("home"), client, False, n, done) for n, client in enumerate("aab")]
    >>> for job in jobs:
    ...     queue.put(job)
    >>> [jobs.index(queue.take(running)) for _ in jobs]
    [2, 0, 1]
    >>> loop.close()
    """

    def __init__(self) -> None:
        self._of: dict[str, deque[Job]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Job]:
        return chain.from_iterable(self._of.values())

    @property
    def oldest(self) -> int:
        """When the job came that has waited longest; no number is as large where there is none."""
        return min((jobs[0].number for jobs in self._of.values()), default=1 << 62)

    def put(self, job: Job) -> None:
        """Let a job wait."""
        self._of.setdefault(job.client, deque()).append(job)
        self._size += 1

    def put_back(self, job: Job) -> None:
        """Let a job wait that has waited before: it is the next of its client."""
        self._of.setdefault(job.client, deque()).appendleft(job)
        self._size += 1

    def first(self, running: Counter[str]) -> Job:
        """Return the job that is next; there must be one."""
        return self._of[self._client(running)][0]

    def take(self, running: Counter[str]) -> Job:
        """Return the job that is next, which no longer waits; there must be one."""
        client = self._client(running)
        job = self._of[client].popleft()
        self._left(client)
        return job

    def _client(self, running: Counter[str]) -> str:
        if len(self._of) == 1:
            return next(iter(self._of))
        return min(self._of, key=lambda each: (running[each], self._of[each][0].number))

    def _left(self, client: str) -> None:
        self._size -= 1
        if not self._of[client]:
            del self._of[client]

    def drop(self, job: Job) -> bool:
        """Take a job out; return whether it waited."""
        jobs = self._of.get(job.client, deque())
        if job not in jobs:
            return False
        jobs.remove(job)
        self._left(job.client)
        return True
