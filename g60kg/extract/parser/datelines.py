"""What a dateline says: "HEILBRONN, Germany - Ground was broken …"."""

from dataclasses import replace
from typing import Final

from g60kg.extract.parser.found import of_mark
from g60kg.extract.parser.frames import WITHIN
from g60kg.extract.parser.graph import Sentence
from g60kg.extract.parser.reading import SentenceReading
from g60kg.extract.parser.stating import state
from g60kg.model import Entity
from g60kg.text.view import dateline_end

_JOINT: Final = ", "


def read_dateline(reading: SentenceReading) -> None:
    """Propose that the place of a dateline lies in the country or province behind it."""
    sentence, text = reading.sentence, reading.text.view.text
    start, end = sentence.span
    line = text.rfind("\n", 0, start) + 1
    if start == line or dateline_end(text, line) != start:
        return
    marks = [mark for mark in reading.text.marks_within(line, start) if isinstance(mark.meaning, Entity)]
    if len(marks) < 2 or marks[0].start != line or text[marks[0].end : marks[1].start] != _JOINT:
        return
    places = [of_mark(mark, 0) for mark in marks[:2]]
    if all(reading.mentions.fits(place.entity, "Region") for place in places):
        whole = Sentence(sentence.doc, sentence.words, (line, end), sentence.tables)
        state(replace(reading, sentence=whole), "dateline", places[0], WITHIN, places[1])
