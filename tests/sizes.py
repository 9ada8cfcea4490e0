"""How much a test tries: enough to see the fault in each run, and more of it where `G60KG_LONG` is set."""

import os


def size(usual: int, long: int) -> int:
    """Return a number of cases, bytes or quads: the long one where the environment asks for it."""
    return long if os.environ.get("G60KG_LONG") else usual
