"""A host that no question may reach, and texts that try to: `URL` in them stands for its address."""

import socket
import threading
from contextlib import suppress

HIDDEN = [
    'SELECT * { VALUES ?x { 1 # \\u000A """\n} SERVICE <URL> { ?a ?b ?c } # """ }\n}',
    'SELECT * { VALUES ?x { 1 # \\U0000000A """\n} service <URL> { ?a ?b ?c } # """ }\n}',
    "SELECT * { VALUES ?x { 1 # \\u000D '''\n} SerVice SILENT <URL> { ?a ?b ?c } # ''' }\n}",
    "SELECT * { VALUES ?x { 'a\\u0027 # b' } SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { VALUES ?x { 'a\\u005C' } SERVICE <URL> { ?a ?b ?c } VALUES ?y { ' ' } }",
    'SELECT * { VALUES ?x { "\\U00000022 #" } SERVICE <URL> { ?a ?b ?c } # \\u000A }\n}',
    "SELECT * { OPTIONAL { <http://e/\\u0041#> ?p ?o } SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { VALUES ?x { 1 } SERVICE <URL\\u0061> { ?a ?b ?c } # \\uD800\n}",
]
"""Queries with SERVICE as the keyword for Oxigraph; most hide it from who reads their escapes first."""

HIDDEN_UPDATES = [
    'INSERT DATA { <a:a> <a:b> "x\\u0022 }; #" } ; LOAD <URL> #',
    'INSERT DATA { <a:a> <a:b> "x\\U00000022 }; #" } ; load silent <URL> #',
    "INSERT DATA { <a:a> <a:b> 1 # \\u000A '''\n} ; LOAD <URL> INTO GRAPH <a:g> # ''' }",
    'INSERT { <a:a> <a:b> "x\\u0022 } WHERE { #" } WHERE { SERVICE <URL> { ?a ?b ?c } }',
    "INSERT DATA { <a:\\u0061> <a:b> '\\u0027 # \\u005C' } ; LOAD <URL>",
]
"""Updates of the same kind, with LOAD and SERVICE."""


class Host:
    """A host that counts who calls."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.calls = 0
        self.thread = threading.Thread(target=self.answer, daemon=True)
        self.thread.start()

    def answer(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.socket.accept()
                self.calls += 1
                caller.close()

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)
