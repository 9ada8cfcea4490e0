"""Running the command line: from arguments to an exit status, and from failures to one line each.

The status is 0, 1 or 2 (130 when interrupted); never a traceback for what a user can cause.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from g60kg.cli.context import INTERRUPTED
from g60kg.errors import G60Error

_QUOTES: Final = "; put a name of several words in quotes"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    _write_utf8()
    try:
        from g60kg.cli.group import cli

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
