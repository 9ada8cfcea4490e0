"""From an ontology to Horn rules: a file for each table of the OWL 2 RL specification and what joins them."""

from g60kg.reason.compile.build import compile_rules, owlrl_closure

__all__ = ["compile_rules", "owlrl_closure"]
