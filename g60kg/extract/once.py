"""A property that is worked out when first asked for.

Goes in: a method. Comes out: what `functools.cached_property` is from Python 3.12 on: without the lock that
takes longer than most of what is asked for here.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - it is written as property is
    """Turn a method into a property whose value is kept; the instance has a `__dict__`."""

    def __init__(self, method: Callable[[Any], T]) -> None:
        self._method = method
        self._name = method.__name__
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> "once[T]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> "T | once[T]":
        """Return the value, worked out now; from now on the instance has it itself."""
        if instance is None:
            return self
        value = self._method(instance)
        instance.__dict__[self._name] = value
        return value
