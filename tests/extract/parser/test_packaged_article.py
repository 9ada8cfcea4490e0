"""How much of the packaged article, a garbled translation, frames read by themselves."""

import re

from g60kg.article import Article
from g60kg.extract.parser.frame_checks import proposal_line
from g60kg.resources import resource
from tests.extract.golden import PATH
from tests.extract.parser.reading import reader

_LIMITS = re.compile(r" (?:year|date|modality|countedKind|industry|region|phase|rank|period)=.*$")
_FIGURE = re.compile(r" (?:unit|cur):\S+")
_LEAST = 37
"""How many of the recorded relations are read today; the rest stands in a recorded file."""


def test_frames_read_what_they_read_of_the_garbled_article() -> None:
    rows = (row.split(" | ")[1] for row in PATH.read_text(encoding="utf-8").splitlines())
    recorded = {_LIMITS.sub("", row) for row in rows if not _FIGURE.search(row)}
    article = Article.from_file(resource("data", "articles", "2023-07-11-g60-corridor.txt"))
    read = {_LIMITS.sub("", proposal_line(proposal)) for proposal in reader().propose(article)}
    assert len(recorded & read) >= _LEAST
    assert not [line for line in read if "songjiang g60:partOf id:zhejiang" in line]
