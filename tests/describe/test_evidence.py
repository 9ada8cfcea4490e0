"""What says the rows of a stored query: words, article, date, basis, on the packaged graph."""

import pytest

from g60kg import KnowledgeGraph
from g60kg.describe import evidence
from g60kg.query import Rows, run
from g60kg.query.header import parse_query
from g60kg.query.model import EVIDENCE
from g60kg.terms import ARTICLE

QUERY = """\
#+ title: T
#+ description: D.
#+ question: {en: Q?, zh: 问？}
#+ group: companies
#+ evidence: company g60:inIndustry industry
#+ columns: {company: C., industry: I.}
SELECT ?company ?industry { ?company g60:inIndustry ?industry } ORDER BY ?company ?industry
"""


def said(rows: Rows, **values: str) -> dict[str, object]:
    """Return the evidence of the first row with these values."""
    found = [row for row in rows.to_dicts() if values.items() <= row.items()]
    return {name: found[0][name] for name in EVIDENCE}


def test_a_fact_that_an_article_says_has_its_words(packaged: KnowledgeGraph) -> None:
    row = said(packaged.query("companies-by-industry"), name="OmniVision", industryName="Integrated circuits")
    assert row["basis"] in ("said", "inferred")
    assert "integrated circuit" in str(row["quote"])
    assert (row["article"], str(row["date"])) == (ARTICLE["2023-07-11-g60-corridor"].value, "2023-07-11")


def test_a_fact_that_was_inferred_has_the_words_of_its_proof(packaged: KnowledgeGraph) -> None:
    row = said(
        packaged.query("companies-by-industry"), name="Tencent", industryName="Artificial intelligence"
    )
    assert (row["basis"], row["status"]) == ("inferred", "accepted")
    assert "Tencent" in str(row["quote"])


def test_a_fact_of_the_register_has_no_words(packaged: KnowledgeGraph) -> None:
    row = said(packaged.query("regions-below", place="Anhui"), name="Wuhu")
    assert (row["basis"], row["quote"], row["article"]) == ("register", None, None)


def test_every_figure_has_the_words_that_give_it(packaged: KnowledgeGraph) -> None:
    rows = packaged.query("figures").to_dicts()
    assert rows
    assert all(row["quote"] and row["article"] and row["date"] and row["basis"] == "said" for row in rows)


def test_all_quotes_are_words_of_their_article(packaged: KnowledgeGraph) -> None:
    text = packaged.sparql("SELECT DISTINCT ?quote { ?words oa:exact ?quote }")
    assert isinstance(text, Rows)
    known = {row["quote"] for row in text.to_dicts()}
    for query in packaged.catalogue:
        if query.evidence and not any(each.required for each in query.parameters):
            found = {row["quote"] for row in packaged.query(query.name, limit=50).to_dicts()}
            assert found - {None} <= known, query.name


def test_further_rows_are_not_proved(packaged: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST", 1)
    rows = packaged.query("companies-by-industry", industry="Artificial intelligence").to_dicts()
    inferred = [row["quote"] for row in rows if row["basis"] == "inferred"]
    assert inferred[0]
    assert not any(inferred[1:])


def test_a_query_without_evidence_keeps_its_columns(packaged: KnowledgeGraph) -> None:
    assert packaged.query("names", limit=1).columns == ("entity", "kind", "name", "language")


def test_a_query_of_a_users_own_has_evidence(packaged: KnowledgeGraph) -> None:
    query = parse_query("own", QUERY, "own.rq")
    plain, rows = run(packaged.store, query), packaged.query(query)
    assert rows.columns == (*plain.columns, *EVIDENCE)
    assert [row[:2] for row in rows.terms] == list(plain.terms)


def test_a_table_for_people_has_names_and_numbers_and_no_empty_column(packaged: KnowledgeGraph) -> None:
    rows = packaged.readable(packaged.query("figures", of="G60 Corridor", measure="area"))
    assert "rank" not in rows.columns
    assert "name" not in rows.columns
    (row,) = rows.to_dicts()
    assert row["entity"] == "G60 Science and Technology Innovation Corridor"
    assert (row["value"], row["unit"], row["measure"]) == ("76,200", "km²", "area")
    assert row["date"] == "2023-07-11"
