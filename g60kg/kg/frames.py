"""Checking frames: whether each one reads in its examples what it says, and nothing else.

Goes in: the user's own folders. Comes out: a `Report`. The packaged frames are run with the packaged
register, the user's with the user's. Imports the parser: import it where it is used.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from g60kg.check import Finding, Place, Report
from g60kg.errors import InputError, PatternError, ReaderError
from g60kg.extract.parser.frame_checks import failing_examples, frames_of
from g60kg.extract.parser.reader import load_parser_reader
from g60kg.kg import stages
from g60kg.kg.own import Own
from g60kg.resources import resource

CHECK = "frames"


def check_examples(own: Own) -> Report:
    """Run the examples of the packaged frames, and of a user's own as they are now."""
    try:
        return _checked(own.again())
    except InputError as error:
        return Report.join(_checked(stages.PACKAGED), Report.of(CHECK, [_finding(error, "folder")]))


@lru_cache(maxsize=4)
def _checked(own: Own) -> Report:
    packaged = _findings(stages.PACKAGED, [resource("data", "frames")])
    return Report.of(CHECK, [*packaged, *(_findings(own, map(Path, own.frames)) if own.frames else ())])


def _findings(own: Own, folders: Iterable[Path]) -> Iterator[Finding]:
    try:
        lexicon = stages.lexicon(own)
        reader = load_parser_reader(lexicon, *map(Path, own.frames))
        for error in failing_examples(frames_of(list(folders), lexicon), reader):
            yield _finding(error, "example")
    except InputError as error:
        yield _finding(error, "frame" if isinstance(error, PatternError) else "register")
    except ReaderError as error:
        yield Finding(
            CHECK, "warning", Place(CHECK), "no-model", f"not run: {error.message}", error.mend or ""
        )


def _finding(error: InputError, rule: str) -> Finding:
    place = ":".join(str(part) for part in (error.path, error.line) if part is not None)
    message = error.message.removeprefix(f"{place}: ")
    return Finding(CHECK, "error", Place(place), rule, message, error.mend or "")
