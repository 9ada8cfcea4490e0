"""The checks: is the graph well-formed, is the ontology in its profile, is it well made?"""

from g60kg.check.ontology import check_ontology, rules_of
from g60kg.check.profile import check_profile
from g60kg.check.report import Finding, Place, Report, Severity
from g60kg.check.shapes import check_shapes

__all__ = [
    "Finding",
    "Place",
    "Report",
    "Severity",
    "check_ontology",
    "check_profile",
    "check_shapes",
    "rules_of",
]
