"""An article to its claims: readers propose, one verifier accepts.

Goes in: a register, a user's folders, and who reads. Comes out: an `Extractor`, which reads any number of
articles; the parser's model is loaded when the first text is read.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from g60kg.article import Article
from g60kg.extract.proposals import Proposal, Reader, Verified
from g60kg.extract.reply import RecordedReader
from g60kg.extract.verify import Bases, Verifier, load_bases
from g60kg.model import Claim
from g60kg.register import Register
from g60kg.resources import resource
from g60kg.text.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True)
class Extractor:
    """Readers, what they look words up in, and which of their bases are accepted."""

    lexicon: Lexicon
    readers: tuple[Reader, ...]
    recorded: RecordedReader
    bases: Bases

    def proposals(self, article: Article) -> tuple[Proposal, ...]:
        """Return what all readers propose for an article; where a person has noted all of it, that alone."""
        recorded = self.recorded.propose(article)
        if self.recorded.is_complete(article):
            return recorded
        read = (proposal for reader in self.readers for proposal in reader.propose(article))
        return (*read, *recorded)

    def verified(self, article: Article) -> Verified:
        """Return the claims of an article in the order of its text, and what failed a check."""
        verifier = self._plain_verifier if self.recorded.is_complete(article) else self._verifier
        return verifier.verify(article, self.proposals(article))

    @cached_property
    def _verifier(self) -> Verifier:
        return Verifier(self.lexicon, self.bases)

    @cached_property
    def _plain_verifier(self) -> Verifier:
        """The verifier of what a person noted whole: it needs no model, so that a build loads none."""
        return Verifier(replace(self.lexicon, recogniser=None), self.bases)

    def claims(self, article: Article) -> tuple[Claim, ...]:
        """Return the claims of an article, in the order of its text."""
        return self.verified(article).claims

    def unread(self, article: Article) -> str | None:
        """Say why nobody reads an article: the parser alone is asked, and it is not written as English is."""
        parsed = bool(self.readers) and all(reader.name == "parser" for reader in self.readers)
        if not parsed or self.recorded.paths(article):
            return None
        from g60kg.extract.parser.reader import is_latin

        if is_latin(article.text):
            return None
        return f"{article.id}: not read, since the parser reads English; give --reader model, or --replies"


def load_extractor(
    register: Register,
    frames: Sequence[Path] = (),
    replies: Sequence[Path] = (),
    *,
    reader: str = "parser",
    model: str | None = None,
    model_url: str | None = None,
    kept: Path | None = None,
) -> Extractor:
    """Return the extractor of a register, a user's frames and recorded replies, and one reader.

    Recorded replies are always heard: those packaged with an article, then the user's. A model's replies are
    kept in the folder `kept`. Raises `PatternError` that names file and line, also for an example of a
    user's frame that does not hold.
    """
    lexicon = load_lexicon(register, *frames)
    recorded = RecordedReader((resource("data", "articles"), *replies), needed=reader == "recorded")
    readers: tuple[Reader, ...] = ()
    if reader == "parser":
        from g60kg.extract.parser.frame_checks import check_frames, frames_of
        from g60kg.extract.parser.reader import load_parser_reader

        parser = load_parser_reader(lexicon, *frames)
        check_frames(frames_of(frames, lexicon), parser)
        lexicon, readers = parser.lexicon, (parser,)
    elif reader == "model":
        from g60kg.extract.model import ModelReader

        key = os.environ.get("G60KG_MODEL_KEY") or None
        readers = (ModelReader(model_url, model or "", key, folder=kept),)
    return Extractor(lexicon, readers, recorded, load_bases())
