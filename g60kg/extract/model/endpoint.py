"""One chat with a language model over HTTP: any endpoint that takes `POST URL/chat/completions`.

Goes in: a `Target`, and messages. Comes out: an `Answer`, or a `ModelError` that says what was wrong.
No redirection is followed, so the key goes to no other address. Answers are bounded in bytes and time; what
may pass (429, 5xx, no connection) is tried again, later each time.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import httpx

from g60kg.errors import ModelError
from g60kg.extract.model.prompt import FORM


@dataclass(frozen=True, slots=True)
class Target:
    """A model at an address, perhaps with a key, which is shown nowhere.

    Raises `ModelError` for an address or a key that cannot be used.

    >>> Target("http://127.0.0.1:8080/v1/", "small").address
    'http://127.0.0.1:8080/v1/chat/completions'
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable or not self.url.isprintable() or " " in self.url:
            message = f"{self.url[:200]!r} is no address of an endpoint"
            raise ModelError(message, mend="write it as https://…/v1")
        if parts.username or parts.password:
            message = "the address of the endpoint holds a password"
            raise ModelError(message, mend="set G60KG_MODEL_KEY instead")
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and self.key.strip()):
            raise ModelError("the key holds what no header may", mend="look at G60KG_MODEL_KEY")

    @property
    def address(self) -> str:
        """Where chats are posted to."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/").removesuffix("/chat/completions")
        return parts._replace(path=f"{path}/chat/completions").geturl()

    @property
    def shown(self) -> str:
        """The address as messages show it, without what may be a key."""
        return urlsplit(self.url)._replace(query="", fragment="").geturl()

    def plain(self, text: str) -> str:
        """Return what an endpoint said on one short line, without the key and without control characters."""
        text = text[:2_000].replace(self.key, "…") if self.key else text[:2_000]
        printable = "".join(sign if sign.isprintable() else " " for sign in text)
        return " ".join(printable.split())[:200]


_LATER: Final = "try again later, or name another endpoint"
_PASSING: Final = frozenset([408, 425, 429, 500, 502, 503, 504, 529])


class Response(NamedTuple):
    """A status, headers by their names in small letters, and a body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, why it stopped, and the tokens that were sent and received."""

    text: str
    finish: str
    sent: int
    received: int


class PassingError(ModelError):
    """A failure that may have passed after a while; `after` is what the endpoint asks to wait, in seconds."""

    after: float = 0.0


def read_answer(response: Response, target: Target) -> Answer:
    """Return what a response says. Raises `ModelError` where it is no answer of a chat."""
    reply = response.said
    try:
        [choice, *_] = reply["choices"]
        text, finish = choice["message"]["content"], choice.get("finish_reason")
        if isinstance(text, list):
            text = "".join(part["text"] for part in text if part.get("type") == "text")
    except (KeyError, TypeError, ValueError, AttributeError):
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        what = "" if reply is not None or "json" in kind else target.plain(kind)
        message = f"{target.shown} answers {what or 'what is no chat'}{_detail(response, target)}"
        mend = "give the address of its API as --model-url, such as https://…/v1"
        raise ModelError(message, mend=mend) from None
    usage = reply.get("usage")
    sent, received = (_count(usage, key) for key in ("prompt_tokens", "completion_tokens"))
    said = text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""
    return Answer(said, target.plain(str(finish or "stop"))[:40], sent, received)


def failure(response: Response, target: Target) -> ModelError:
    """Return the error that a response with a status other than 200 is."""
    status, detail = response.status, _detail(response, target)
    what, mend = "refuses the request", "look at --model and --model-url"
    if status in _PASSING:
        what = "is asked too often" if status == 429 else "fails"
        error = PassingError(f"{target.shown} {what} ({status}){detail}", mend=_LATER)
        asked = response.headers.get("retry-after", "")
        error.after = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0.0
        return error
    if status in (401, 403):
        what, mend = "refuses the key" if target.key else "asks for a key", "set G60KG_MODEL_KEY"
    elif status == 404:
        what = f"has no model {target.model!r}, or no chat/completions"
        mend = "look at --model and --model-url, which ends in /v1 as a rule"
    elif 300 <= status < 400:
        what = f"sends on to {target.plain(response.headers.get('location', '')) or 'another address'}"
        mend, detail = "where that is right, name it as --model-url", ""
    return ModelError(f"{target.shown} {what} ({status}){detail}", mend=mend)


def _detail(response: Response, target: Target) -> str:
    """Return the message of an error's body, short; nothing where it is a page."""
    said = response.said
    for key in ("error", "message", "detail"):
        said = said.get(key, said) if isinstance(said, dict) else said
    text = target.plain(said) if isinstance(said, str) else ""
    return f": {text}" if text else ""


def _count(usage: Any, key: str) -> int:
    number = usage.get(key) if isinstance(usage, dict) else None
    return number if isinstance(number, int) and 0 <= number < 10**9 else 0


_SCHEMA: Final = {"name": "claims", "strict": True, "schema": FORM}
_FORMS: Final[tuple[dict[str, Any], ...]] = (
    {"response_format": {"type": "json_schema", "json_schema": _SCHEMA}, "temperature": 0},
    {"response_format": {"type": "json_schema", "json_schema": _SCHEMA}},
    {"response_format": {"type": "json_object"}},
    {},
)
"""What is asked of an answer's form: all that helps first; where an endpoint refuses it, the next."""
_REFUSED: Final = frozenset([400, 415, 422, 501])
_PATIENCE: Final = 60.0
"""The most seconds that are waited before another try, also where an endpoint asks for more."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an endpoint is waited for, in seconds, how often it is tried, and how much it may say.

    `read` is the longest silence, `total` bounds one answer with all its tries, `pause` is the first wait
    before another try, which doubles. `at_once` requests run side by side; `largest` is in bytes.
    """

    connect: float = 10.0
    read: float = 180.0
    total: float = 600.0
    tries: int = 4
    pause: float = 1.0
    at_once: int = 4
    largest: int = 4_000_000


class Endpoint:
    """A model at an address, used within `async with`, which opens and ends its connections."""

    def __init__(self, target: Target, limits: Limits) -> None:
        self.target, self.limits = target, limits
        self._form = 0

    async def __aenter__(self) -> "Endpoint":
        """Open a client. Over plain HTTP no proxy is used, which would be shown the key."""
        target = self.target
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if target.key is not None:
            headers["Authorization"] = f"Bearer {target.key.strip()}"
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        secret = target.url.startswith("https:")
        try:
            self._client = httpx.AsyncClient(headers=headers, timeout=timeout, trust_env=secret)
        except (ImportError, ValueError, OSError) as error:
            message = f"{target.shown} cannot be reached: {target.plain(str(error))}"
            raise ModelError(message, mend="look at HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE") from error
        self._turns = asyncio.Semaphore(self.limits.at_once)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()
        del self._client, self._turns

    async def ask(self, messages: Sequence[Mapping[str, str]]) -> Answer:
        """Return the model's answer to messages. Raises `ModelError`."""
        async with self._turns:
            try:
                async with asyncio.timeout(self.limits.total):
                    for number in range(self.limits.tries - 1):
                        try:
                            return await self._in_some_form(messages)
                        except PassingError as error:
                            pause = max(error.after, self.limits.pause * 2**number)
                            await asyncio.sleep(min(pause, _PATIENCE))
                    return await self._in_some_form(messages)
            except TimeoutError as error:
                message = f"{self.target.shown} gives no answer within {self.limits.total:g} seconds"
                raise ModelError(message, mend=_LATER) from error

    async def _in_some_form(self, messages: Sequence[Mapping[str, str]]) -> Answer:
        """Ask for JSON as strictly as the endpoint lets us, and remember how far that is."""
        for form in range(self._form, len(_FORMS)):
            asked = {"model": self.target.model, "messages": list(messages), **_FORMS[form]}
            response = await self._post(asked)
            if response.status not in _REFUSED:
                break
        if response.status != 200:
            raise failure(response, self.target)
        self._form = max(form, self._form)
        return read_answer(response, self.target)

    async def _post(self, asked: Mapping[str, Any]) -> Response:
        """Send one request, and read the response, up to the limit."""
        body = bytearray()
        try:
            async with self._client.stream("POST", self.target.address, json=asked) as response:
                async for chunk in response.aiter_raw(65_536):
                    body += chunk
                    if len(body) > self.limits.largest:
                        message = f"{self.target.shown} answers with more than {self.limits.largest:,} bytes"
                        raise ModelError(message, mend="name another model, or look at the endpoint")
                return Response(response.status_code, response.headers, bytes(body))
        except httpx.ReadTimeout as error:
            message = f"{self.target.shown} is silent for {self.limits.read:g} seconds"
            raise ModelError(message, mend=_LATER) from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            reason = self.target.plain(str(error)) or type(error).__name__
            message = f"{self.target.shown} cannot be reached: {reason}"
            raise PassingError(message, mend="look at --model-url, and whether it runs") from error
