"""The catalogue: cheap to list, each query read when it is asked for; and what the shipped ones hold to."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Store as Engine

from g60kg.errors import CatalogueError, UnknownQuery
from g60kg.graph import ontology_quads
from g60kg.query import Catalogue, bind, load_catalogue
from g60kg.register import load_register, register_quads
from g60kg.resources import resource
from g60kg.store import MemoryStore, query_form
from g60kg.terms import PREFIXES

HEADER = """\
#+ title: T
#+ description: D.
#+ question: {en: Q?, zh: Q？}
#+ group: g
#+ columns: {s: S.}
SELECT ?s { ?s ?p ?o }
"""


def test_names_are_sorted_and_known(catalogue: Catalogue) -> None:
    assert catalogue.names == tuple(sorted(catalogue.names))
    assert len(catalogue) == len(catalogue.names) >= 36
    assert "companies-by-industry" in catalogue
    assert "nope" not in catalogue


def test_one_query_is_read_without_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.rq").write_text(HEADER, encoding="utf-8")
    (tmp_path / "broken.rq").write_text("SELECT", encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert catalogue.names == ("broken", "good")
    assert catalogue["good"].title == "T"
    with pytest.raises(CatalogueError, match=r"broken\.rq:1: no header"):
        catalogue["broken"]


def test_an_unknown_name_lists_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(
        UnknownQuery, match="no stored query 'company-by-industry'; nearest: companies-by-industry"
    ):
        catalogue["company-by-industry"]


def test_groups_hold_every_query_once(catalogue: Catalogue) -> None:
    apart = [catalogue.groups(maintainer=each) for each in (False, True)]
    grouped = [query.name for groups in apart for queries in groups.values() for query in queries]
    assert sorted(grouped) == list(catalogue.names)
    assert "soundness" in apart[1]
    assert "soundness" not in apart[0]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no such folder of queries"):
        load_catalogue(tmp_path / "none")


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_bytes(b"#+ title: \xff")
    with pytest.raises(CatalogueError, match=r"x\.rq:1: not UTF-8"):
        load_catalogue(tmp_path)["x"]


def test_windows_line_ends_and_a_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_bytes(b"\xef\xbb\xbf" + HEADER.replace("\n", "\r\n").encode())
    assert load_catalogue(tmp_path)["x"].title == "T"


def test_shipped_queries_are_plain_sparql_that_any_tool_can_run(catalogue: Catalogue) -> None:
    for query in catalogue:
        query_form(query.text)
        Engine().query(query.text)  # parses without any prefix but its own
        prefixes = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", query.text, re.MULTILINE))
        assert prefixes == {name: PREFIXES[name] for name in sorted(prefixes)}, query.name
        assert all(re.search(rf"[^\w<]{name}:\w", query.text) for name in prefixes), query.name


def test_shipped_queries_give_each_row_once_in_a_fixed_order(catalogue: Catalogue) -> None:
    for query in catalogue:
        outer = query.text.rpartition("\n}\n")[2]
        assert "ORDER BY" in outer, query.name
        assert "SELECT DISTINCT" in query.text or "GROUP BY" in outer, query.name
        # a triple of two graphs counts once only where the count is of distinct things
        assert query.name in ("layers", "properties-in-use") or "COUNT(?" not in query.text, query.name


def test_shipped_examples_name_what_the_register_and_the_ontology_hold(catalogue: Catalogue) -> None:
    ontology = ontology_quads(resource("ontology", "g60.ttl"))
    store = MemoryStore([*register_quads(load_register(resource("data", "register"))), *ontology])
    for query in catalogue:
        named = [each for each in query.parameters if each.class_ != "g60:Article"]
        values = {each.name: each.example or each.hint for each in named}
        assert set(bind(store, query, values)) == {each.variable for each in named}
