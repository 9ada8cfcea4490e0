import subprocess
import sys

import g60kg.register as room


def test_all_is_sorted_and_true() -> None:
    assert room.__all__ == sorted(room.__all__)
    assert all(hasattr(room, name) for name in room.__all__)


def test_no_heavy_library_is_imported() -> None:
    code = (
        "import sys; from g60kg.register import load_register, register_quads;"
        "register_quads(load_register());"
        "print(sorted({'rdflib', 'owlrl', 'duckdb', 'pyshacl', 'pandas'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
