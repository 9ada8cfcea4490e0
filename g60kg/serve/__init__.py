"""Serving the graph: a SPARQL endpoint, the stored queries as an API, linked data, and pages for people."""
