"""Servers for the tests of the protocol."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.serve import conftest as serving


@pytest.fixture(scope="session")
def running() -> Callable[..., Any]:
    """Return a context that runs a server: `with running(store, log, "--writable") as server`."""
    return serving.serving
