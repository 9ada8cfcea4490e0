"""What an endpoint sent back: an answer, or what was wrong.

Goes in: a `Response`, and the `Target` that was asked. Comes out: an `Answer`, or a `ModelError`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from g60kg.errors import ModelError
from g60kg.extract.model.target import Target

_PASSING: Final = frozenset([408, 425, 429, 500, 502, 503, 504, 529])


@dataclass(frozen=True, slots=True)
class Response:
    """A status, headers by their names in small letters, and a body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


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
    reply = _json(response.body)
    try:
        [choice, *_] = reply["choices"]
        text, finish = choice["message"]["content"], choice.get("finish_reason")
        if isinstance(text, list):
            text = "".join(part["text"] for part in text if part.get("type") == "text")
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _no_chat(response, target) from None
    usage = reply.get("usage")
    sent, received = (_count(usage, key) for key in ("prompt_tokens", "completion_tokens"))
    said = text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""
    return Answer(said, target.plain(str(finish or "stop"))[:40], sent, received)


def failure(response: Response, target: Target) -> ModelError:
    """Return the error that a response with a status other than 200 is."""
    status, url, detail = response.status, target.shown, _detail(response.body, target)
    if status in _PASSING:
        return _passing(
            response, f"{url} {'is asked too often' if status == 429 else 'fails'} ({status}){detail}"
        )
    if status in (401, 403):
        what = "refuses the key" if target.key else "asks for a key"
        return ModelError(f"{url} {what} ({status}){detail}", mend="set G60KG_MODEL_KEY")
    if status == 404:
        message = f"{url} has no model {target.model!r}, or no chat/completions (404){detail}"
        return ModelError(message, mend="look at --model and --model-url, which ends in /v1 as a rule")
    if 300 <= status < 400:
        place = target.plain(response.headers.get("location", "")) or "another address"
        return ModelError(
            f"{url} sends on to {place} ({status})", mend="where that is right, name it as --model-url"
        )
    return ModelError(f"{url} refuses the request ({status}){detail}", mend="look at --model and --model-url")


def _passing(response: Response, message: str) -> PassingError:
    error = PassingError(message, mend="try again later, or name another endpoint")
    asked = response.headers.get("retry-after", "")
    error.after = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0.0
    return error


def _no_chat(response: Response, target: Target) -> ModelError:
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    what = "what is no chat" if _json(response.body) is not None or "json" in kind else target.plain(kind)
    mend = "give the address of its API as --model-url, such as https://…/v1"
    message = f"{target.shown} answers {what or 'what is no chat'}{_detail(response.body, target)}"
    return ModelError(message, mend=mend)


def _detail(body: bytes, target: Target) -> str:
    """Return the message of an error's body, short; nothing where it is a page."""
    said = _json(body)
    for key in ("error", "message", "detail"):
        said = said.get(key, said) if isinstance(said, dict) else said
    text = target.plain(said) if isinstance(said, str) else ""
    return f": {text}" if text else ""


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _count(usage: Any, key: str) -> int:
    number = usage.get(key) if isinstance(usage, dict) else None
    return number if isinstance(number, int) and 0 <= number < 10**9 else 0
