"""Pictures as values: where each line, mark and word of a drawing stands. No language, no HTML, no graph."""
