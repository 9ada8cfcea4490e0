"""What a person meets who works with a graph in Python, in a notebook perhaps."""

from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef

from g60kg import Article, KnowledgeGraph
from g60kg.errors import ArticleError, LimitError, ParameterError, SparqlError, StoreError, UnknownName
from g60kg.kg import stages

AREA = "Wuhu covers an area of 6,026 square kilometers."


def test_each_form_of_query_has_its_method(packaged: KnowledgeGraph) -> None:
    assert packaged.select("SELECT ?n { id:wuhu skos:prefLabel ?n }", timeout=60).columns == ("n",)
    assert packaged.holds("ASK { id:wuhu g60:partOf id:anhui }", timeout=60)
    assert isinstance(packaged.construct("DESCRIBE id:wuhu"), Graph)
    for ask in (packaged.select, packaged.holds):
        with pytest.raises(SparqlError, match="of the form CONSTRUCT"):
            ask("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(LimitError, match=r"longer than 0\.2 s"):
        packaged.sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.2)
    assert len(packaged.query("regions-below", region="Anhui", timeout=60)) > 3


def test_a_graph_is_closed_by_its_block(packaged_store: Path) -> None:
    with KnowledgeGraph.open(packaged_store) as kg:
        assert kg.holds("ASK { id:wuhu a g60:City }")
    with pytest.raises(StoreError, match="closed; open it again"):
        kg.articles()


@pytest.mark.usefixtures("unvalidated")
def test_a_reader_notices_what_another_adds(own_store: Path) -> None:
    writer = KnowledgeGraph.open(own_store)
    reader, still = (KnowledgeGraph.open(own_store, follow=follows) for follows in (True, False))
    assert writer.add(AREA, title="Wuhu", date="2024-01-01")
    assert [len(each.articles()) for each in (reader, still)] == [2, 1]
    assert reader.summary.counts == writer.summary.counts


def test_rows_by_column(packaged: KnowledgeGraph) -> None:
    rows = packaged.query("corridor-phases")
    name = rows.columns[1]
    assert rows[name] == [row[name] for row in rows]
    assert all(isinstance(term, URIRef) for term in rows[name])
    assert rows[0].asdict() == rows.to_dicts()[0]
    with pytest.raises(KeyError, match="no column 'nothing'; columns: "):
        rows["nothing"]


def test_numbers_are_numbers_in_pandas(packaged: KnowledgeGraph) -> None:
    text = """SELECT * { VALUES (?whole ?part ?truth ?mixed ?name) {
        (1 1.5 true 1 "a") (UNDEF 2 false "b" "b") (3 1e0 UNDEF 2 "c") } }"""
    frame = packaged.select(text).to_pandas()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds | {"mixed": "", "name": ""} == {
        "whole": "Int64", "part": "float64", "truth": "boolean", "mixed": "", "name": ""
    }  # fmt: skip
    assert (frame["part"].sum(), frame["whole"].sum()) == (4.5, 4)
    assert frame["whole"].isna()[1]


def test_what_does_not_hold_is_false(packaged: KnowledgeGraph) -> None:
    assert packaged.why("Tencent", "inIndustry", "artificial intelligence")
    assert not packaged.why("Tencent", "locatedIn", "Japan")


def test_values_are_short_in_a_console_and_whole_in_a_notebook(packaged: KnowledgeGraph) -> None:
    shown: list[Any] = [
        packaged.why("Tencent", "inIndustry", "artificial intelligence"),
        packaged.why("Tencent", "locatedIn", "Japan"),
        packaged.describe("Tencent"),
        Article("n", "Less <b>than</b> a line.", "News & more", "2024-01-01"),
    ]
    for value in shown:
        assert repr(value).startswith(f"<{type(value).__name__} ")
        assert len(repr(value)) < 160
        html = value._repr_html_()
        assert html.startswith("<pre")
        assert html.count("<") == 2  # nothing else is markup
    assert "&lt;b&gt;than" in shown[-1]._repr_html_()
    assert repr(packaged.ask("how many AI companies are there?")).startswith("<Answer 'more than 840")
    assert repr(packaged.articles()) == "<Rows: 1 of article, title, date, claims, facts, proposed>"


@pytest.mark.usefixtures("unvalidated")
def test_paths_texts_and_articles_are_added(tmp_path: Path, changing: KnowledgeGraph) -> None:
    kg = changing
    file = tmp_path / "my news.txt"
    file.write_text("Hefei has 12 industrial parks.")
    assert kg.add(file, date="2024-01-01")
    assert not kg.add(str(file), date="2024-01-01")
    assert kg.add(AREA, date="2024-01-01")
    assert not kg.add(AREA, date="2024-01-01")
    assert kg.add(Article("own", "Jiaxing covers an area of 4,275 square kilometers."), date="2023-05-01")
    held = {str(row["article"]): str(row["date"]) for row in kg.articles()}
    assert {"my-news": "2024-01-01", "own": "2023-05-01"}.items() <= held.items()
    assert len(held) == 4
    with pytest.raises(ArticleError, match=r"own is held with another date, 2023-05-01; .*remove own"):
        kg.add(Article("own", "Jiaxing covers an area of 4,275 square kilometers."), date="2024-01-01")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (3, "int is no article; give an Article, a path, or a text"),
        (None, "NoneType is no article"),
        ("absent.txt", "absent.txt: cannot be read: No such file"),
        (" \n ", "the text: the text is empty"),
        ("\ud800 is no letter.", "the text:1: not UTF-8"),
        ("https://example.com/news", "cannot be read"),
    ],
)
def test_what_is_no_article(packaged: KnowledgeGraph, given: Any, said: str) -> None:
    with pytest.raises(ArticleError) as error:
        packaged.add(given)
    assert said in str(error.value)
    with pytest.raises(ArticleError):
        packaged.extract(given)


def test_a_text_is_read_without_being_added(packaged: KnowledgeGraph) -> None:
    claims = packaged.extract(AREA, date="2024-01-01")
    assert [claim.predicate for claim in claims] == ["g60:area"]
    assert tuple(claims) == stages.claims_of(Article(claims.claims[0].article, AREA, date="2024-01-01"))


@pytest.fixture
def drawing() -> None:
    import matplotlib as mpl

    mpl.use("Agg")


@pytest.mark.usefixtures("drawing", "unvalidated")
def test_pictures(packaged: KnowledgeGraph, changing: KnowledgeGraph) -> None:
    around = {text.get_text() for text in packaged.plot("Tencent").texts}
    assert {"Tencent", "Digital economy", "operates", "in industry"} <= around
    where = packaged.plot()
    assert {"Hefei", "Songjiang District"} <= {text.get_text() for text in where.texts}
    kg = changing
    kg.add("Wuhu had a population of 3.6 million in 2020. Wuhu had a population of 3.7 million in 2023.")
    axes = kg.plot("Wuhu", measure="population")
    drawn: Any = axes.lines[0].get_data()
    assert [[*drawn[0]], [*drawn[1]]] == [[2020, 2023], [3_600_000, 3_700_000]]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["2020", "2023"]
    assert (axes.get_ylabel(), axes.get_ylim()[0] > 3_000_000) == ("persons", True)
    axes.figure.canvas.draw()
    assert axes.yaxis.get_major_formatter()(3_600_000) == "3,600,000"
    with pytest.raises(ParameterError, match=r"Wuhu has no .*area.* at two times"):
        kg.plot("Wuhu", measure="area")
    with pytest.raises(UnknownName):
        kg.plot("Wuhuu")
