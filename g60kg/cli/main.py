"""The command line: its options, its commands, each imported when it is called, and its exit status.

The status is 0, 1 or 2 (130 when interrupted); what a user can cause is one line, never a traceback.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from g60kg.cli.context import INTERRUPTED, Place
from g60kg.errors import G60Error
from g60kg.store.locate import data_directory

_QUOTES: Final = "; put a name of several words in quotes"
_FILES: Final = (
    ("building", "build repair"),
    ("articles", "extract evaluate add remove articles dedupe"),
    ("asking", "ask"),
    ("stored", "queries query"),
    ("asking", "sparql why describe search"),
    ("reviewing", "review"),
    ("building", "check rules export push pull"),
    ("serving", "serve"),
)
COMMANDS: Final[Mapping[str, str]] = {name: file for file, names in _FILES for name in names.split()}
"""The file of each command, in the order in which a user meets them."""


class LazyGroup(click.Group):
    """A group whose commands are imported one by one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; `--store` may stand behind the command, too."""
        return super().parse_args(ctx, _store_first(args))

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


def _store_first(args: list[str]) -> list[str]:
    """Return arguments with the store named before the command.

    >>> _store_first(["query", "articles", "--store", "here", "--limit", "1"])
    ['--store', 'here', 'query', 'articles', '--limit', '1']
    """
    end = args.index("--") if "--" in args else len(args)
    for place, word in enumerate(args[:end]):
        length = 2 if word == "--store" else 1 if word.startswith("--store=") else 0
        if length:
            return [*args[place : place + length], *args[:place], *args[place + length :]]
    return args


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  g60kg build && g60kg query companies-by-industry --industry biomedicine",
)
@click.option(
    "--store",
    metavar="PATH",
    help="The store: a folder, :memory:, or the URL of a SPARQL endpoint; also behind the command."
    f"  [default: $G60KG_STORE, else {data_directory()}]",
)
@click.version_option(package_name="g60kg", prog_name="g60kg")
@click.pass_context
def cli(context: click.Context, store: str | None) -> None:
    """Ask news about a region's economy, and follow every answer to the article's words.

    Results go to standard output, everything else to standard error. Exit status 0: done; 1: the
    answer is no; 2: unusable input, named on one line.
    """
    context.obj = Place(store)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    _write_utf8()
    try:
        status = cli.main(arguments, prog_name="g60kg", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _failed("interrupted", INTERRUPTED)
    except G60Error as error:
        return _failed(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        message = error.format_message()
        return _failed(message + (_QUOTES if "unexpected extra argument" in message else ""))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _failed(f"{place}{error.strerror or error}")
    except MemoryError:
        return _failed("out of memory; give a smaller input, or a limit")


def _failed(message: str, status: int = 2) -> int:
    """Say on one line what was wrong."""
    line = " ".join(message.split())
    with suppress(OSError):
        click.echo(f"g60kg: {line}", err=True)
    return status


def _write_utf8() -> None:
    """Write UTF-8, whatever the locale, without changing line ends; to nobody where a stream is closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - it stays
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
