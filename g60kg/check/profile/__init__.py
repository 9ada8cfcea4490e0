"""The OWL 2 RL profile: its grammar as data, and a check over any file of RDF."""

from g60kg.check.profile.check import check_profile
from g60kg.check.profile.rules import RULES, Rule
from g60kg.check.profile.vocabulary import RESERVED, STRUCTURE

__all__ = ["RESERVED", "RULES", "STRUCTURE", "Rule", "check_profile"]
