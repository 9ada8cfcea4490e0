"""Who asks: credentials from the environment or a netrc file, never from the command line.

Goes in: the name of a host. Comes out: `Credentials`, or None where there are none. `$G60KG_TOKEN` is
a bearer token; `$G60KG_USER` and `$G60KG_PASSWORD` go by basic or digest authentication, as the server
asks; both to this machine and to the hosts in `$G60KG_HOSTS` alone, whatever endpoint is asked. Else the
entry of the host in `$NETRC` or `~/.netrc` counts.
"""

import os
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import Final

from g60kg.errors import StoreError

_OWN: Final = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, or a bearer token; neither shows when it is printed."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def find_credentials(host: str) -> Credentials | None:
    """Return the credentials for a host.

    Raises `StoreError` for a user without a password, and for a netrc file that cannot be read.
    """
    token, user = os.environ.get("G60KG_TOKEN"), os.environ.get("G60KG_USER")
    if host.lower() not in _OWN | set(os.environ.get("G60KG_HOSTS", "").lower().replace(",", " ").split()):
        token = user = None
    if token:
        return Credentials(token=token)
    if user:
        password = os.environ.get("G60KG_PASSWORD")
        if password is None:
            raise StoreError("G60KG_USER is set without a password", mend="set G60KG_PASSWORD too")
        return Credentials(user, password)
    return _from_netrc(host)


def _from_netrc(host: str) -> Credentials | None:
    named = os.environ.get("NETRC")
    path = Path(named).expanduser() if named else Path.home() / ".netrc"
    if not named and not path.exists():
        return None
    try:
        found = netrc(str(path)).authenticators(host)
    except NetrcParseError as error:
        raise StoreError(f"{path}:{error.lineno or 1}: {error.msg}", mend="mend the netrc file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read: {error}", mend="mend the netrc file") from error
    return Credentials(found[0], found[2] or "") if found else None
