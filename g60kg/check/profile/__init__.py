"""The OWL 2 RL profile: its grammar as data, and a check over any file of RDF or set of triples."""

from g60kg.check.profile.check import check_profile, inexpressible
from g60kg.check.profile.rules import RULES, Rule

__all__ = ["RULES", "Rule", "check_profile", "inexpressible"]
