"""The parser-based reader, with the mechanisms that read claims from a sentence, in their order.

An article to proposals, offline and deterministic.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from g60kg.article import Article
from g60kg.extract.parser import pipeline
from g60kg.extract.parser.coreference import Coreference
from g60kg.extract.parser.distinctions import read_distinctions
from g60kg.extract.parser.feed import Feeder
from g60kg.extract.parser.figures import read_figures
from g60kg.extract.parser.frame_files import acts_of, load_frames
from g60kg.extract.parser.frame_reading import FrameReading
from g60kg.extract.parser.graph import Sentence
from g60kg.extract.parser.milestones import read_milestones
from g60kg.extract.parser.pipeline import named_spans
from g60kg.extract.parser.reading import READER, SentenceReading
from g60kg.extract.parser.relations import read_relations
from g60kg.extract.proposals import Proposal
from g60kg.extract.tables import load_tables, read_table
from g60kg.resources import resource
from g60kg.text.lexicon import Lexicon

Mechanism = Callable[[SentenceReading], None]
"""What reads claims from one sentence; it may leave things behind in the reading's coreference."""


_LATIN: Final = "\u0250"
"""The first letter behind the Latin ones."""


def is_latin(text: str) -> bool:
    """Tell whether at least half of a text's letters are Latin, as those of English are.

    >>> is_latin("Wuhu (芜湖市) is in Anhui."), is_latin("芜湖市在安徽省，简称 Wu。")
    (True, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter < _LATIN for letter in letters) >= len(letters)


@dataclass(frozen=True)
class ParserReader:
    """Reads English with a dependency parser and mechanisms over it."""

    lexicon: Lexicon
    mechanisms: Sequence[Mechanism] = field(default=())
    name: str = READER

    @cached_property
    def _feeder(self) -> Feeder:
        return Feeder(self.lexicon, pipeline.word_spans)

    def propose(self, article: Article) -> Iterator[Proposal]:
        """Yield what the sentences of an article propose, in order."""
        for reading in self.readings(article):
            yield from reading.proposals

    def readings(self, article: Article) -> Iterator[SentenceReading]:
        """Yield each sentence of an article as read; none of one that is not written in Latin letters."""
        if not is_latin(article.text):
            return
        text = self.lexicon.annotate(article)
        rows = list(self._feeder.sentences(text))
        tables = self.lexicon.tables["graph"]
        coreference = Coreference(text, self.lexicon)
        for (span, words), doc in zip(rows, pipeline.parse(words for _, words in rows), strict=True):
            reading = SentenceReading(text, self.lexicon, Sentence(doc, words, span, tables), coreference)
            asks = text.view.text[slice(*span)].rstrip("\"' \n)").endswith("?")
            for mechanism in () if asks else self.mechanisms:
                mechanism(reading)
            coreference.remember(reading.mentions)
            if not asks:  # a question states nothing
                yield reading


MECHANISMS: Final[tuple[Mechanism, ...]] = (
    read_relations,
    read_distinctions,
    read_figures,
    read_milestones,
)


def load_parser_reader(lexicon: Lexicon, *folders: Path) -> ParserReader:
    """Return the reader that parses, with the frames of folders over the packaged ones.

    Its lexicon is the given one, helped by the pipeline's recogniser of entities.
    """
    return ParserReader(replace(lexicon, recogniser=named_spans), (frame_mechanism(*folders), *MECHANISMS))


def frame_mechanism(*folders: Path) -> FrameReading:
    """Return the mechanism of the packaged frames and those of folders."""
    return FrameReading(load_frames([resource("data", "frames"), *folders], _acts(folders)))


def _acts(folders: Iterable[Path]) -> Mapping[str, list[str]]:
    """Return the classes of words, with what folders add to them."""
    own = [folder for folder in folders if (folder / "grammar" / "acts.yaml").is_file()]
    grammar = resource("data", "grammar")
    acts = load_tables(own)["acts"] if own else read_table(grammar / "acts.yaml")
    return acts_of({"acts": acts, "mentions": read_table(grammar / "mentions.yaml")})
