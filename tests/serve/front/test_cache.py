"""Answers are kept as long as there is room."""

from g60kg.serve.front.messages import answers_kept
from g60kg.serve.values import Response


def test_very_many_small_answers_take_no_more_than_large_ones() -> None:
    cache = answers_kept(100_000)
    for number in range(10_000):
        cache.put(str(number), Response(b"{}"))
    assert cache.get("0") is None
    assert sum(cache.get(str(number)) is not None for number in range(10_000)) < 100
    assert 0 < cache.size <= 100_000


def test_one_that_is_too_large_is_not_kept() -> None:
    cache = answers_kept(10_000)
    cache.put("a", Response(b"x" * 10_000))
    assert cache.get("a") is None
