"""What is sent to a worker ahead: brief requests that it finds when it has answered the one before.

Goes in: jobs, and the workers they were sent to. Comes out: which one a worker has next. A worker need then
not wait until the front wakes up; what is sent to one that turns out to be slow is taken back, and runs where
it is answered first.
"""

from collections import deque
from collections.abc import Iterable
from typing import Final

from g60kg.serve.front.link import Link
from g60kg.serve.front.queue import Job

_DEPTH: Final = 4


class Ahead:
    """Jobs sent to workers that have another one yet, `depth` at most to each."""

    def __init__(self, depth: int = _DEPTH) -> None:
        self._depth = depth
        self._of: dict[Link, deque[Job]] = {}
        self._kept: dict[Link, int] = {}

    def __len__(self) -> int:
        """Return how many wait behind another, those that were taken back not among them."""
        return sum(self._kept.values())

    def put(self, link: Link, job: Job) -> None:
        """Take note of a job that was sent to a worker."""
        self._of.setdefault(link, deque()).append(job)
        self._kept[link] = self._kept.get(link, 0) + 1

    def room(self, links: Iterable[Link]) -> Link | None:
        """Return the worker with the fewest jobs ahead; None where each has enough."""
        link = min(links, key=self._number, default=None)
        return link if link is not None and self._number(link) < self._depth else None

    def _number(self, link: Link) -> int:
        return len(self._of.get(link, ()))

    def next(self, link: Link) -> Job | None:
        """Return the job that a worker has now that it has answered another; None where it has none."""
        jobs = self._of.get(link)
        if not jobs:
            return None
        self._kept[link] = min(self._kept[link], len(jobs) - 1)
        job = jobs.popleft()
        if not jobs:
            del self._of[link], self._kept[link]
        return job

    def take_back(self, link: Link) -> list[Job]:
        """Return the jobs that a worker has yet before it, to be done by others; it may answer them, too."""
        kept = self._kept.get(link, 0)
        if not kept:
            return []
        self._kept[link] = 0
        return [job for job in list(self._of[link])[-kept:] if not job.done.done()]

    def lose(self, link: Link) -> list[Job]:
        """Return the jobs that a worker had before it when it ended."""
        jobs = self.take_back(link)
        self._of.pop(link, None)
        self._kept.pop(link, None)
        return jobs

    def jobs(self) -> list[Job]:
        """Return all jobs."""
        return [job for jobs in self._of.values() for job in jobs]
