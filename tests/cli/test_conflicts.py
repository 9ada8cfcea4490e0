"""What `check` finds that cannot be: in a graph, beyond OWL 2 RL, and in an ontology of a user's own."""

import json
import re
import shutil
from pathlib import Path

import pytest

from g60kg.check import rules_of
from g60kg.resources import resource
from tests.running import Run

YEAR = "^^<http://www.w3.org/2001/XMLSchema#gYear>"
FOLDER = Path(__file__).parent / "conflicts"
OWN = FOLDER / "own.ttl"

# rule -> the thing that is wrong, its facts, and what says them
CONFLICTS = {
    "in-smaller": (
        "id:foo-province: a region lies in one of lower rank",
        "id:foo-province a g60:Province: the register: A page.",
        "id:foo-province g60:partOf id:songjiang: the register: A page.",
        "id:songjiang a g60:District: the register: Administrative divisions of Shanghai.",
    ),
    "two-headquarters": (
        "id:siemens: an organization has two headquarters at one time",
        "id:siemens g60:headquarteredIn id:hangzhou: news says: “Siemens is headquartered in Hangzhou” (",
        "id:siemens g60:headquarteredIn id:wuhu: news says: “Siemens is headquartered in Wuhu” (0-32",
    ),
    "two-starts": (
        "id:siemens: a thing began in two years",
        f'id:siemens g60:startDate "2001"{YEAR}: news says: “Siemens was founded in 2001” (',
        f'id:siemens g60:startDate "2003"{YEAR}: news says: “Siemens was founded in 2003” (',
    ),
    "two-wholes": (
        "id:foo-district: a region lies in two regions of one rank",
        "id:foo-district g60:partOf id:jiangsu: the register: A page.",
        "id:foo-district g60:partOf id:zhejiang: the register: A page.",
    ),
}


def test_a_graph_that_says_what_cannot_be_is_found_with_its_facts_and_quotes(
    g60kg: Run, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """Each fault once, at its own thing: nothing is said of the town in the district."""
    store, register = tmp_path / "s", tmp_path / "register"
    register.mkdir()
    shutil.copy(FOLDER / "register.yaml", register)
    assert g60kg("--store", store, "build", "--register", register).status == 0
    assert g60kg("--store", store, "add", FOLDER / "news.txt", "--date", "2024-01-02").status == 0
    checked = g60kg("--store", store, "check", "--level", "error")
    assert checked.status == 1
    found = {each[1]: each[0] for each in re.findall(r"^  error (.+) \[(.+)\]$", checked.out, re.M)}
    assert len(re.findall(r"^  error", checked.out, re.M)) == len(CONFLICTS)
    lines = [line.lstrip(" │├└─") for line in checked.out.splitlines()]
    for rule, (first, *facts) in CONFLICTS.items():
        with subtests.test(rule):
            assert found[rule].startswith(f"{first}; ")
            for fact in facts:
                assert any(line.startswith(fact) for line in lines), fact


def test_a_move_a_district_and_its_city_are_no_conflict(g60kg: Run, store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "s")
    g60kg("--store", tmp_path / "s", "add", FOLDER / "sound.txt", "--date", "2024-01-02")
    asked = "SELECT ?o { VALUES ?s { id:tencent id:bosch } ?s g60:headquarteredIn ?o }"
    answer = json.loads(g60kg("--store", tmp_path / "s", "sparql", asked, "--format", "json").out)
    assert len(answer["results"]["bindings"]) == 4
    checked = g60kg("--store", tmp_path / "s", "check")
    assert (checked.status, "consistency, profile" in checked.out) == (0, True)


def test_every_conflict_is_broken_above_and_listed() -> None:
    rules = rules_of("conflicts")
    assert {rule.id for rule in rules} == CONFLICTS.keys()
    listed = (resource("ontology", "conflicts") / "README.md").read_text().splitlines()
    rows = [line for line in listed if line.startswith("| `")]
    assert rows == [f"| `{rule.id}` | {rule.message} | {rule.mend} |" for rule in rules]


def test_an_own_ontology_is_told_what_is_wrong_first_and_what_its_header_lacks_last(g60kg: Run) -> None:
    found = g60kg("check", OWN)
    assert found.status == 1
    levels = re.findall(r"^  (error|warning|info) ", found.out, re.M)
    assert levels == sorted(levels, key=["error", "warning", "info"].index)
    assert set(levels) == {"error", "warning", "info"}
    assert found.out.startswith("consistency: 3 found\n")
    assert "header-" in found.out.splitlines()[-1]
    text = found.out.replace("http://example.org/own#", ":")
    assert (
        f"error {OWN}, :Shop/any: This cannot be, by cax-dw (:Company owl:disjointWith :Place), since" in text
    )
    assert f"error {OWN}, :soldTo/object: This cannot be" in text
    assert f"error {OWN}, :acme: This cannot be" in text
    assert f"error {OWN}, :Big: an existential" in text


@pytest.mark.parametrize(
    ("level", "shown"),
    [("error", {"error"}), ("warning", {"error", "warning"}), ("info", {"error", "warning", "info"})],
)
def test_findings_are_filtered_by_level(g60kg: Run, level: str, shown: set[str]) -> None:
    report = json.loads(g60kg("check", OWN, "--level", level, "--format", "json").out)
    assert {each["severity"] for each in report["findings"]} == shown
    assert report["ok"] is False


def test_wishes_alone_fail_nothing(g60kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://example.org/x> a <http://www.w3.org/2002/07/owl#Ontology> .")
    found = g60kg("check", path, "--level", "warning")
    assert (found.status, "found" in found.out.replace("nothing wrong", "")) == (0, False)
