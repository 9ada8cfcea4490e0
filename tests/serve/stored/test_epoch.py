from dataclasses import replace

import pytest

from g60kg.serve import site as module
from g60kg.serve.site import Site, epoch


def test_a_version_is_its_own_epoch(site: Site) -> None:
    assert epoch(replace(site, version="7")) == "7"


def test_without_a_version_it_ends_with_the_minute(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    epochs = []
    for seconds in (60.0, 119.0, 120.0):
        monkeypatch.setattr(module, "monotonic", lambda now=seconds: now)
        epochs.append(epoch(replace(site, version="")))
    assert epochs[0] == epochs[1] != epochs[2]
