"""Linked data: the addresses of things and of the ontology, by content negotiation."""
