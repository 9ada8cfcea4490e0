"""News about a region's economy as an OWL knowledge graph whose every answer leads back to its words."""
