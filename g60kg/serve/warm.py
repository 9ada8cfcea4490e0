"""What a worker gets ready while nobody asks it for anything, so that the first answers take no longer.

Goes in: the socket of a worker, and its graph. Comes out: modules imported, at once, as long as no request
comes; then, after a while, in a thread beside the requests, the grammar that articles are shown by.
"""

import gc
import socket
import sys
import time
from contextlib import suppress
from select import select
from threading import Thread
from typing import Final

from g60kg.errors import G60Error
from g60kg.kg import KnowledgeGraph
from g60kg.serve.answer import handlers

_LATER: Final = 1.5
"""Seconds after which the grammar is read: who has only come to look need not pay for it."""
_TURN: Final = 0.0005
"""Seconds after which the thread gives way to a request."""
_YOUNG: Final = 20_000
"""Objects made until those in a circle are looked for: more than one answer needs."""


def warm(link: socket.socket, kg: KnowledgeGraph) -> None:
    """Get ready what answers are made with."""
    gc.set_threshold(_YOUNG)
    Thread(target=_read_lexicon, args=(kg,), daemon=True).start()
    for _ in handlers():
        if select([link], [], [], 0)[0]:
            return


def _read_lexicon(kg: KnowledgeGraph) -> None:
    """Read the lexicon; one that cannot be read is told to who asks for an article."""
    time.sleep(_LATER)
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    with suppress(G60Error):
        from g60kg.kg.stages import lexicon

        lexicon(kg.summary.overlays)
    sys.setswitchinterval(turn)
    gc.freeze()  # what is there now stays, and need not be looked through again
