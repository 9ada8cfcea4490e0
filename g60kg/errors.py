"""The errors, as one tree: each is one line that names the place and the mend.

The command line prints its text as it stands, with exit code 2; nothing else is raised for bad input.

    G60Error
      InputError         a file or text that cannot be used
        ArticleError       empty, not UTF-8, binary, too large
        RegisterError      malformed entry, two entries with one name
        PatternError       malformed frame or table of words, a false example
        OntologyError      broken Turtle, outside the OWL 2 RL profile
        CatalogueError     malformed header of a stored query
        GoldError          malformed gold file of an evaluation
        ReplyError         a reply or a file of proposals that cannot be used
        DecisionError      malformed decision on a claim
      QueryError         a question that cannot be asked
        UnknownQuery, UnknownArticle, UnknownName with UnknownProperty, AmbiguousName, ParameterError,
        SparqlError, UpdateRefused
      StoreError         a store that cannot be opened, read or written
        NoStore            a place that holds none
        DamagedStore       one whose files are not as they were written; it can be made again
        NewerStore         one that a newer version wrote
        StoreBusy          one that another process is writing to
      ReaderError        a reader that cannot read: the parser's model is missing
        ModelError         a language model that cannot be asked, or does not answer
      LimitError         more work or more facts than a limit lets pass
      ExportError        a graph that cannot be written
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final


class G60Error(Exception):
    """A failure that the user can mend; its text is one line.

    >>> str(G60Error("the store is locked", mend="end the other process"))
    'the store is locked; end the other process'
    """

    exit_code = 2

    def __init__(self, message: str, *, mend: str | None = None) -> None:
        self.message = " ".join(message.split())
        self.mend = mend
        super().__init__(f"{self.message}; {mend}" if mend else self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let another process have the same error: what it was made of is not what it says."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[G60Error], said: tuple[Any, ...], parts: dict[str, Any]) -> G60Error:
    error = kind.__new__(kind, *said)
    error.__dict__.update(parts)
    return error


class InputError(G60Error):
    """A file that cannot be used; `path` and `line` (from 1) say where.

    >>> str(InputError("no 'en' name", path="a.yaml", line=3, mend="add one"))
    "a.yaml:3: no 'en' name; add one"
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        mend: str | None = None,
    ) -> None:
        self.path = path
        self.line = line
        place = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(f"{place}: {message}" if place else message, mend=mend)


class ArticleError(InputError):
    """An article's text or metadata cannot be used."""


class RegisterError(InputError):
    """A register file is malformed or contradicts another."""


class PatternError(InputError):
    """A file of frames or words is malformed, or an example of a frame does not hold."""


class OntologyError(InputError):
    """An ontology or shapes file cannot be used."""


class CatalogueError(InputError):
    """A stored query's file cannot be used."""


class GoldError(InputError):
    """A gold file, which says what a text states, cannot be used."""


class ReplyError(InputError):
    """A reply, or a recorded file of proposals, cannot be used."""


class DecisionError(InputError):
    """A decision on a claim, kept beside a store, cannot be used."""


class QueryError(G60Error):
    """A question that cannot be asked."""


class _NearestError(QueryError):
    """Something asked for by a name that does not exist; `nearest` lists names that do."""

    noun = "name"
    listed: str | None = None
    """What to do where no name is near."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        mend = f"nearest: {', '.join(self.nearest)}" if self.nearest else self.listed
        super().__init__(f"no {self.noun} {name!r}", mend=mend)


class UnknownQuery(_NearestError):  # noqa: N818
    """No stored query of this name.

    >>> str(UnknownQuery("compnies", ["companies"]))
    "no stored query 'compnies'; nearest: companies"
    """

    noun = "stored query"
    listed = "see the list of queries"


class UnknownName(_NearestError):  # noqa: N818
    """No entity of this name."""

    noun = "entity named"
    listed = "search finds names by a part of them"


class UnknownProperty(UnknownName):
    """No property of this name.

    >>> str(UnknownProperty("locatedAt", ["located in"]))
    "no property named 'locatedAt'; nearest: located in"
    """

    noun = "property named"
    listed = "see the ontology"


class UnknownArticle(_NearestError):  # noqa: N818
    """No article of this id is held."""

    noun = "article"
    listed = "see the list of articles"


_TOLD: Final = 20
"""So many of the things that bear one name are told."""


class AmbiguousName(QueryError):  # noqa: N818
    """A name that several entities bear; `choices` lists their IRIs, `places` where each lies, or nothing."""

    def __init__(self, name: str, choices: Sequence[str], places: Sequence[str] = ()) -> None:
        self.name = name
        self.choices = tuple(choices)
        self.places = tuple(places) or ("",) * len(self.choices)
        told = [
            f"{choice} (in {place})" if place else choice
            for choice, place in zip(self.choices[:_TOLD], self.places, strict=False)
        ]
        more = len(self.choices) - len(told)
        mend = f"give one of: {', '.join(told)}" + (f", and {more:,} more" if more else "")
        if first := next(filter(None, self.places), None):
            mend += f"; or name its place, as in '{name}, {first}'"
        super().__init__(f"{name!r} names {len(self.choices)} things", mend=mend)


class ParameterError(QueryError):
    """A parameter that is unknown, missing, or of the wrong type."""


class SparqlError(QueryError):
    """A SPARQL text that does not parse or cannot be evaluated."""


class UpdateRefused(QueryError):  # noqa: N818
    """An update, or a request to another host, where only queries are allowed."""


class StoreError(G60Error):
    """A store that cannot be opened, read or written."""


class LimitError(G60Error):
    """More work or more facts than a limit lets pass."""


class NoStore(StoreError):  # noqa: N818
    """A place that holds no store."""


class DamagedStore(StoreError):  # noqa: N818
    """A store whose files are not as they were written; what it was made from is kept beside it.

    >>> str(DamagedStore("store/quads-1/CURRENT: missing"))
    'store/quads-1/CURRENT: missing: the store is damaged; run `g60kg repair`'
    """

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}: the store is damaged", mend="run `g60kg repair`")


class OlderStore(DamagedStore):
    """A store that an older version of the project wrote, in another form.

    >>> str(OlderStore("store"))
    'store: written by an older version, in another form; run `g60kg build`, which keeps what was added'
    """

    def __init__(self, place: str) -> None:
        message = f"{place}: written by an older version, in another form"
        StoreError.__init__(self, message, mend="run `g60kg build`, which keeps what was added")


class NewerStore(StoreError):  # noqa: N818
    """A store that a newer version of the project wrote; it is never written over."""


class StoreBusy(StoreError):  # noqa: N818
    """A store that another process is writing to; it can be written when that has ended."""


class ExportError(G60Error):
    """A graph that cannot be written."""


class ReaderError(G60Error):
    """A reader that cannot read: its model is not installed, or its endpoint gives no usable answer."""


class ModelError(ReaderError):
    """A language model cannot be asked, or does not answer as its interface has it.

    >>> str(ModelError("http://127.0.0.1:1/v1 cannot be reached", mend="start it"))
    'http://127.0.0.1:1/v1 cannot be reached; start it'
    """
