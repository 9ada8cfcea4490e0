"""The recorded reader: proposals from files, written by a person, another tool, or an earlier reply.

Goes in: a folder of files `ARTICLE-ID.json`, each a reply (`data/reply.schema.json`). Comes out: proposals.
A file that says `"by": "person"` has the basis `recorded`, for which a person answers; any other has `model`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from g60kg.errors import ReplyError
from g60kg.extract.proposals import Proposal
from g60kg.extract.reply import LARGEST, is_complete, read_proposals
from g60kg.model import Article

_BYTES: Final = 4
"""The most bytes of a character in UTF-8."""


@dataclass(frozen=True, slots=True)
class RecordedReader:
    """Reads the proposals that are recorded for an article in some folders.

    Where they are `needed`, an article for which no folder has any is an error, else it has none.
    """

    folders: tuple[Path, ...]
    needed: bool = False

    @property
    def name(self) -> str:
        """What a claim's `reader` says."""
        return "recorded"

    def paths(self, article: Article) -> tuple[Path, ...]:
        """Return the files that hold proposals for an article."""
        paths = (folder / f"{article.id}.json" for folder in self.folders)
        return tuple(path for path in paths if path.exists())

    def propose(self, article: Article) -> tuple[Proposal, ...]:
        """Return the proposals recorded for an article, in the order of the folders and of each file.

        Raises `ReplyError` for a file that is needed and missing, unreadable or too large, or with a claim
        that breaks the schema: it names the file, the claim and the key.
        """
        paths = self.paths(article)
        if self.needed and not paths:
            mend = f"record proposals as {article.id}.json, and name their folder with --replies"
            raise ReplyError(f"no proposals are recorded for {article.id}", mend=mend)
        return tuple(
            proposal for path in paths for proposal in read_proposals(_text(path), self.name, str(path))
        )

    def is_complete(self, article: Article) -> bool:
        """Tell whether a person has noted all that an article states: then no other reader is heard."""
        return any(is_complete(_text(path), str(path)) for path in self.paths(article))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _BYTES * LARGEST:
            raise ReplyError(f"larger than {_BYTES * LARGEST:,} bytes", path=path, mend="split the article")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReplyError(f"cannot be read: {error.strerror}", path=path, mend="mend or remove it") from error
    except UnicodeDecodeError as error:
        raise ReplyError("not UTF-8", path=path, mend="save it as UTF-8") from error
