"""The ontology report: the header, the words and the usual pitfalls of an ontology."""

from g60kg.check.ontology.check import check_ontology
from g60kg.check.ontology.rules import HEADER, RULES, Rule

__all__ = ["HEADER", "RULES", "Rule", "check_ontology"]
