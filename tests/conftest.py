"""What holds for every test: it ends. And a host that is never to be called."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.elsewhere import Host

_SLOW: Final = 1200
"""Seconds that a slow test may take; `timeout` in pyproject.toml is that of all others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_SLOW))


@pytest.fixture
def host() -> Iterator[Host]:
    """Return a host that counts who calls."""
    host = Host()
    yield host
    host.close()
