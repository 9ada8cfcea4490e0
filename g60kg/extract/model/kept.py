"""Replies of a model, kept in a folder, so that the same question needs no model again.

Goes in: what was asked, and an answer. Comes out: the same answer, as long as its file stands. A file bears
the hash of model and messages as its name; removing it has the model asked again.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from g60kg.errors import ModelError, ReplyError
from g60kg.extract.model.prompt import FORM
from g60kg.extract.model.response import Answer
from g60kg.model import content_id


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of replies of one model; None keeps nothing."""

    folder: Path | None
    model: str

    def key(self, messages: Sequence[Mapping[str, str]]) -> str:
        """Return the id of what is asked of the model."""
        asked = json.dumps([list(messages), FORM], ensure_ascii=False, sort_keys=True)
        return content_id(self.model, asked)

    def path(self, key: str) -> Path | None:
        """Return where the answer of this key is kept, or would be."""
        return None if self.folder is None else self.folder / f"{key}.json"

    def read(self, key: str) -> Answer | None:
        """Return the answer of this key, or None. Raises `ReplyError` for a file that is damaged."""
        path = self.path(key)
        if path is None or not path.is_file():
            return None
        try:
            said = json.loads(path.read_bytes())
            answer = Answer(said["text"], said["finish"], int(said["sent"]), int(said["received"]))
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            mend = "remove it, and read the article again"
            raise ReplyError("a kept reply that cannot be read", path=path, mend=mend) from error
        if not isinstance(answer.text, str) or not isinstance(answer.finish, str):
            raise ReplyError("a kept reply without text", path=path, mend="remove it, and read again")
        return answer

    def keep(self, key: str, answer: Answer, article: str) -> None:
        """Write an answer, whole or not at all. Raises `ModelError` where it cannot be written."""
        path = self.path(key)
        if path is None:
            return
        said = {"model": self.model, "article": article, **asdict(answer)}
        temporary = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8", "replace")
            temporary.replace(path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            message = f"{path}: a reply cannot be kept: {error.strerror}"
            raise ModelError(message, mend="free space, or name another folder") from error
