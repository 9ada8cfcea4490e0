import shutil
from pathlib import Path

import pytest

from g60kg.check import check_profile
from g60kg.check.profile import RULES
from g60kg.resources import resource

FIXTURES = Path(__file__).parent / "fixtures"
VIOLATING = sorted((FIXTURES / "profile").glob("*.ttl"))


def test_a_violating_fixture_breaks_its_rule_and_no_other(subtests: pytest.Subtests) -> None:
    for path in VIOLATING:
        with subtests.test(path.stem):
            report = check_profile(path)
            assert {finding.rule for finding in report.findings} == {path.stem.split(".")[0]}
            assert not report.ok
            assert all(finding.place.file == str(path) and finding.place.term for finding in report.findings)
            assert all("_:" not in str(finding) for finding in report.findings)


def test_every_rule_has_a_violating_fixture() -> None:
    assert {path.stem.split(".")[0] for path in VIOLATING} == set(RULES)


def test_what_the_grammar_allows_breaks_nothing() -> None:
    assert check_profile(FIXTURES / "profile-allowed.ttl").findings == ()


def test_our_ontology_lies_in_the_profile() -> None:
    assert check_profile(resource("ontology", "g60.ttl")).findings == ()


def test_a_finding_names_file_term_and_rule(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    shutil.copy(resource("ontology", "core.ttl"), path)
    with path.open("a") as file:
        file.write("g60:year rdfs:range xsd:gYear . g60:partOf a owl:IrreflexiveProperty .\n")
    first, second = check_profile(path).findings
    assert str(first) == (
        f"error {path}, g60:partOf: a transitive or chained property: is irreflexive; "
        "drop one of the two axioms, or check it with SHACL [simple]"
    )
    assert (second.rule, second.place.term) == ("datatype", "g60:year")


def test_an_import_is_said_to_be_unchecked(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        "<http://a/> a <http://www.w3.org/2002/07/owl#Ontology> ; "
        "<http://www.w3.org/2002/07/owl#imports> <http://b/> ."
    )
    report = check_profile(path)
    assert report.ok
    assert [(finding.rule, finding.severity) for finding in report.findings] == [("imports", "warning")]


CONFORMANCE = Path(__file__).parents[2].parent / "shared" / "w3c" / "owl2rl"


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="the conformance suite is not beside the repository")
def test_no_graph_of_the_conformance_suite_makes_the_check_stumble() -> None:
    reports = [check_profile(path) for path in sorted(CONFORMANCE.glob("*/*.ttl"))]
    assert len(reports) > 273
    assert {finding.rule for report in reports for finding in report.findings} <= {*RULES, "imports"}
