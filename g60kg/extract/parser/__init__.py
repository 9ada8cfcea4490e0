"""The reader that parses: English news read by a dependency parser, and frames that are data.

Goes in: an article. Comes out: proposals. Names, figures and times are put before the parser as one plain
word each (`feed`), the parse becomes predicates with arguments (`graph`), whose noun phrases are found to
mention things (`mentions`, `coreference`), and frames, relations and figures read claims from them.
"""
