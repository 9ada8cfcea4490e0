"""Makes `web/dist`, the scripts and styles that the pages are served with.

Goes in: the sources in `web/` and the packages that `package-lock.json` locks. Comes out: the folder
`web/dist`, whole or not at all: files named by their content, `manifest.json` with those names, and `stamp`,
which says what they were made from. `python web/bundle.py` makes it where it is not current.

Without node, or where the packages cannot be had, the styles alone can be made: they are ours.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WEB = Path(__file__).resolve().parent
DIST = WEB / "dist"
_STYLES_ALONE = "styles alone"


class NotBundled(Exception):  # noqa: N818
    """The scripts could not be made; its text is one line that says why."""


def is_current(*, styles_suffice: bool = False) -> bool:
    """Whether `web/dist` was made from the sources as they stand."""
    stamp = DIST / "stamp"
    made = stamp.read_text("utf-8") if stamp.is_file() else ""
    return made == _digest() or (styles_suffice and made == f"{_digest()} {_STYLES_ALONE}")


def bundle(*, packages_for_tests: bool = False) -> None:
    """Make `web/dist`, with scripts; raises `NotBundled` where that cannot be done."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NotBundled("node and npm are not installed")
    _install(npm, packages_for_tests=packages_for_tests)
    with _making(_digest()) as folder:
        _call(node, "build.mjs", str(folder))


def _install(npm: str, *, packages_for_tests: bool) -> None:
    """Install the locked packages where they are not; those for tests are never taken away again."""
    stamp = WEB / "node_modules" / ".installed"
    held = stamp.read_text("utf-8") if stamp.is_file() else ""
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    wanted = f"{lock} with those for tests" if packages_for_tests else lock
    if not held.startswith(wanted):
        _call(npm, "ci", *(() if packages_for_tests else ("--omit=dev",)))
        stamp.write_text(wanted, "utf-8")


def copy_styles() -> None:
    """Make `web/dist` with the styles and the icon alone."""
    with _making(f"{_digest()} {_STYLES_ALONE}") as folder:
        names = {}
        for name, content in (
            ("site.css", _joined(WEB / "src" / "site.css")),
            ("icon.svg", (WEB / "src" / "icon.svg").read_text("utf-8")),
        ):
            stem, _, ending = name.partition(".")
            names[name] = f"{stem}-{hashlib.sha256(content.encode()).hexdigest()[:8]}.{ending}"
            (folder / names[name]).write_text(content, "utf-8")
        (folder / "manifest.json").write_text(json.dumps(names, indent=2) + "\n", "utf-8")


@contextmanager
def _making(stamp: str) -> Iterator[Path]:
    """Give a folder that takes the place of `web/dist` when it is complete."""
    folder = Path(tempfile.mkdtemp(prefix="dist-", dir=WEB))
    try:
        folder.chmod(0o755)
        yield folder
        (folder / "stamp").write_text(stamp, "utf-8")
        shutil.rmtree(DIST, ignore_errors=True)
        folder.rename(DIST)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _digest() -> str:
    """Return a digest of all that `web/dist` is made from."""
    seen = hashlib.sha256()
    for path in _sources():
        seen.update(f"{path.relative_to(WEB)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return seen.hexdigest()


def _sources() -> Iterator[Path]:
    yield from (WEB / name for name in ("build.mjs", "package.json", "package-lock.json"))
    yield from sorted(path for path in (WEB / "src").rglob("*") if path.is_file())


def _joined(path: Path) -> str:
    """Return a style sheet with those that it imports in their places."""
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(
        _joined(path.parent / line.split('"')[1]) if line.startswith("@import") else line for line in lines
    )


def _call(*command: str) -> None:
    """Run a command in `web/`; raises `NotBundled` with the last that it said."""
    quiet = {"npm_config_loglevel": "error", "NO_COLOR": "1"}
    done = subprocess.run(
        command,
        cwd=WEB,
        env=os.environ | quiet,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it said nothing"]
        raise NotBundled(f"{Path(command[0]).name} {command[1]} failed: {said[0].strip()}")


if __name__ == "__main__":
    try:
        if not is_current():
            bundle(packages_for_tests=True)
    except NotBundled as error:
        sys.exit(f"web/dist was not made: {error}")
