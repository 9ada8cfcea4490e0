import pytest
from pyoxigraph import NamedNode

from g60kg.describe.lookup import RECORDS
from g60kg.serve.linked.things import node_at, node_of, path_of
from g60kg.serve.site import Site
from g60kg.terms import DATASET, ROOT


def test_every_node_of_the_project_is_found_again_at_its_path(site: Site) -> None:
    nodes = {quad.subject for quad in site.kg.store.match() if isinstance(quad.subject, NamedNode)}
    kinds = ("id", *RECORDS)
    ours = [node for node in nodes if node.value.removeprefix(ROOT).partition("/")[0] in kinds]
    assert len(ours) > 500
    for node in ours:
        assert node_at(path_of(node)) == node


def test_the_dataset_has_a_path() -> None:
    assert node_at(path_of(DATASET)) == DATASET


@pytest.mark.parametrize(("kind", "slug"), [("id", ""), ("id", "/"), ("id", "a b"), ("id", "<x>")])
def test_what_can_be_no_iri_is_no_node(kind: str, slug: str) -> None:
    assert node_of(kind, slug) is None
