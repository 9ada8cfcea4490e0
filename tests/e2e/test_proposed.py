"""A proposed claim, from the article to a person's word: kept, shown, and no fact until confirmed."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pyoxigraph import RdfFormat, parse

from g60kg import Article, KnowledgeGraph
from g60kg.check import Report
from g60kg.extract import Extractor
from g60kg.model import Claim
from g60kg.reason import Missing
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request
from g60kg.terms import CLAIM, G60, ID, NANOPUB, RDF, article_graph
from tests.running import Run, runner

pytestmark = pytest.mark.usefixtures("unvalidated")
TEXT = (
    "Tencent is headquartered in Shenzhen. Wuhu covers an area of 6,026 square kilometers. "
    "Quux Blorp Industrial Park is located in Wuhu.\n"
)
NEWS = Article("news", TEXT, date="2024-01-01")
FACT = ("Tencent", "headquartered in", "Shenzhen")
claims_of = Extractor.claims


def proposing(extractor: Extractor, article: Article) -> tuple[Claim, ...]:
    """Read as ever, but for two claims of this article, which a model alone proposes."""
    claims = claims_of(extractor, article)
    doubted = ("g60:headquarteredIn", "g60:area")
    return tuple(
        replace(claim, reader="model:sample", basis="model", status="proposed")
        if article.id == "news" and claim.predicate in doubted
        else claim
        for claim in claims
    )


@pytest.fixture(scope="module", autouse=True)
def reader() -> Iterator[None]:
    """Let the stages read so, for as long as these tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Extractor, "claims", proposing)
        yield


@pytest.fixture(scope="module")
def store(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with an article of two proposed claims; not to be changed."""
    place = Path(shutil.copytree(packaged_store, tmp_path_factory.mktemp("proposed") / "s"))
    KnowledgeGraph.open(place).add(NEWS)
    return place


@pytest.fixture(scope="module")
def kg(store: Path) -> KnowledgeGraph:
    return KnowledgeGraph.open(store)


@pytest.fixture
def reviewing(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Run, Path]:
    """Return a function that runs commands, and a copy of that store to run them on."""
    shutil.copytree(store, tmp_path / "s")
    return runner(capsys), tmp_path / "s"


@pytest.fixture
def graph_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a check leave out the ontology and the frames, which are the same for every graph."""
    for other in ("check_files", "check_examples"):
        monkeypatch.setattr(f"g60kg.kg.validate.{other}", lambda *_: Report.of("none", ()))


def claim_id(kg: KnowledgeGraph, predicate: str) -> str:
    found = {each.statement.predicate: each.claim for each in kg.proposed().listed}
    return found[predicate]


def page(kg: KnowledgeGraph, route: str, path: dict[str, str], **query: str) -> tuple[int, str]:
    request = Request(route, path=path, query=tuple(query.items()), headers={"accept": "text/html"})
    response = answer(Site(kg, version="test"), request)
    return response.status, response.body.decode()


def test_it_is_no_fact_and_infers_nothing(kg: KnowledgeGraph) -> None:
    assert kg.sparql("ASK { id:tencent g60:headquarteredIn id:shenzhen }") is False
    assert kg.sparql("ASK { id:tencent g60:locatedIn id:shenzhen }") is False
    assert kg.sparql("ASK { id:wuhu g60:area ?area }") is False
    assert not any(kg.store.match(graph=article_graph("news"), subject=ID.tencent))
    held = {row["article"]: row for row in kg.articles().to_dicts()}["news"]
    assert (held["claims"], held["proposed"]) == (3, 2)


@pytest.mark.usefixtures("graph_alone")
def test_the_graph_conforms(kg: KnowledgeGraph) -> None:
    assert kg.check().ok, str(kg.check())


def test_describe_says_that_it_is_to_be_confirmed(kg: KnowledgeGraph) -> None:
    text = str(kg.describe("Tencent"))
    assert "Tencent headquartered in Shenzhen  [to confirm]" in text
    assert f"read by: model:sample, model; claim {claim_id(kg, 'headquartered in')}" in text
    said = [each for each in kg.describe("Wuhu").to_json()["said"] if each["quote"]["article"] == "news"]
    assert {(each["reader"], each["basis"], each["status"]) for each in said} == {
        ("model:sample", "model", "proposed"),
        ("parser", "explicit", "accepted"),
    }


def test_why_says_that_it_does_not_hold_and_shows_the_claim(kg: KnowledgeGraph) -> None:
    found = kg.why(*FACT)
    assert isinstance(found, Missing)
    text = found.to_text(kg.name)
    assert "does not hold. It is only proposed, and nobody has confirmed it." in text
    assert "to confirm: news says: “Tencent is headquartered in Shenzhen” (0-36; model:sample, model)" in text
    (one,) = found.to_json()["proposed"]
    assert one["claim"] == CLAIM[claim_id(kg, "headquartered in")].value


def test_why_knows_a_proposed_figure_by_its_number(kg: KnowledgeGraph) -> None:
    found = kg.why("Wuhu", "area", "6,026")
    assert isinstance(found, Missing)
    assert found.proposed[0].quote == "Wuhu covers an area of 6,026 square kilometers"


def test_what_is_accepted_shows_no_proposed_claim(kg: KnowledgeGraph) -> None:
    found = kg.why("Quux Blorp Industrial Park", "located in", "Wuhu")
    assert not isinstance(found, Missing)
    assert [(one.reader, one.basis) for one in found.evidence] == [("parser", "explicit")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("to confirm", "Read by: model:sample; found as: a language model", "To confirm")),
        ("zh", ("待确认", "读取者：model:sample；依据：语言模型", "待确认的陈述")),
    ],
)
def test_pages_show_it_in_both_languages(kg: KnowledgeGraph, language: str, words: tuple[str, ...]) -> None:
    badge, read, head = words
    for route, path in (("entity", {"slug": "tencent"}), ("article", {"id": "news"})):
        status, text = page(kg, route, path, lang=language)
        assert status == 200
        assert f'<span class="layer layer-qualified">{badge}</span>' in text
        assert read in text
    status, text = page(kg, "why", {}, lang=language, s="Tencent", p="g60:headquarteredIn", o="Shenzhen")
    assert status == 404
    assert head in text
    assert "Tencent is headquartered in Shenzhen" in text


def test_a_proposed_figure_is_in_no_table_of_a_page(kg: KnowledgeGraph) -> None:
    _, text = page(kg, "entity", {"slug": "wuhu"}, lang="en")
    assert '<data value="6026">' in text
    assert '<td class="number"><data value="6026">' not in text


def test_tables_tell_it_apart(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "tables", format="csv")
    with (tmp_path / "tables" / "claims.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["predicate"]: row for row in csv.DictReader(file) if row["article"].endswith("/news")}
    told = {name: (row["reader"], row["basis"], row["status"]) for name, row in rows.items()}
    assert told == {
        "headquarteredIn": ("model:sample", "model", "proposed"),
        "area": ("model:sample", "model", "proposed"),
        "locatedIn": ("parser", "explicit", "accepted"),
    }
    with (tmp_path / "tables" / "statistics.csv").open(newline="", encoding="utf-8") as file:
        figures = {row["iri"]: row["status"] for row in csv.DictReader(file)}
    assert figures[rows["area"]["object"]] == "proposed"
    assert set(figures.values()) == {"proposed", "accepted"}


def test_property_graphs_hold_only_what_is_accepted(kg: KnowledgeGraph) -> None:
    graph = kg.to_networkx()
    area = next(iter(kg.store.match(CLAIM[claim_id(kg, "area")], RDF.object))).object
    assert str(area).strip("<>") not in graph
    assert not graph.has_edge(ID.tencent.value, ID.shenzhen.value)


def test_a_nanopublication_asserts_it_as_a_claim(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "np.trig", format="nanopubs")
    node, name = CLAIM[claim_id(kg, "headquartered in")], NANOPUB[claim_id(kg, "headquartered in")].value
    graphs: dict[str, set[tuple[object, object, object]]] = {}
    for quad in parse(path=tmp_path / "np.trig", format=RdfFormat.TRIG):
        graphs.setdefault(str(quad.graph_name).strip("<>"), set()).add(
            (quad.subject, quad.predicate, quad.object)
        )
    (about,) = {graph.partition("#")[0] for graph in graphs if graph.startswith(f"{name}/RA")}
    assertion = graphs[f"{about}#assertion"]
    assert (ID.tencent, G60.headquarteredIn, ID.shenzhen) not in assertion
    assert (node, RDF.type, G60.Claim) in assertion
    assert (node, G60.status, G60.Proposed) in graphs[f"{about}#provenance"]


def test_confirmed_it_is_a_fact_from_the_next_build(reviewing: tuple[Run, Path]) -> None:
    g60kg, place = reviewing
    assert "2 claims to confirm: g60kg review --claims" in g60kg("--store", place, "review").out
    listed = g60kg("--store", place, "review", "--claims")
    shown, _, meant = listed.out.partition("What they rest on:\n")
    used = {line.rpartition(", ")[2] for line in shown.splitlines() if line.startswith("  read by: ")}
    assert (
        used == {line.split(": ")[0].strip() for line in meant.splitlines() if line.startswith("  ")} != set()
    )
    assert "  news 0-36: «Tencent is headquartered in Shenzhen»\n  read by: model:sample, model" in listed.out
    key = claim_id(KnowledgeGraph.open(place), "headquartered in")
    done = g60kg("--store", place, "review", "--confirm", key)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("written beside the store; build again\n")
    (entry,) = yaml.safe_load((place / "decisions.yaml").read_text())
    assert (entry["subject"], entry["predicate"], entry["object"]) == (
        "Tencent",
        "g60:headquarteredIn",
        "Shenzhen",
    )
    assert "built" in g60kg("--store", place, "build", "--reasoner", "none").out
    kg = KnowledgeGraph.open(place)
    assert kg.sparql("ASK { id:tencent g60:headquarteredIn id:shenzhen }") is True
    assert "read by: model:sample, confirmed" in str(kg.describe("Tencent"))
    assert [each.statement.predicate for each in kg.proposed().listed] == ["area"]
    again = KnowledgeGraph.build(place, reasoner="none")
    assert not again.is_new


def test_a_decision_counts_when_its_article_is_added_again(reviewing: tuple[Run, Path]) -> None:
    _, place = reviewing
    kg = KnowledgeGraph.open(place)
    kg.decide(claim_id(kg, "headquartered in"), "confirmed")
    kg.decide(claim_id(kg, "area"), "rejected")
    kg.remove("news")
    kg.add(NEWS)
    assert not isinstance(kg.why(*FACT), Missing)
    assert not kg.proposed().listed
    assert {row["article"]: row["claims"] for row in kg.articles().to_dicts()}["news"] == 2


@pytest.mark.usefixtures("graph_alone")
def test_a_correction_replaces_what_was_wrong(reviewing: tuple[Run, Path]) -> None:
    g60kg, place = reviewing
    kg = KnowledgeGraph.open(place)
    head, area = claim_id(kg, "headquartered in"), claim_id(kg, "area")
    for arguments in (
        ("--correct", head, "--object", "Hangzhou"),
        ("--correct", area, "--object", "6206", "--subject", "Hefei"),
    ):
        assert g60kg("--store", place, "review", *arguments).status == 0
    kg.remove("news")
    kg.add(NEWS)
    assert kg.sparql("ASK { id:tencent g60:headquarteredIn id:hangzhou }") is True
    assert kg.sparql("ASK { id:tencent g60:headquarteredIn id:shenzhen }") is False
    assert kg.sparql("ASK { id:hefei g60:area/g60:value 6206.0 }") is True
    assert kg.check().ok


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--confirm", "no-such"), "no entity named 'no-such'; nearest: "),
        (("--object", "Wuhu"), "--object goes with --correct CLAIM"),
        (("--claims", "--confirm", "x"), "do not go together"),
        (("--correct", "HEAD"), "what is right goes with a correction"),
        (("--correct", "HEAD", "--object", "Nowhere at all"), "no entity named 'Nowhere at all'"),
        (("--correct", "HEAD", "--subject", "Wuhu"), "'Wuhu' cannot be the subject of g60:headquarteredIn"),
        (
            ("--correct", "HEAD", "--object", "Quux Blorp Industrial Park"),
            "no entry of the register has the id 'id:quux-blorp-industrial-park'",
        ),
        (("--correct", "AREA", "--object", "about 6 thousand"), "'about 6 thousand' is no right object"),
    ],
)
def test_what_does_not_fit_is_one_line_and_writes_nothing(
    reviewing: tuple[Run, Path], arguments: tuple[str, ...], part: str
) -> None:
    g60kg, place = reviewing
    kg = KnowledgeGraph.open(place)
    names = {"HEAD": claim_id(kg, "headquartered in"), "AREA": claim_id(kg, "area")}
    found = g60kg("--store", place, "review", *(names.get(each, each) for each in arguments))
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1), found
    assert part in found.err
    assert not (place / "decisions.yaml").exists()


def test_where_nothing_can_be_kept_beside_the_store(capsys: pytest.CaptureFixture[str]) -> None:
    found = runner(capsys)("--store", ":memory:", "review", "--confirm", "x")
    assert (found.status, found.out) == (2, "")
    assert "decisions are kept beside a store in a folder" in found.err
