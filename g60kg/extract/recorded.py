"""The recorded reader: proposals from files, written by a person, another tool, or an earlier reply.

Goes in: a folder of files `ARTICLE-ID.json`, each a reply (`data/reply.schema.json`). Comes out: proposals.
A file that says `"by": "person"` has the basis `recorded`, for which a person answers; any other has `model`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from g60kg.errors import ReplyError
from g60kg.extract.proposals import Proposal
from g60kg.extract.reply import LARGEST, read_proposals
from g60kg.model import Article

_BYTES: Final = 4
"""The most bytes of a character in UTF-8."""


@dataclass(frozen=True, slots=True)
class RecordedReader:
    """Reads the proposals that are recorded for an article in a folder."""

    folder: Path

    @property
    def name(self) -> str:
        """What a claim's `reader` says."""
        return "recorded"

    def path(self, article: Article) -> Path:
        """Return where the proposals for an article are looked for."""
        return self.folder / f"{article.id}.json"

    def propose(self, article: Article) -> tuple[Proposal, ...]:
        """Return the proposals recorded for an article, in the order of the file.

        Raises `ReplyError` for a file that is missing, unreadable or too large, or with a claim that breaks
        the schema: it names the file, the claim and the key.
        """
        path = self.path(article)
        try:
            if path.stat().st_size > _BYTES * LARGEST:
                raise ReplyError(
                    f"larger than {_BYTES * LARGEST:,} bytes", path=path, mend="split the article"
                )
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            mend = "record proposals there, or name their folder with --replies"
            raise ReplyError(f"cannot be read: {error.strerror}", path=path, mend=mend) from error
        except UnicodeDecodeError as error:
            raise ReplyError("not UTF-8", path=path, mend="save it as UTF-8") from error
        return read_proposals(text, self.name, str(path))
