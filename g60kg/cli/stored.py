"""`g60kg queries` and `query`.

Stored queries are commands: their options, help and checks come from the header of the query's file.
"""

from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import TABLES, Place, Readable, example, formats, timeout_option, warn
from g60kg.errors import StoreError

if TYPE_CHECKING:
    from g60kg.query import Catalogue, Parameter, Rows, StoredQuery

_own = click.option(
    "--queries", "folders", metavar="DIR", multiple=True, help="Folder of your own queries, too."
)


def _catalogue(context: click.Context) -> "Catalogue":
    """Return the stored queries, with those of the folders that the store and the command name."""
    from g60kg.kg import stored_queries

    place = context.ensure_object(Place)
    try:
        remembered = place.open().summary.overlays.queries if place.store != ":memory:" else ()
    except StoreError:
        remembered = ()
    return stored_queries(*remembered, *(context.params.get("folders") or ()))


class StoredQueries(click.Group):
    """A group with one command for each stored query."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the queries."""
        return list(_catalogue(ctx).names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return the command of a query; raises `UnknownQuery` with the nearest names."""
        return _command(_catalogue(ctx)[cmd_name], cmd_name)


class _Command(click.Command):
    """A command that names its options where one is given that it does not have."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; raise with those that there are."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            known = [each.opts[0] for each in self.params if isinstance(each, click.Option)]
            raise click.UsageError(
                f"{error.format_message()} {self.name} takes {', '.join(known)}", ctx
            ) from error


def _command(query: "StoredQuery", name: str) -> click.Command:
    """Return the command that runs a query, under its name or that of one that it took in."""

    @formats(*TABLES)
    @timeout_option
    @click.pass_context
    def run(
        context: click.Context,
        /,
        limit: int | None,
        offset: int,
        ids: bool,
        timeout: float | None,
        **values: Any,
    ) -> "Rows | Readable":
        kg = context.ensure_object(Place).open()
        given = {each: list(value) for each, value in values.items() if value}
        rows = kg.query(query, limit=limit, offset=offset, timeout=timeout, **given)
        if "g60:Accepted" in query.text and kg.answer("ASK { ?claim g60:status g60:Proposed }"):
            warn(["what awaits confirmation is left out; `g60kg review --claims` lists it"])
        return rows if ids else Readable(rows, kg.readable)

    number = click.IntRange(min=0)
    flags = (f'--{each.replace("_", "-")} "{value}"' for each, value in query.example.items())
    paging = [
        click.Option(["--limit"], type=number, help="At most so many rows."),
        click.Option(["--offset"], type=number, default=0, help="Leave out so many rows first."),
        click.Option(["--ids"], is_flag=True, help="All columns, with IRIs, in a table, too."),
    ]
    return _Command(
        name,
        callback=run,
        params=[*map(_option, query.parameters), *paging, *getattr(run, "__click_params__", ())],
        help=f"{query.title}.\n\n{query.question.en}\n\n{query.question.zh}\n\n{query.description}",
        short_help=query.title,
        epilog=example(" ".join(["g60kg query", query.name, *flags])),
    )


def _option(parameter: "Parameter") -> click.Option:
    """Return the option of a parameter, which may be repeated; it has its old names, too."""
    shown = parameter.example or parameter.hint
    given = [f"e.g. {shown}"] if shown else []
    given += ["required"] if parameter.required and parameter.default is None else []
    given += [f"default: {parameter.default}"] if parameter.default is not None else []
    note = f"  [{'; '.join(given)}]" if given else ""
    flags = [f"--{each.replace('_', '-')}" for each in (parameter.name, *parameter.aliases)]
    return click.Option(
        [*flags, parameter.name],
        metavar=parameter.type.upper(),
        multiple=True,
        help=f"{parameter.description}{note}",
    )


@click.command(epilog=example("g60kg queries", "g60kg queries companies-by-industry"))
@click.argument("name", required=False)
@click.option("--maintainer", is_flag=True, help="List those for maintainers of the graph.")
@_own
@click.pass_context
def queries(context: click.Context, name: str | None, maintainer: bool, folders: tuple[str, ...]) -> None:
    """List the stored queries, or show one with its parameters and its SPARQL."""
    held, lines = _catalogue(context), list[str]()
    if name:
        click.echo(_shown(held[name]))
        return
    for group, listed in held.groups(maintainer=maintainer).items():
        width = max(len(each.name) for each in listed)
        lines += ["", group, *(f"  {each.name:{width}}  {each.question.en}" for each in listed)]
    click.echo("\n".join(lines[1:]))


@click.group(
    cls=StoredQueries,
    subcommand_metavar="NAME [--PARAMETER VALUE …]",
    epilog=example(
        'g60kg query companies-by-industry --industry "artificial intelligence"',
        "g60kg query companies-by-industry --help",
    ),
)
@_own
def query(folders: tuple[str, ...]) -> None:
    """Run a stored query; its parameters are options, and one that is repeated asks for each value."""


def _shown(query: "StoredQuery") -> str:
    """Return a stored query with its parameters and its SPARQL."""
    from g60kg.describe.evidence import columns_of

    columns = ", ".join(column.name for column in columns_of(query))
    head = [query.title, query.question.en, query.question.zh, "", query.description, f"columns: {columns}"]
    head += [f"took in: {', '.join(query.aliases)}"] if query.aliases else []
    options = (f"  {it.opts[0]} {it.metavar}  {it.help}" for it in map(_option, query.parameters))
    return "\n".join([*head, *options, "", query.text.strip()])
