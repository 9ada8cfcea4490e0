"""YAML that tests are written in, read by libyaml where it is there: ten times as quick."""

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Return what a file says."""
    return yaml.load(path.read_text("utf-8"), _LOADER)
