"""Write the rules of the packaged ontology beside it: `python -m g60kg.reason.compile`."""

from g60kg.reason.compile.build import shipped_path, shipped_rules

if __name__ == "__main__":
    shipped_path().write_bytes(shipped_rules())
