"""Pictures for a notebook, by matplotlib: what is around a thing, its figures over time, a corridor's map."""

from textwrap import fill
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from g60kg.describe.around import around
from g60kg.describe.figures import figure_of, local, plain_number, series_of, unit_text
from g60kg.describe.lookup import Names, nodes, point
from g60kg.describe.overview import overview
from g60kg.errors import G60Error, ParameterError
from g60kg.query import resolve
from g60kg.store import Store
from g60kg.terms import G60

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_EDGES = 16
_FLAT = 0.7
"""A figure that stays above this part of its highest is drawn from its lowest on, not from zero."""
_SAID, _INFERRED = "#1f5fa8", "#9aa5b1"
_PHASES = ("#c2410c", "#1f5fa8", "#15803d", "#7c3aed")


def plot(store: Store, thing: NamedNode | None, measure: object | None, axes: "Axes | None") -> "Axes":
    """Return a picture; see `KnowledgeGraph.plot`."""
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise G60Error("matplotlib is not installed", mend="run pip install 'g60kg[plot]'") from error
    drawn = axes if axes is not None else pyplot.figure(figsize=(9, 6), layout="constrained").add_subplot()
    if thing is None:
        return _map(store, drawn)
    if measure is None:
        return _around(store, thing, drawn)
    return _series(store, thing, resolve(store, str(measure), G60.Measure), drawn)


def _around(store: Store, thing: NamedNode, axes: "Axes") -> "Axes":
    """Draw a thing with the things that facts join it to: what was said in blue, what follows in grey."""
    try:
        import networkx
    except ImportError as error:
        raise G60Error("networkx is not installed", mend="run pip install 'g60kg[plot]'") from error
    names = Names(store)
    found = around(store, thing, names.of, _EDGES)
    every = sum(found.totals.values())
    graph: networkx.DiGraph[NamedNode] = networkx.DiGraph()
    graph.add_nodes_from(found.neighbours)
    places: dict[NamedNode, Any] = {**networkx.circular_layout(graph), thing: (0.0, 0.0)}
    for edge in found.edges:
        ends = (thing, edge.other) if edge.is_out else (edge.other, thing)
        colour = _INFERRED if edge.layer == "inferred" else _SAID
        graph.add_edge(*ends, label=names.of(edge.predicate), color=colour)
    graph.add_node(thing)
    colours = [data["color"] for _, _, data in graph.edges(data=True)]
    networkx.draw_networkx_nodes(graph, places, node_color="#e5edf6", node_size=900, ax=axes)
    networkx.draw_networkx_edges(graph, places, edge_color=colours, node_size=900, ax=axes)
    labels = {node: fill(names.of(node), 18) for node in graph}
    networkx.draw_networkx_labels(graph, places, labels, font_size=8, ax=axes)
    said = networkx.get_edge_attributes(graph, "label")
    networkx.draw_networkx_edge_labels(graph, places, said, font_size=7, label_pos=0.45, ax=axes)
    shown = f" ({len(found.edges)} of {every} facts)" if len(found.edges) < every else ""
    axes.set_title(names.of(thing) + shown)
    axes.margins(0.25, 0.15)
    axes.set_axis_off()
    return axes


def _series(store: Store, thing: NamedNode, measure: NamedNode, axes: "Axes") -> "Axes":
    """Draw the figures of one measure over time, a line for each unit and limit."""
    names = Names(store)
    figures = [figure for node in nodes(store, thing, measure) if (figure := figure_of(store, node))]
    drawn = series_of(figures)
    if not drawn:
        message = f"{names.of(thing)} has no {names.of(measure)} at two times"
        raise ParameterError(message, mend="see `figures` for what there is")
    units, every = set(), []
    for series in drawn:
        times = [_year(figure.when) for figure in series.figures]
        values = [float(figure.number or 0) for figure in series.figures]
        unit = unit_text(series.unit) or ("persons" if local(measure) == "population" else "number")
        limits = ", ".join(names.of(term) for _, term in series.limits)
        axes.plot(times, values, marker="o", label=f"{limits}, {unit}" if limits else unit)
        for figure, at, value in zip(series.figures, times, values, strict=True):
            away: dict[str, Any] = {"xytext": (0, 7), "textcoords": "offset points", "ha": "center"}
            axes.annotate(plain_number(figure.value), (at, value), fontsize=8, **away)
        units.add(unit)
        every += values
    written = {_year(figure.when): figure.when for series in drawn for figure in series.figures}
    axes.set_xticks(list(written), list(written.values()), rotation=30)
    axes.yaxis.set_major_formatter(lambda value, _: plain_number(f"{value:.10g}"))
    axes.margins(0.15)
    if min(every) < _FLAT * max(every):  # a smaller change could not be seen from zero on
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
    axes.set_title(f"{names.of(thing)}: {names.of(measure)}")
    axes.set_ylabel(", ".join(sorted(units)))
    axes.legend()
    return axes


def _year(time: str) -> float:
    """Return a time, or the beginning of a period, in years.

    >>> _year("2023"), _year("2023-07"), _year("2021-01/2021-03")
    (2023.0, 2023.5, 2021.0)
    """
    year, month, day = [*map(int, time.partition("/")[0].split("-")), 1, 1][:3]
    return year + (month - 1) / 12 + (day - 1) / 365


def _map(store: Store, axes: "Axes") -> "Axes":
    """Draw the cities of the corridor where they lie, by the phase in which each joined."""
    found, names = overview(store), Names(store)
    joined: dict[NamedNode, int] = {}
    for number, phase in enumerate(found.phases):
        for city in phase.cities:
            joined.setdefault(city, number)
    places = {city: place for city in joined if (place := point(store, city))}
    if found.corridor is None or not places:
        raise ParameterError("no corridor whose cities have places", mend="name a thing to draw")
    for number, phase in enumerate(found.phases):
        cities = [city for city in places if joined[city] == number]
        east, north = [places[city][0] for city in cities], [places[city][1] for city in cities]
        axes.scatter(east, north, color=_PHASES[number % len(_PHASES)], label=names.of(phase.node))
    middle = sum(east for east, _ in places.values()) / len(places)
    for city, place in places.items():  # towards the middle, so that names stay in the frame
        is_east = place[0] > middle
        away: dict[str, Any] = {"xytext": (-6 if is_east else 6, 5), "ha": "right" if is_east else "left"}
        axes.annotate(names.of(city), place, textcoords="offset points", fontsize=9, **away)
    axes.margins(0.15)
    axes.set_aspect(1.17)  # a degree of longitude is shorter at 31° north
    axes.set(title=names.of(found.corridor), xlabel="degrees east", ylabel="degrees north")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12))
    return axes
