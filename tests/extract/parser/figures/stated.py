"""What the figures of a text state, as short lines, for the tests of this room."""

from g60kg.article import Article
from g60kg.extract.parser.figures import read_figures
from g60kg.extract.parser.reader import ParserReader
from g60kg.extract.proposals import Proposal, Stated
from tests.extract.parser.readings import lexicon

_UNITS = {"unit:NUM": "", "unit:PERCENT": "%", "unit:FRACTION": "of 1"}


def proposals(text: str, date: str | None = "2024-02-19") -> list[Proposal]:
    """The proposals of a text's figures."""
    return list(ParserReader(lexicon(), (read_figures,)).propose(Article("example", text, date=date)))


def stated(text: str) -> list[str]:
    """Each claim as `holder measure comparator value unit qualifier=value …`; `exact` is left out."""
    return [_line(each) for each in proposals(text)]


def bases(text: str) -> list[str]:
    """The basis of each claim."""
    return [each.basis for each in proposals(text)]


def _line(proposal: Proposal) -> str:
    assert isinstance(proposal.object, Stated)
    value = proposal.object.value
    assert value.unit is not None
    unit = _UNITS.get(value.unit, value.unit.split(":")[1].removeprefix("CCY_"))
    comparator = "" if value.comparator == "exact" else value.comparator
    measure = proposal.predicate.removeprefix("g60:")
    plain = lexicon().tables["verify"]["plain kinds"].get(measure, ())
    of = proposal.object.of or ""
    counted = {"countedKind": of} if of and of.lower() not in plain else {}
    limits = [
        f"{name}={said if isinstance(said, str) else said.label}"
        for name, said in sorted((counted | dict(proposal.qualifiers)).items())
    ]
    parts = [proposal.subject.name, measure, comparator, value.value, unit, *limits]
    return " ".join(part for part in parts if part)
