"""SPARQL 1.1 over HTTP: the Protocol, the service description, and reads of the Graph Store Protocol."""
