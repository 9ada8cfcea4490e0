"""A property is worked out once for each instance."""

from g60kg.extract.once import once


class _Counted:
    def __init__(self) -> None:
        self.calls = 0

    @once
    def value(self) -> int:
        """The answer."""
        self.calls += 1
        return 60


def test_works_it_out_once() -> None:
    counted = _Counted()
    assert (counted.value, counted.value, counted.calls) == (60, 60, 1)


def test_instances_are_apart() -> None:
    one, other = _Counted(), _Counted()
    assert (one.value, other.calls) == (60, 0)


def test_class_shows_its_documentation() -> None:
    assert _Counted.value.__doc__ == "The answer."
