"""One chat with a language model over HTTP: any endpoint that takes `POST URL/chat/completions`.

Goes in: a `Target`, and messages. Comes out: an `Answer`, or a `ModelError` that says what was wrong.
No redirection is followed, so the key goes to no other address. Answers are bounded in bytes and time; what
may pass (429, 5xx, no connection) is tried again, later each time.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from g60kg.errors import ModelError
from g60kg.extract.model.prompt import FORM
from g60kg.extract.model.response import Answer, PassingError, Response, failure, read_answer
from g60kg.extract.model.target import Target

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

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


@dataclass
class Endpoint:
    """A model at an address, used within `async with`, which ends its connections."""

    target: Target
    limits: Limits = Limits()
    _form: int = field(default=0, init=False, repr=False)
    _turns: asyncio.Semaphore | None = field(default=None, init=False, repr=False)
    _client: "httpx.AsyncClient | None" = field(default=None, init=False, repr=False)

    async def __aenter__(self) -> "Endpoint":
        self._turns = asyncio.Semaphore(self.limits.at_once)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.aclose()
        self._client = self._turns = None

    async def ask(self, messages: Sequence[Mapping[str, str]]) -> Answer:
        """Return the model's answer to messages. Raises `ModelError`."""
        try:
            import httpx  # noqa: F401 - the client is opened with it below
            from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt
        except ImportError as error:
            message = "models are asked by httpx and tenacity, which are not installed"
            raise ModelError(message, mend="run pip install 'g60kg[model]'") from error
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(PassingError),
            stop=stop_after_attempt(self.limits.tries),
            wait=self._wait,
            reraise=True,
        )
        assert self._turns is not None, "used outside of `async with`"
        async with self._turns:
            try:
                async with asyncio.timeout(self.limits.total):
                    return await retrying(self._in_some_form, messages)
            except TimeoutError as error:
                message = f"{self.target.shown} gives no answer within {self.limits.total:g} seconds"
                raise ModelError(message, mend="try again later, or name another endpoint") from error

    def _wait(self, state: "RetryCallState") -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.after if isinstance(error, PassingError) else 0.0
        return min(max(asked, self.limits.pause * 2.0 ** (state.attempt_number - 1)), _PATIENCE)

    async def _in_some_form(self, messages: Sequence[Mapping[str, str]]) -> Answer:
        """Ask for JSON as strictly as the endpoint lets us, and remember how far that is."""
        form = self._form
        while True:
            asked = {"model": self.target.model, "messages": list(messages), **_FORMS[form]}
            response = await self._post(asked)
            if response.status not in _REFUSED or form == len(_FORMS) - 1:
                break
            form += 1
        if response.status != 200:
            raise failure(response, self.target)
        self._form = max(form, self._form)
        return read_answer(response, self.target)

    async def _post(self, asked: Mapping[str, Any]) -> Response:
        """Send one request, and read the response, up to the limit."""
        import httpx

        body = bytearray()
        try:
            async with self._opened().stream("POST", self.target.address, json=asked) as response:
                async for chunk in response.aiter_raw(65_536):
                    body += chunk
                    if len(body) > self.limits.largest:
                        message = f"{self.target.shown} answers with more than {self.limits.largest:,} bytes"
                        raise ModelError(message, mend="name another model, or look at the endpoint")
                return Response(response.status_code, response.headers, bytes(body))
        except httpx.ReadTimeout as error:
            message = f"{self.target.shown} is silent for {self.limits.read:g} seconds"
            raise ModelError(message, mend="try again later, or name another endpoint") from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            reason = self.target.plain(str(error)) or type(error).__name__
            message = f"{self.target.shown} cannot be reached: {reason}"
            raise PassingError(message, mend="look at --model-url, and whether it runs") from error

    def _opened(self) -> "httpx.AsyncClient":
        """Return the client, opened once. Over plain HTTP no proxy is used, which would be shown the key."""
        if self._client is None:
            import httpx

            headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
            if self.target.key is not None:
                headers["Authorization"] = f"Bearer {self.target.key.strip()}"
            timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
            secret = self.target.url.startswith("https:")
            try:
                self._client = httpx.AsyncClient(headers=headers, timeout=timeout, trust_env=secret)
            except (ImportError, ValueError, OSError) as error:
                message = f"{self.target.shown} cannot be reached: {self.target.plain(str(error))}"
                raise ModelError(message, mend="look at HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE") from error
        return self._client
