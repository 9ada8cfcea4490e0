"""What is written in one turn is sent at its end, what is long at once, and nothing after the end."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from g60kg.serve.front.joined import Joined

Look = Callable[[], bytes]


def joined(scene: Callable[[Joined, Look], Awaitable[None]]) -> None:
    """Play a scene with a transport, and with a look at what has come at its other end."""

    async def play() -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_unix_connection(asyncio.Protocol, sock=ours)

        def look() -> bytes:
            with suppress(BlockingIOError):
                return theirs.recv(1 << 20)
            return b"nothing"

        with theirs:
            await scene(Joined(transport), look)
            transport.abort()
            await asyncio.sleep(0)

    asyncio.run(play())


def test_what_a_turn_writes_goes_together() -> None:
    async def scene(transport: Joined, look: Look) -> None:
        transport.write(b"a")
        transport.write(b"bc")
        assert look() == b"nothing"
        await asyncio.sleep(0)
        assert look() == b"abc"

    joined(scene)


def test_what_is_long_goes_at_once() -> None:
    async def scene(transport: Joined, look: Look) -> None:
        transport.write(b"x" * 70_000)
        assert len(look()) == 70_000

    joined(scene)


def test_what_was_written_goes_before_the_end_and_nothing_after() -> None:
    async def scene(transport: Joined, look: Look) -> None:
        transport.write(b"a")
        transport.close()
        transport.write(b"late")
        await asyncio.sleep(0)
        assert (look(), look()) == (b"a", b"")

    joined(scene)
