"""The top of the command line: its options and its commands, each imported when it is called.

Goes in: the name of a command. Comes out: the command, from the one file that holds it.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Final

import click

from g60kg.cli.context import Place

COMMANDS: Final[Mapping[str, str]] = {
    "build": "building",
    "extract": "articles",
    "evaluate": "evaluating",
    "add": "articles",
    "remove": "articles",
    "articles": "articles",
    "ask": "questions",
    "queries": "asking",
    "query": "asking",
    "sparql": "asking",
    "why": "explaining",
    "describe": "explaining",
    "search": "explaining",
    "review": "reviewing",
    "check": "checking",
    "rules": "checking",
    "export": "exporting",
    "push": "pushing",
    "pull": "pushing",
    "serve": "serving",
}


class LazyGroup(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported; raise with the nearest names for one that is not."""
        if cmd_name not in COMMANDS:
            nearest = get_close_matches(cmd_name, COMMANDS, 3) or list(COMMANDS)
            raise click.UsageError(f"no command {cmd_name!r}; nearest: {', '.join(nearest)}")
        command = getattr(import_module(f"g60kg.cli.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  g60kg build && g60kg query companies-by-industry --industry biomedicine",
)
@click.option(
    "--store",
    metavar="PATH",
    help="The store: a folder, :memory:, or the URL of a SPARQL endpoint.  [default: $G60KG_STORE]",
)
@click.version_option(package_name="g60kg", prog_name="g60kg")
@click.pass_context
def cli(context: click.Context, store: str | None) -> None:
    """Ask news about a region's economy, and follow every answer to the article's words.

    Results go to standard output, everything else to standard error. Exit status 0: done; 1: the
    answer is no; 2: unusable input, named on one line.
    """
    context.obj = Place(store)
