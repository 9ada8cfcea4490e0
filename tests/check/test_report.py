import json
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest

import g60kg.check
from g60kg.check import Finding, Place, Report

BAD = Finding("shapes", "error", Place(term="id:x"), "entity-name", "no name", "add one")
ODD = Finding("ontology", "warning", Place("g60.ttl", "g60:y"), "naming", "named oddly")


def test_a_report_without_findings_is_ok() -> None:
    assert Report.of("shapes").ok
    assert str(Report.of("shapes")) == "shapes: nothing wrong"


def test_an_error_fails_and_a_warning_does_not() -> None:
    assert Report.of("ontology", [ODD]).ok
    assert not Report.of("shapes", [BAD]).ok
    assert Report.join(Report.of("ontology", [ODD]), Report.of("shapes", [BAD])).errors == (BAD,)


def test_joined_reports_keep_their_checks_in_order_and_findings_once() -> None:
    report = Report.join(
        Report.of("shapes", [BAD, BAD]), Report.of("consistency"), Report.of("ontology", [ODD])
    )
    assert str(report).splitlines() == [
        "shapes: 1 found",
        "  error id:x: no name; add one [entity-name]",
        "consistency: nothing wrong",
        "ontology: 1 found",
        "  warning g60.ttl, g60:y: named oddly [naming]",
    ]


def test_the_order_of_findings_does_not_matter() -> None:
    other = Finding("shapes", "error", Place(term="id:a"), "entity-name", "no name", "add one")
    assert Report.of("shapes", [BAD, other]) == Report.of("shapes", [other, BAD])


def test_a_report_is_json() -> None:
    value = json.loads(json.dumps(Report.of("shapes", [BAD]).to_json()))
    assert value == {
        "ok": False,
        "checks": ["shapes"],
        "findings": [
            {
                "check": "shapes",
                "rule": "entity-name",
                "severity": "error",
                "file": None,
                "term": "id:x",
                "message": "no name",
                "mend": "add one",
            }
        ],
    }


def test_a_report_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Report.of("shapes").findings = ()  # type: ignore[misc]


def test_the_room_exports_what_it_says() -> None:
    assert g60kg.check.__all__ == sorted(g60kg.check.__all__)
    assert all(hasattr(g60kg.check, name) for name in g60kg.check.__all__)


def test_importing_the_room_imports_nothing_heavy() -> None:
    code = (
        "import sys, g60kg.check; print(sorted({'rdflib', 'pyshacl', 'owlrl', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
