"""Behind nginx, configured as the document says: TLS, who the client is, bounds on what is slow or much."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.serve.conftest import Served, serving

DOCUMENT = Path(__file__).parents[3] / "docs" / "serving.md"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
AROUND = """
daemon off; user root; pid {room}/pid; error_log {room}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {room}/body; proxy_temp_path {room}/proxy; fastcgi_temp_path {room}/fastcgi;
    uwsgi_temp_path {room}/uwsgi; scgi_temp_path {room}/scgi;
    {shown}
}}
"""

pytestmark = pytest.mark.skipif(
    NGINX is None or shutil.which("openssl") is None,
    reason="nginx or openssl is missing: .ci/servers installs them",
)


@dataclass(frozen=True)
class Behind:
    """A server behind nginx: a client that trusts its certificate, where it listens, the server itself."""

    client: httpx.Client
    trust: ssl.SSLContext
    port: int
    served: Served

    def get(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"https://localhost:{self.port}{path}", headers=named)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as link:
        return link.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def nginx(room: Path, to: str) -> Iterator[int]:
    """Run nginx on a free port of this machine by the document's configuration, in front of a server."""
    port = free_port()
    key = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {room}/key -out {room}/crt"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*key.split(), *names], check=True, capture_output=True)
    found = re.search(r"```nginx\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    assert found is not None
    shown = found[1]
    for written, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/g60kg.crt", f"{room}/crt"),
        ("/etc/ssl/g60kg.key", f"{room}/key"),
        ("127.0.0.1:8060", to),
        ("_timeout 15s", "_timeout 2s"),
        ("rate=50r/s", "rate=5r/s"),
        ("burst=200", "burst=40"),
    ):
        assert written in shown
        shown = shown.replace(written, here)

    (room / "conf").write_text(AROUND.format(room=room, shown=shown))
    command = [str(NGINX), "-p", str(room), "-c", str(room / "conf"), "-e", str(room / "error.log")]
    with subprocess.Popen(command) as process:
        try:
            give_up = time.monotonic() + 20
            while not listens(port):
                assert process.poll() is None, (room / "error.log").read_text()
                assert time.monotonic() < give_up
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def behind(served_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    room = tmp_path_factory.mktemp("nginx")
    base = "https://localhost/g60"
    with (
        serving(served_store, room / "log", "--base", base) as server,
        nginx(room, server.url.removeprefix("http://")) as port,
    ):
        trust = ssl.create_default_context(cafile=room / "crt")
        with httpx.Client(verify=trust, timeout=60) as client:
            yield Behind(client, trust, port, server)


def test_a_page_comes_by_tls_with_links_that_begin_with_the_base(behind: Behind) -> None:
    page = behind.get("/g60/", Accept="text/html", Accept_Encoding="gzip")
    assert page.status_code == 200
    assert page.headers["content-encoding"] == "gzip"
    assert 'href="/g60/' in page.text
    assert behind.get("/g60").text == page.text
    again = behind.get("/g60/", Accept="text/html", If_None_Match=page.headers["etag"])
    assert again.status_code == 304


def test_sparql_is_answered_also_where_it_is_long(behind: Behind) -> None:
    query = "ASK { id:wuhu g60:partOf id:anhui }" + " " * 60_000
    address = f"https://localhost:{behind.port}/g60/sparql"
    assert behind.client.get(address, params={"query": query}).json()["boolean"]
    assert behind.client.post(address, data={"query": query}).json()["boolean"]


def test_the_client_is_who_nginx_says_and_not_who_the_client_says(behind: Behind) -> None:
    behind.get("/g60/robots.txt", X_Forwarded_For="192.0.2.7")
    last = [each for each in behind.served.lines() if each.get("path") == "/g60/robots.txt"][-1]
    assert last["client"] == "127.0.0.1"
    behind.served.get("/robots.txt", headers={"X-Forwarded-For": "192.0.2.7"})
    assert behind.served.lines()[-1]["client"] == "192.0.2.7"


def test_the_counts_are_not_for_the_world(behind: Behind) -> None:
    assert behind.get("/g60/metrics").status_code == 404


def test_a_head_that_trickles_is_hung_up_on_by_nginx(behind: Behind) -> None:
    with (
        socket.create_connection(("localhost", behind.port)) as plain,
        behind.trust.wrap_socket(plain, server_hostname="localhost") as link,
    ):
        link.settimeout(0.3)
        link.sendall(b"GET /g60/ HTTP/1.1\r\n")
        give_up = time.monotonic() + 20
        while time.monotonic() < give_up:
            try:
                link.sendall(b"X: y\r\n")
                assert link.recv(1000) == b""
            except TimeoutError:
                continue
            except OSError:
                return
            else:
                return
        raise AssertionError("it may trickle for ever")


def test_a_body_that_is_too_large_is_refused_by_nginx(behind: Behind) -> None:
    address = f"https://localhost:{behind.port}/g60/sparql"
    assert behind.client.post(address, content=b"x" * 9_000_000).status_code == 413


def test_too_many_requests_are_refused_by_nginx(behind: Behind) -> None:
    assert 429 in (behind.get("/g60/robots.txt").status_code for _ in range(400))
    time.sleep(1)
    assert behind.get("/g60/robots.txt").status_code == 200
