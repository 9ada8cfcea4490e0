"""What is sent is bounded in memory: large answers that nobody reads do not pile up."""

import asyncio
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from starlette.requests import Request

from g60kg.serve.front.app import Front
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.process import Nursery
from g60kg.serve.values import Response, Service


async def _answers() -> list[int]:
    """Send three large answers to clients that read nothing, a small one, and one after those have gone."""

    large = Response(b"x" * (200 << 20))
    pool = Pool(Service("", None), "", Nursery())
    front = Front(Service("", None), pool, pool)
    connection = SimpleNamespace(wait=lambda: None)
    told = {"route": "-"}
    scope = {"type": "http", "method": "GET", "headers": [], "connection": connection, "told": told}
    statuses: list[int] = []

    async def never(message: Any) -> None:
        if "status" in message:
            statuses.append(message["status"])
        elif message.get("more_body"):
            await asyncio.Event().wait()

    def begin(response: Response) -> "asyncio.Task[None]":
        return asyncio.ensure_future(front.send(response, Request(scope), never))

    waiting = [begin(large) for _ in range(3)]
    await begin(Response(b"small"))
    for each in waiting:
        each.cancel()
        with suppress(asyncio.CancelledError):
            await each
    last = begin(large)
    await asyncio.sleep(0)
    last.cancel()
    with suppress(asyncio.CancelledError):
        await last
    return statuses


def test_large_answers_that_are_not_read_are_bounded() -> None:
    assert asyncio.run(_answers()) == [200, 200, 503, 200, 200]
