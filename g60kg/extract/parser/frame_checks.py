"""The examples of frames, run: a frame whose example gives other claims than it says is refused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from g60kg.article import Article
from g60kg.errors import PatternError
from g60kg.extract.claims import value_text
from g60kg.extract.parser.frame_files import acts_of, load_frames
from g60kg.extract.parser.frame_reading import FrameReading
from g60kg.extract.parser.frames import Example, Frame
from g60kg.extract.parser.reader import ParserReader
from g60kg.extract.proposals import Mention, Proposal, Stated
from g60kg.model import Entity
from g60kg.terms import curie
from g60kg.text.lexicon import Lexicon

_DATE = "2023-07-11"
"""The date of an example's article."""


def frames_of(folders: Sequence[Path], lexicon: Lexicon) -> tuple[Frame, ...]:
    """Return the frames of folders, one of a later folder in place of one of the same id.

    Raises `PatternError` that names file and line.
    """
    return load_frames(folders, acts_of(lexicon.tables))


def check_frames(frames: Iterable[Frame], reader: ParserReader) -> None:
    """Raise `PatternError` for the first example or counter-example that does not hold."""
    for error in failing_examples(frames, reader):
        raise error


def failing_examples(frames: Iterable[Frame], reader: ParserReader) -> Iterator[PatternError]:
    """Yield an error for each example that a frame, alone, reads otherwise than it says."""
    for frame in frames:
        alone = replace(reader, mechanisms=(FrameReading([frame]),))
        for example in (*frame.example, *frame.counter_example):
            found = read_lines(example.text, alone)
            if found != sorted(example.claims):
                yield _false(frame, example, found)


def read_lines(text: str, reader: ParserReader) -> list[str]:
    """Return the claims that a reader proposes for a text, as sorted lines."""
    article = Article("example", text, date=_DATE)
    return sorted({proposal_line(proposal) for proposal in reader.propose(article)})


def proposal_line(proposal: Proposal) -> str:
    """Return a proposal as `claim_line` gives a claim."""
    of = proposal.object.of if isinstance(proposal.object, Stated) else None
    found = {"countedKind": of} if of else {}
    limits = [
        f"{name}={limit if isinstance(limit, str) else curie(limit.iri)}"
        for name, limit in sorted((found | dict(proposal.qualifiers)).items())
    ]
    return " ".join([_mention(proposal.subject), proposal.predicate, _object(proposal.object), *limits])


def _mention(mention: Mention) -> str:
    return curie(mention.entity.iri) if isinstance(mention.entity, Entity) else mention.name


def _object(said: Mention | Stated) -> str:
    return _mention(said) if isinstance(said, Mention) else value_text(said.value)


def _false(frame: Frame, example: Example, found: list[str]) -> PatternError:
    shown = "; ".join(found) or "nothing"
    wanted = "; ".join(example.claims) or "nothing"
    return PatternError(
        f"frame {frame.id!r}: {example.text!r} gives {shown}, not {wanted}",
        path=frame.path,
        line=example.line,
        mend="change the frame or the example",
    )
