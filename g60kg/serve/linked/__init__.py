"""The IRIs of the graph as addresses: entities, records, articles, the ontology, the dataset."""
