"""What the pages show, as frozen values made of the graph: no language, no HTML."""
