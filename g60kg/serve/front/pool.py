"""The pool: the workers, and which request goes to which.

Goes in: requests. Comes out: answers, or a `Refused` that says why there is none: too many wait, it took too
long, its worker ended. A worker that ends is replaced at once, and a spare one, already open, takes its
place. Heavy requests never have the last place, and a client with several gives way to those who have fewer.
Brief requests are sent to workers ahead, whose time begins when the one before is answered.
"""

import asyncio
import logging
from collections import Counter
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Final

from g60kg.serve.front.ahead import Ahead
from g60kg.serve.front.link import Answered, Link
from g60kg.serve.front.queue import Job, Queue
from g60kg.serve.front.staff import Staff
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused, busy
from g60kg.serve.routes import Route
from g60kg.serve.values import Request
from g60kg.serve.worker import Setting

_LOG: Final = logging.getLogger("g60kg.serve")
_HUNG_UP: Final = 1.0
"""Seconds after which the work for a client that has hung up is ended."""
_PATIENCE: Final = 1.0
"""Seconds after which who waits makes a client that has more give way."""
_SLOW: Final = 0.03
"""Seconds after which a worker is no longer brief, and what it has before it is given to others."""


class Pool:
    """Workers that answer requests, `places` of them at one time."""

    def __init__(self, setting: Setting, places: int, limits: Limits) -> None:
        self.places = places
        self.limits = limits
        self.killed: Counter[str] = Counter()
        self.staff = Staff(setting, places + max(1, places // 4), places, self)
        self._running: dict[Link, Job] = {}
        self._clients: Counter[str] = Counter()
        self._heavy = 0
        self._light, self._heavies = Queue(), Queue()
        self._ahead = Ahead()
        self._looking = False
        self._number = 0

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._light) + len(self._heavies) + len(self._ahead)

    @property
    def running(self) -> int:
        """How many requests run."""
        return len(self._running)

    def ask(self, route: Route, request: Request, client: str) -> "asyncio.Future[Answered]":
        """Return the future of an answer, which may be a `Refused`; where it is cancelled, its work is ended.

        Raises `Refused` where too many wait.
        """
        self._number += 1
        loop = asyncio.get_running_loop()
        job = Job(request, client, route.heavy, self._number, loop.create_future(), route.brief)
        link = self._link_for(job)
        if link is not None:
            self._send(job, link)
            self._watch(job)
        elif self.waiting >= self.limits.waiting:
            raise busy("too many requests wait; try again soon")
        else:
            (self._heavies if job.heavy else self._light).put(job)
            self.next()
            self._watch(job)
        return job.done

    def _link_for(self, job: Job) -> Link | None:
        """Return an idle worker that may take a job now."""
        if len(self._running) >= self.places or (job.heavy and not self._heavy_may):
            return None
        return self.staff.take()

    @property
    def _heavy_may(self) -> bool:
        return self._heavy < max(1, self.places - 1)

    def _watch(self, job: Job) -> None:
        """See to it that a job neither waits for ever nor runs for nobody."""
        job.done.add_done_callback(partial(self._finished, job))
        if not job.sent:
            loop = asyncio.get_running_loop()
            job.timer = loop.call_later(self.limits.wait_seconds, self._waited, job)
            loop.call_later(_PATIENCE, self._press, job)

    def _waited(self, job: Job) -> None:
        if self._light.drop(job) or self._heavies.drop(job):
            _fail(job, busy("no worker became free in time; try again soon"))

    def _press(self, job: Job) -> None:
        """Make room for who waits, by ending the longest work of another client, one that has more."""
        if job.sent or job.done.done():
            return
        loop = asyncio.get_running_loop()
        loop.call_later(_PATIENCE, self._press, job)
        share = max(1, self._clients[job.client])
        slow = [
            (each.began, each.number, link)
            for link, each in self._running.items()
            if self._clients[each.client] > share
            and each.began < loop.time() - _PATIENCE
            and not each.done.done()
        ]
        if slow:
            _, _, link = min(slow)
            self._kill(link, "others wait", busy("others wait for what this took; ask for less at one time"))

    def _kill(self, link: Link, why: str, refused: Refused) -> None:
        """End a worker with its request, which is told why."""
        _fail(self._running[link], refused)
        self.killed[why] += 1
        link.kill()

    def _send(self, job: Job, link: Link) -> None:
        """Send a job to a worker; it begins at once, or when the worker has answered what it has."""
        _cancel(job)
        job.sent = True
        if link in self._running:
            self._ahead.put(link, job)
            self._look_soon()
        else:
            self._begin(job, link)
        link.ask(job.request, self._answered)

    def _begin(self, job: Job, link: Link) -> None:
        loop = asyncio.get_running_loop()
        job.began = loop.time()
        self._running[link] = job
        self._clients[job.client] += 1
        self._heavy += job.heavy
        job.timer = loop.call_later(self.limits.query_seconds, self._expired, link, job)

    def _answered(self, link: Link, answered: Answered) -> None:
        job = self._end(link)
        if not job.done.done():
            job.done.set_result(answered)
        if answered.changed:
            link.close()  # it holds the new state of the store under the name of the old
        elif following := self._ahead.next(link):
            self._begin(following, link)
        else:
            self.staff.give_back(link)
        self.next()

    def _end(self, link: Link) -> Job:
        """Take note that a worker has ended with its request."""
        job = self._running.pop(link)
        _cancel(job)
        self._heavy -= job.heavy
        self._clients[job.client] -= 1
        if not self._clients[job.client]:
            del self._clients[job.client]
        return job

    def next(self) -> None:
        """Let those run that wait, as far as there are places; send brief ones ahead."""
        while queue := self._next_queue():
            job = queue.first(self._clients)
            link = self._link_for(job) or (self._link_ahead() if job.brief else None)
            if link is None:
                return
            self._send(queue.take(self._clients), link)

    def _link_ahead(self) -> Link | None:
        """Return a worker that has something brief, after which it may have more."""
        since = asyncio.get_running_loop().time() - _SLOW
        return self._ahead.room(
            link
            for link, job in self._running.items()
            if job.brief and job.began > since and self.staff.serves(link)
        )

    def _look_soon(self) -> None:
        if not self._looking:
            self._looking = True
            asyncio.get_running_loop().call_later(_SLOW, self._look)

    def _look(self) -> None:
        """Take back what workers have before them that are slow."""
        self._looking = False
        since = asyncio.get_running_loop().time() - _SLOW
        for link, job in tuple(self._running.items()):
            if job.began < since:
                self._again(self._ahead.take_back(link))
        if self._ahead:
            self._look_soon()
        self.next()

    def _again(self, jobs: list[Job]) -> None:
        """Let jobs wait again, which another worker has or had; what is answered first counts."""
        for job in reversed(jobs):
            copy = replace(job, timer=None, sent=False)
            self._light.put_back(copy)
            self._watch(copy)

    def _next_queue(self) -> Queue | None:
        """Return the queue whose turn it is; None where only heavy requests wait and may not run."""
        if not self._heavies or not self._heavy_may:
            return self._light or None
        return min(self._light, self._heavies, key=lambda queue: queue.oldest)

    def _expired(self, link: Link, job: Job) -> None:
        seconds = f"{self.limits.query_seconds:g} seconds"
        detail = f"the request took more than {seconds} and was stopped; ask for less"
        self._kill(link, "time", Refused(HTTPStatus.GATEWAY_TIMEOUT, detail))

    def _finished(self, job: Job, done: "asyncio.Future[Answered]") -> None:
        """Give up the place of a request that is answered already, or whose client has hung up."""
        if not job.sent:
            _cancel(job)
            self._light.drop(job) or self._heavies.drop(job)
        elif done.cancelled():
            link = next((link for link, each in self._running.items() if each is job), None)
            if link is not None:
                _cancel(job)
                job.timer = asyncio.get_running_loop().call_later(_HUNG_UP, self._unwanted, link)

    def _unwanted(self, link: Link) -> None:
        self.killed["hung up"] += 1
        link.kill()

    def lost(self, link: Link) -> None:
        """Answer the request of a worker that has ended."""
        if link not in self._running:
            return
        job = self._end(link)
        if not job.done.done():
            self.killed["crash"] += 1
            _fail(job, Refused(HTTPStatus.SERVICE_UNAVAILABLE, _CRASHED))
            _LOG.warning("worker %d ended at %s", link.pid, job.request.url)
        self._again(self._ahead.lose(link))
        self.next()

    def stop(self) -> None:
        """End all requests and workers."""
        for job in (*self._running.values(), *self._ahead.jobs(), *self._light, *self._heavies):
            _fail(job, busy("the server stops"))
        self.staff.stop()


_CRASHED: Final = "the request ended its worker: it takes more memory or depth than one may; ask for less"


def _cancel(job: Job) -> None:
    if job.timer is not None:
        job.timer.cancel()


def _fail(job: Job, refused: Refused) -> None:
    if not job.done.done():
        job.done.set_exception(refused)
