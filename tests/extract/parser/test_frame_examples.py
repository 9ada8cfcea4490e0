"""Every packaged frame proves itself by its examples and counter-examples."""

from g60kg.extract.parser.frame_checks import failing_examples
from tests.extract.parser.reading import packaged_frames, reader


def test_the_examples_of_the_frames_hold() -> None:
    assert [str(error) for error in failing_examples(packaged_frames(), reader())] == []
