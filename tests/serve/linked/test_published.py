"""Shapes, nanopublications and figures at their addresses, and the redirects of w3id.org to there."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.routing import compile_path

from g60kg.export import export_quads
from g60kg.resources import resource
from g60kg.serve.site import ROUTES, Site
from g60kg.terms import CLAIM, G60, NP, PREFIXES, RDF, ROOT
from tests.serve.conftest import Ask
from tests.serve.linked.test_ontology import told

HTACCESS = Path(__file__).parents[3] / "docs" / "w3id" / ".htaccess"


@pytest.fixture(scope="module")
def claim(site: Site) -> str:
    subjects = (quad.subject for quad in site.kg.store.match(None, RDF.type, G60.Claim))
    return min(str(each)[1:-1] for each in subjects).removeprefix(CLAIM.base)


@pytest.mark.parametrize(("accept", "ending"), [("text/turtle", None), ("*/*", "nt"), ("*/*", "jsonld")])
def test_the_shapes_are_served(ask: Ask, accept: str, ending: str | None) -> None:
    response = ask("shapes-as", accept, format=ending) if ending else ask("shapes", accept)
    form = {None: RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}[ending]
    served = {str(quad.subject) for quad in parse(response.body, format=form)}
    source = parse(path=resource("ontology", "shapes.ttl"), format=RdfFormat.TURTLE)
    named = {str(quad.subject) for quad in source if isinstance(quad.subject, NamedNode)}
    assert named <= served


def test_the_shapes_are_the_same_bytes_each_time(ask: Ask) -> None:
    first, second = (ask("shapes", "application/n-triples").body for _ in range(2))
    assert first == second


def test_a_claim_leads_to_its_nanopublication_which_is_that_of_the_export(
    ask: Ask, site: Site, claim: str, tmp_path: Path
) -> None:
    led = ask("nanopub", claim=claim)
    assert led.status == 303
    _, _, code = told(led)["location"].rpartition("/")
    assert told(led)["location"] == f"/nanopub/{claim}/{code}"
    response = ask("nanopub-code", claim=claim, code=code)
    assert response.media_type == "application/trig"
    export_quads(site.kg.store.match(), tmp_path / "np.trig", "nanopubs")
    about = f"<{ROOT}nanopub/{claim}/{code}"
    whole = parse(path=tmp_path / "np.trig", format=RdfFormat.TRIG)
    exported = {quad for quad in whole if str(quad.graph_name).startswith(about)}
    assert set(parse(response.body, format=RdfFormat.TRIG)) == exported
    assert any(quad.object == NP.Nanopublication for quad in exported)


@pytest.mark.parametrize(
    ("slug", "code", "words"),
    [
        ("", "RA" + "x" * 43, "the claim now has the code RA"),
        ("0000", None, "there is no such claim"),
        ("a b", None, "there is no such claim"),
    ],
)
def test_no_such_nanopublication(ask: Ask, claim: str, slug: str, code: str | None, words: str) -> None:
    route, given = ("nanopub-code", {"code": code}) if code else ("nanopub", {})
    response = ask(route, claim=slug or claim, **given)
    assert response.status == 404
    assert words in response.body.decode()


def test_the_figures_are_served_as_a_cube(ask: Ask) -> None:
    response = ask("figures", "text/turtle")
    observations = [
        quad for quad in parse(response.body, format=RdfFormat.TURTLE) if quad.predicate == RDF.type
    ]
    assert sum("Observation" in str(quad.object) for quad in observations) > 10


def redirected(path: str) -> tuple[str, str]:
    """Return the status and the path at the site to which `.htaccess` leads a path below /g60kg/."""
    site = ""
    for line in HTACCESS.read_text(encoding="utf-8").splitlines():
        rule = re.fullmatch(r"RewriteRule (\S+) (\S+) \[(.+)\]", line)
        found = re.search(rule[1], path) if rule else None
        if rule is None or found is None:
            continue
        flags = dict(flag.partition("=")[::2] for flag in rule[3].split(","))
        if rule[2] == "-":
            site = flags["E"].removeprefix("SITE:")
            continue
        target = re.sub(r"\$(\d)", lambda number, found=found: found[int(number[1])] or "", rule[2])
        assert "L" in flags
        assert site.startswith("https://")
        assert target.startswith("%{ENV:SITE}")
        return flags["R"], target.removeprefix("%{ENV:SITE}")
    return "404", ""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", "302"),
        ("id/wuhu", "303"),
        ("id/松江-区", "303"),
        ("article/2023-07-11-g60-corridor", "303"),
        ("claim/0a1b/quote", "303"),
        ("statistic/0a1b", "303"),
        ("register/0a1b", "303"),
        ("repair/0a1b", "303"),
        ("graph/claims/2023-07-11-g60-corridor", "303"),
        ("nanopub/0a1b/RA0", "303"),
        ("ontology", "303"),
        ("ontology.ttl", "303"),
        ("ontology/0.1.0", "303"),
        ("shapes", "303"),
        ("dataset", "303"),
        ("dataset/figures", "303"),
        ("dataset/class/g60:Company", "303"),
        ("software", "303"),
        ("data/wuhu.ttl", "302"),
        ("sparql", "307"),
        ("openapi.json", "307"),
    ],
)
def test_every_identifier_is_redirected_to_a_route_that_answers_it(path: str, status: str) -> None:
    found, target = redirected(path)
    assert (found, target) == (status, f"/{path}")
    route = next(route for route in ROUTES.values() if compile_path(route.path)[0].match(target))
    assert route.name != "missing"


@pytest.mark.parametrize("path", ["secret", "id/", "ontology/../x", "graphs", "metrics"])
def test_nothing_else_is_redirected(path: str) -> None:
    assert redirected(path) == ("404", "")


def test_every_namespace_of_the_project_is_redirected() -> None:
    own = {base.removeprefix(ROOT).rstrip("#") for base in PREFIXES.values() if base.startswith(ROOT)}
    assert len(own) > 8
    for base in own:
        assert redirected(base + ("x" if base.endswith("/") else ""))[0] == "303"
