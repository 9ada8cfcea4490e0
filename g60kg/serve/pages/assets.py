"""The scripts and styles of the pages.

Goes in: the name of one. Comes out: its address, which changes with its content. They are made from `web/`
when the package is built or installed.
"""

import json
from functools import cache
from pathlib import Path

from g60kg.resources import resource

PREFIX = "/assets/"
"""Where the assets are served, below the root of the site."""


def assets_folder() -> Path:
    """Return the folder of the assets; it may be missing, in a repository that was never set up."""
    return resource("web", "dist")


@cache
def manifest() -> dict[str, str]:
    """Return the name of each asset's file by its plain name."""
    path = assets_folder() / "manifest.json"
    if not path.is_file():
        return {}
    read = json.loads(path.read_text("utf-8"))
    return {str(name): str(file) for name, file in read.items()}
