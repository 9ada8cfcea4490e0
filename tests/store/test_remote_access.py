"""Who asks, and where a request may be led: credentials stay with the server that the user named."""

from base64 import b64encode
from pathlib import Path

import pytest
from pyoxigraph import Quad

from g60kg.errors import StoreError
from g60kg.store.remote import RemoteStore
from g60kg.terms import G60, GRAPH, ID
from tests.store.faulty import Answer, Asked, Handler, serving, sound

QUAD = Quad(ID["a"], G60["partOf"], ID["b"], GRAPH["register"])
BASIC = f"Basic {b64encode('me:松江'.encode()).decode()}"


@pytest.fixture(autouse=True)
def _no_netrc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("g60kg.store.remote.wire._PAUSES", ())


def as_me(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_USER", "me")
    monkeypatch.setenv("G60KG_PASSWORD", "松江")


def guarded(challenge: str, wanted: str) -> Answer:
    """Answer those alone whose Authorization begins so."""

    def answer(handler: Handler, asked: Asked) -> None:
        if asked.headers.get("Authorization", "").startswith(wanted):
            sound(handler, asked)
        else:
            handler.say(401, WWW_Authenticate=challenge)

    return answer


def sent(asked: list[Asked]) -> list[str]:
    return [each.headers.get("Authorization", "") for each in asked]


def test_basic_waits_to_be_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    as_me(monkeypatch)
    with serving(guarded('Basic realm="x"', BASIC)) as server:
        assert RemoteStore(server.url).graphs() == ()
    assert sent(server.asked) == ["", BASIC, BASIC]


def test_nothing_is_sent_to_a_server_that_does_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    as_me(monkeypatch)
    with serving(sound) as server:
        RemoteStore(server.url).graphs()
    assert set(sent(server.asked)) == {""}


def test_digest_never_sends_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    as_me(monkeypatch)
    monkeypatch.setenv("G60KG_PASSWORD", "secret")
    challenge = 'Digest realm="x", nonce="abc", qop="auth", algorithm="MD5"'
    with serving(guarded(challenge, 'Digest username="me", realm="x"')) as server:
        assert RemoteStore(server.url).graphs() == ()
    assert not any(header.startswith("Basic") for header in sent(server.asked))


def test_a_token_is_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_TOKEN", "t0ken")
    with serving(guarded("Bearer", "Bearer t0ken")) as server:
        assert RemoteStore(server.url).graphs() == ()
    assert set(sent(server.asked)) == {"Bearer t0ken"}


def test_a_token_goes_where_it_was_meant_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_TOKEN", "t0ken")
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(sound) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        RemoteStore("http://example.org/sparql").graphs()
        monkeypatch.setenv("G60KG_TOKEN_FOR", "http://example.org/any")
        for place in ("http://example.com/sparql", "http://example.org:81/sparql", proxy.url):
            RemoteStore(place).graphs()
        assert set(sent(proxy.asked)) == {""}
        RemoteStore("http://example.org/sparql").graphs()
        assert sent(proxy.asked)[-1] == "Bearer t0ken"
        monkeypatch.setenv("G60KG_TOKEN_FOR", "example.org")
        with pytest.raises(StoreError, match="is no URL of an endpoint"):
            RemoteStore("http://example.org/sparql")


@pytest.mark.parametrize(
    "challenge", ['Basic realm="x"', "Bearer", 'Digest realm="x"', "Negotiate", "Digest"]
)
def test_refused_credentials(challenge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    as_me(monkeypatch)
    with (
        serving(guarded(challenge, "nothing")) as server,
        pytest.raises(StoreError, match="access is refused") as e,
    ):
        RemoteStore(server.url).graphs()
    assert "松江" not in str(e.value)
    assert len(server.asked) < 9


def test_a_netrc_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / ".netrc"
    path.write_text("machine elsewhere login you password no\nmachine 127.0.0.1 login me password 松江\n")
    path.chmod(0o600)
    with serving(guarded('Basic realm="x"', BASIC)) as server:
        assert RemoteStore(server.url).graphs() == ()
    path.write_text("machine\nmachine 127.0.0.1 login\n")
    with pytest.raises(StoreError, match=r"\.netrc:\d"):
        RemoteStore(server.url)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    with pytest.raises(StoreError, match="none: cannot be read"):
        RemoteStore(server.url)


def test_a_user_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_USER", "me")
    with pytest.raises(StoreError, match="without a password; set G60KG_PASSWORD"):
        RemoteStore("http://localhost/")


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("kind", ["token", "basic"])
def test_credentials_do_not_follow_to_another_host(
    code: int, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "token":
        monkeypatch.setenv("G60KG_TOKEN", "t0ken")
    else:
        as_me(monkeypatch)

    def lead(handler: Handler, asked: Asked) -> None:
        if kind == "basic" and "Authorization" not in asked.headers:
            handler.say(401, WWW_Authenticate='Basic realm="x"')
        else:
            handler.say(code, Location=other.url.replace("127.0.0.1", "localhost"))

    def ask_back(handler: Handler, asked: Asked) -> None:
        handler.say(401, WWW_Authenticate='Basic realm="x"')

    with serving(ask_back) as other, serving(lead) as server, pytest.raises(StoreError, match="refused"):
        RemoteStore(server.url).graphs()
    assert any(sent(server.asked))
    assert sent(other.asked) == [""]


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_query_follows_with_its_text(code: int) -> None:
    def lead(handler: Handler, asked: Asked) -> None:
        handler.say(code, Location=other.url)

    with serving(sound) as other, serving(lead) as server:
        assert RemoteStore(server.url).graphs() == ()
    assert [each.text[:3] for each in other.asked] == ["ASK", "SEL"]


def test_an_update_stays() -> None:
    def lead(handler: Handler, asked: Asked) -> None:
        if b"query=" in asked.body:
            sound(handler, asked)
        else:
            handler.say(307, Location=other.url)

    with serving(sound) as other, serving(lead) as server:
        with pytest.raises(StoreError, match=f"is redirected to {other.url}, where it is not followed; give"):
            RemoteStore(server.url).apply(add=[QUAD])
        assert not other.asked
        with pytest.raises(StoreError, match=f"is redirected to {other.url}"):
            RemoteStore(server.url).put(GRAPH["register"], [QUAD.triple])


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with serving(sound) as server:
        assert RemoteStore(server.url).graphs() == ()
