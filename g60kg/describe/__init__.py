"""What is known, as frozen values made of a store: entities, figures, claims, proofs, articles, search hits.

The command line, Python and the pages all show these values. Nothing here knows a language, HTML, or how a
graph is built. Import from the file that has what you need: a proof loads the reasoner, a name does not.
"""
