"""A language model as a reader: an article to what the model says that it states.

Goes in: an article. Comes out: proposals, of which nothing is trusted until they are verified. The first
passage is asked about alone, the others a few at a time, each with the names found before. Replies are kept
in a folder, under the hash of model and messages, so that the same article needs no model again; removing one
has the model asked again. A reply that is none costs a report.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import asdict, astuple, dataclass, replace
from operator import add
from pathlib import Path
from typing import Final, TypeVar

from g60kg.article import Article
from g60kg.errors import ModelError, ReplyError
from g60kg.extract.model.endpoint import Answer, Endpoint, Limits, Target
from g60kg.extract.model.prompt import FORM, Passage, messages, passages
from g60kg.extract.proposals import Mention, Proposal
from g60kg.extract.reply import read_reply
from g60kg.model import content_id
from g60kg.whole import write_whole

T = TypeVar("T")

_TOGETHER: Final = 4
"""How many passages share the names found before; a change of it asks the model again."""
_MOST: Final = 200
"""The most passages of an article; more would be an archive, and a bill."""
_SHOWN: Final = 3
"""How many faults of one reply are reported in words."""
_FULLEST: Final = 400
"""The most proposals of one reply; a passage does not state more."""
_NAMES: Final = 80
"""The most names that are shown with a passage, the latest."""
_LIMITS: Final = Limits()
_warn: Final = logging.getLogger(__name__).warning


@dataclass(frozen=True, slots=True)
class Spent:
    """What reading has cost: replies asked for, replies kept from before, and the tokens of those asked for.

    >>> print(Spent(2, 1, 5200, 800) + Spent(1, 0, 2100, 300))
    3 replies asked for, 1 kept from before; 7,300 tokens sent, 1,100 received
    """

    asked: int = 0
    kept: int = 0
    sent: int = 0
    received: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(*map(add, astuple(self), astuple(other)))

    def __str__(self) -> str:
        replies = f"{self.asked:,} replies asked for, {self.kept:,} kept from before"
        return f"{replies}; {self.sent:,} tokens sent, {self.received:,} received"


class ModelReader:
    """A model behind an OpenAI-compatible endpoint, `url` with `/chat/completions` below it.

    Replies are kept in `folder`; without `url` only those are read, and a passage without one is a
    `ModelError`. A reply that cannot be used is logged; on a terminal the progress is shown. `spent` is what
    was asked and paid for since the reader was made. Raises `ModelError` for an address or key of no use.
    """

    def __init__(
        self,
        url: str | None,
        name: str,
        key: str | None = None,
        *,
        folder: Path | None = None,
        limits: Limits = _LIMITS,
    ) -> None:
        if not name.strip() or not name.isprintable():
            raise ModelError(f"{name!r} names no model", mend="give --model NAME")
        self.name = f"model:{name}"
        self.spent = Spent()
        self._endpoint = Endpoint(Target(url, name, key), limits) if url is not None else None
        self._folder, self._model = folder, name

    def propose(self, article: Article) -> tuple[Proposal, ...]:
        """Return what the model says that an article states, in the order of its passages.

        Raises `ModelError` where the endpoint fails; replies that came before it are kept.
        """
        parts = passages(article.text)
        if len(parts) > _MOST:
            message = f"{article.id}: {len(parts):,} passages, more than {_MOST}"
            raise ModelError(message, mend="split the article")
        return _run(self._read(article, parts))

    async def _read(self, article: Article, parts: Sequence[Passage]) -> tuple[Proposal, ...]:
        names: dict[str, str] = {}
        found: list[Proposal] = []
        done = 0
        async with self._endpoint or nullcontext():
            for group in _groups(parts):
                known = len(found)
                asked = [messages(article, part, names) for part in group]
                for part, (where, answer) in zip(group, await self._answers(article, asked), strict=True):
                    found += self._proposals(article, part, where, answer)
                    done += 1
                    self._tell(article, done, len(parts))
                names = _names(names, found[known:], article.text[: group[-1].end])
        return tuple(found)

    async def _answers(
        self, article: Article, asked: Sequence[Sequence[Mapping[str, str]]]
    ) -> list[tuple[str, Answer]]:
        """Return the answers to several questions; the first that fails ends the others."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._answer(article, each)) for each in asked]
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return [task.result() for task in tasks]

    async def _answer(self, article: Article, asked: Sequence[Mapping[str, str]]) -> tuple[str, Answer]:
        """Return where the answer to a question is kept, or what it is called, and the answer."""
        messages = json.dumps([list(asked), FORM], ensure_ascii=False, sort_keys=True)
        key = content_id(self._model, messages)
        path = self._folder / f"{key}.json" if self._folder is not None else None
        where = str(path or f"{article.id}: reply {key}")
        if path is not None and path.is_file():
            answer = _kept(path)
            self.spent += Spent(kept=1)
            return where, answer
        if self._endpoint is None:
            message = f"{article.id}: no reply of {self.name} is kept for a passage of it"
            raise ModelError(message, mend="name an endpoint by --model-url")
        answer = await self._endpoint.ask(asked)
        self.spent += Spent(1, 0, answer.sent, answer.received)
        if path is not None:
            _keep(path, {"model": self._model, "article": article.id, **asdict(answer)})
        return where, answer

    def _proposals(self, article: Article, part: Passage, where: str, answer: Answer) -> Iterator[Proposal]:
        """Yield the proposals of an answer, each placed within its passage; report what is none."""
        try:
            proposals, faults = read_reply(_json_of(answer.text), self.name, where)
        except ReplyError as error:
            early = "" if answer.finish == "stop" else f", and ends early ({answer.finish})"
            _warn(f"{error.message}{early}; its passage gives nothing")
            return
        for fault in faults[:_SHOWN]:
            _warn(fault)
        if len(faults) > _SHOWN or len(proposals) > _FULLEST:
            _warn(f"{where}: {len(faults):,} of {len(faults) + len(proposals):,} claims cannot be used")
        for each in proposals[:_FULLEST]:
            at = article.text.find(each.quote, part.start, part.end)
            # Who made a reply is known here: it may not call itself a person's.
            yield replace(each, basis="model", start=at if at >= 0 else None)

    def _tell(self, article: Article, done: int, total: int) -> None:
        """Show the progress where standard error is a terminal."""
        if sys.stderr.isatty():
            tokens = f"{self.spent.sent:,} + {self.spent.received:,} tokens"
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{article.id[:40]}: {done}/{total} passages, {tokens}\x1b[K{end}")
            sys.stderr.flush()


def _kept(path: Path) -> Answer:
    """Return a kept answer. Raises `ReplyError` for a file that is damaged."""
    try:
        said = json.loads(path.read_bytes())
        if not isinstance(said["text"], str) or not isinstance(said["finish"], str):
            raise TypeError("a reply is text")
        return Answer(said["text"], said["finish"], int(said["sent"]), int(said["received"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        mend = "remove it, and read the article again"
        raise ReplyError("a kept reply that cannot be read", path=path, mend=mend) from error


def _keep(path: Path, said: Mapping[str, object]) -> None:
    """Write an answer, whole or not at all. Raises `ModelError` where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode(errors="replace"))
    except OSError as error:
        message = f"{path}: a reply cannot be kept: {error.strerror}"
        raise ModelError(message, mend="free space, or name another folder") from error


def _groups(parts: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    """Yield the first passage alone, which names the main things, then the others, a few at a time."""
    yield from (parts[:1],) if parts else ()
    yield from (parts[start : start + _TOGETHER] for start in range(1, len(parts), _TOGETHER))


def _names(known: Mapping[str, str], new: Sequence[Proposal], text: str) -> dict[str, str]:
    """Return the latest names that stand in a text, each with the class that it was first given."""
    names = dict(known)
    for proposal in new:
        for mention in (proposal.subject, proposal.object):
            if isinstance(mention, Mention) and mention.name not in names and mention.name in text:
                names[mention.name] = mention.kind
    return dict(list(names.items())[-_NAMES:])


def _json_of(text: str) -> str:
    """Return the JSON of a reply, without the thoughts before it and the fence around it."""
    text = text.rpartition("</think>")[2].strip()
    if text.startswith("```"):
        text = text.partition("\n")[2].rpartition("```")[0].strip() or text
    return text


def _run(reading: Coroutine[object, object, T]) -> T:
    """Run to the end, also where a loop runs already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(reading)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, reading).result()
