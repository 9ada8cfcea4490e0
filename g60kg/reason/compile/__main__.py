"""Write the rules of the packaged ontology beside it: `python -m g60kg.reason.compile`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from g60kg.reason.compile.build import shipped_path, shipped_rules

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        shipped_path().write_bytes(shipped_rules(Path(folder)))
