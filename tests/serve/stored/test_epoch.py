from dataclasses import replace

import pytest

from g60kg.serve.site import Site
from g60kg.serve.stored import epoch as module
from g60kg.serve.stored.epoch import epoch


def test_a_version_is_its_own_epoch(site: Site) -> None:
    assert epoch(replace(site, version="7")) == "7"


def test_without_a_version_it_ends_with_the_minute(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    names = []
    for seconds in (60.0, 119.0, 120.0):
        monkeypatch.setattr(module, "monotonic", lambda now=seconds: now)
        names.append(epoch(replace(site, version="")))
    assert names[0] == names[1] != names[2]
