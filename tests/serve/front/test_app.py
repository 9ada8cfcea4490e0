"""What every response has, and what becomes of a request that is none."""

import pytest

from tests.serve.conftest import Served


def test_it_lives_and_is_ready(served: Served) -> None:
    assert served.get("/health").status_code == 200
    ready = served.get("/ready")
    assert ready.status_code == 200
    assert ready.json()["ready"]


def test_a_stored_query_is_answered_by_a_worker(served: Served) -> None:
    response = served.get("/queries", headers={"Accept": "application/json"})
    assert response.status_code == 200
    assert any(query["name"] == "companies-by-industry" for query in response.json()["queries"])


@pytest.mark.parametrize("path", ["/queries", "/health", "/nothing", "/queries/nothing"])
def test_every_response_bears_the_headers_of_safety(served: Served, path: str) -> None:
    headers = served.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_the_icon_is_found_where_all_servers_have_it(served: Served) -> None:
    response = served.get("/favicon.ico")
    assert response.headers["content-type"] == "image/svg+xml"
    assert "immutable" not in response.headers["cache-control"]


@pytest.mark.parametrize("path", ["/page/wuhu", "/", "/queries/member-cities"])
def test_what_a_browser_has_keeps_its_policy(served: Served, path: str) -> None:
    page = {"Accept": "text/html"}
    first = served.get(path, headers=page)
    again = served.get(path, headers={**page, "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    changed = {name for name, value in again.headers.items() if first.headers.get(name) != value}
    assert changed <= {"date", "vary", "etag"}
    assert "content-security-policy" not in again.headers
