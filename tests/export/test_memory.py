"""The graph as pandas has it; what is missing is named."""

import builtins
from typing import Any

import pytest
from pyoxigraph import Quad

from g60kg import G60Error, KnowledgeGraph
from g60kg.export import to_networkx, to_pandas
from g60kg.export.view import TABLES, view_of


def test_frames_hold_the_tables(quads: list[Quad]) -> None:
    import pandas as pd  # takes a second

    frames = to_pandas(quads)
    assert list(frames) == list(TABLES)
    with view_of(quads) as view:
        for table, frame in frames.items():
            assert list(frame.columns) == list(view.types(table))
            assert len(frame) == sum(1 for _ in view.rows(table))
    said = frames["relations"].query("layer == 'said'")
    assert all(isinstance(quotes, list) for quotes in said["quotes"])
    assert pd.api.types.is_float_dtype(frames["statistics"]["value"])


def test_the_knowledge_graph_gives_both(packaged: KnowledgeGraph) -> None:
    whole, held = packaged.to_networkx(), packaged.to_networkx(inferred=False)
    assert {edge["layer"] for *_, edge in whole.edges(data=True)} == {"said", "register", "inferred"}
    assert {edge["layer"] for *_, edge in held.edges(data=True)} == {"said", "register"}
    frames = packaged.to_pandas(inferred=False)
    assert set(frames["relations"]["layer"]) == {"said", "register"}


@pytest.mark.parametrize(("package", "call"), [("networkx", to_networkx), ("pandas", to_pandas)])
def test_a_missing_package_is_named_with_the_mend(
    package: str, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name == package:
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(G60Error, match=rf"{package} is not installed; run pip install 'g60kg\[{package}\]'"):
        call([])
