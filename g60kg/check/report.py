"""What a check gives: findings, each with its place and its mend, and the report that holds them, sorted.

The other rooms' findings come in the same way: `Report.of("consistency", findings)`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, cast, get_args
from typing import Literal as OneOf

from pyoxigraph import Literal, QuerySolutions, Store, Triple

from g60kg.terms import curie
from g60kg.triples import Term

Severity = OneOf["error", "warning", "info"]
LEVELS: Final[tuple[Severity, ...]] = get_args(Severity)
"""From the gravest on; only an error fails a check."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding is: a file, a term or node in it, or both.

    >>> str(Place("g60.ttl", "g60:partOf")), str(Place(term="id:wuhu"))
    ('g60.ttl, g60:partOf', 'id:wuhu')
    """

    file: str = ""
    term: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.term) if part) or "the graph"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: by which rule of which check, where, and how to mend it.

    What follows the first line of the message is its proof.
    """

    check: str
    severity: Severity
    place: Place
    rule: str
    message: str
    mend: str = ""

    def __str__(self) -> str:
        mend = f"; {self.mend}" if self.mend else ""
        first, *proof = self.message.split("\n")
        return "\n".join([f"{self.severity} {self.place}: {first}{mend} [{self.rule}]", *proof])

    def to_json(self) -> dict[str, Any]:
        """Return the finding as plain values."""
        return {
            "check": self.check,
            "rule": self.rule,
            "severity": self.severity,
            "file": self.place.file or None,
            "term": self.place.term or None,
            "message": self.message,
            "mend": self.mend or None,
        }


def worded(message: str, detail: Term | Triple | None) -> str:
    """Return a message with the detail that a query gives, an IRI in which stands as <…>."""
    said = detail.value if isinstance(detail, Literal) else ""
    text = re.sub("<(.+?)>", lambda found: curie(found[1]), said)
    return f"{message}: {text}" if text else message


def asked(store: Store, query: str, **how: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows of a query of a check, by column; `how` is as the engine has it."""
    rows = cast("QuerySolutions", store.query(query, **how))
    names = [variable.value for variable in rows.variables]
    for row in rows:
        yield dict(zip(names, row, strict=True))


def shapes_file(check: str, file: str) -> Finding:
    """Say that a file of shapes was left out of a check of ontologies."""
    message, mend = "a file of SHACL shapes, which is no ontology", "leave it out of this check"
    return Finding(check, "warning", Place(file), "shapes-file", message, mend)


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of the checks that ran, each once, the gravest first.

    >>> wrong = Finding("consistency", "error", Place(term="id:x"), "cax-adc", "a company is a place")
    >>> report = Report.join(Report.of("shapes"), Report.of("consistency", [wrong]))
    >>> report.ok
    False
    >>> print(report)
    shapes: nothing wrong
    consistency: 1 found
      error id:x: a company is a place [cax-adc]
    """

    checks: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, check: str, findings: Iterable[Finding] = ()) -> "Report":
        """Make the report of one check, even where it found nothing."""
        return cls((check,), tuple(sorted(set(findings), key=_order)))

    @classmethod
    def join(cls, *reports: "Report") -> "Report":
        """Make one report of several, with the checks in the order given."""
        checks = dict.fromkeys(check for report in reports for check in report.checks)
        findings = {finding for report in reports for finding in report.findings}
        return cls(tuple(checks), tuple(sorted(findings, key=_order)))

    @property
    def ok(self) -> bool:
        """Whether no error was found; warnings do not fail a check."""
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that fail the check."""
        return self.at_least("error").findings

    def at_least(self, level: Severity) -> "Report":
        """Return the report with the findings of this level and of graver ones."""
        shown = LEVELS[: LEVELS.index(level) + 1]
        return Report(self.checks, tuple(each for each in self.findings if each.severity in shown))

    def __str__(self) -> str:
        lines, failing = [], {finding.check for finding in self.findings}
        for is_wrong, checks in groupby(self.checks, failing.__contains__):
            if not is_wrong:
                lines.append(f"{', '.join(checks)}: nothing wrong")
                continue
            for check in checks:
                found = [finding for finding in self.findings if finding.check == check]
                lines += [f"{check}: {len(found)} found"]
                lines += [f"  {each}".replace("\n", "\n    ") for each in found]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values: `ok`, `checks`, `findings`."""
        findings = [finding.to_json() for finding in self.findings]
        return {"ok": self.ok, "checks": list(self.checks), "findings": findings}


def _order(finding: Finding) -> tuple[object, ...]:
    level, is_header = LEVELS.index(finding.severity), finding.check == "header"
    return level, is_header, finding.check, finding.place, finding.rule, finding.message, finding.mend
