"""The small corridor of `fixture.trig`, in the project's store and in rdflib's memory store."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from g60kg.query import Catalogue, load_catalogue
from g60kg.resources import resource
from g60kg.store import MemoryStore

if TYPE_CHECKING:
    from rdflib import Dataset

HERE = Path(__file__).parent
FIXTURE = HERE / "fixture.trig"


def fixture_quads() -> list[Quad]:
    return list(parse(FIXTURE.read_bytes(), format=RdfFormat.TRIG))


@pytest.fixture(scope="session")
def store() -> MemoryStore:
    return MemoryStore(fixture_quads())


@pytest.fixture(scope="session")
def dataset() -> "Dataset":
    from tests.query.rdflib_engine import to_dataset

    return to_dataset(fixture_quads())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(resource("queries"))
