"""The graph for Neo4j: files for its bulk import, and a Cypher script."""

from g60kg.export.neo4j.bulk import FILES, write_neo4j
from g60kg.export.neo4j.cypher import write_cypher

__all__ = ["FILES", "write_cypher", "write_neo4j"]
