"""Every packaged frame proves itself by its examples and counter-examples."""

import pytest

from g60kg.extract.parser.frame_checks import failing_examples
from g60kg.extract.parser.frames import Frame
from g60kg.extract.parser.reader import ParserReader
from tests.extract.parser.reading import packaged_frames, reader


@pytest.fixture(scope="module")
def plain_reader() -> ParserReader:
    return reader()


@pytest.mark.parametrize("frame", packaged_frames(), ids=lambda frame: frame.id)
def test_the_examples_of_a_frame_hold(frame: Frame, plain_reader: ParserReader) -> None:
    assert [str(error) for error in failing_examples([frame], plain_reader)] == []
