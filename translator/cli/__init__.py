"""The command line: one command a file, loaded when it is called, so that `--help` costs next to nothing."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from translator import __version__

COMMANDS = {
    "convert": "Translate documents, and report what could not be carried over.",
    "audit": "Tell how ready many documents are for another dialect, and what to do first.",
    "check": "Check golden cases, or write them anew.",
    "roundtrip": "Translate there and back: what comes back different must have been reported.",
    "detect": "Tell the dialect of documents, and why.",
    "dialects": "List the dialects, or print one dialect's whole table.",
    "explain": "Explain a loss: what the field means, and how each dialect has it.",
    "matrix": "Show how every dialect has every field, or what one direction loses.",
    "completion": "Print a script that completes words in bash, zsh or fish.",
}


class Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"translator.cli.{name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("translator: interrupted; every file that was written is whole.", err=True)
            sys.exit(130)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1, 0.5) if args else []
            if not near or "mean" in error.message:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]}?", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Documents go to standard output or files, reports to standard error or --report FILE.",
)
@click.version_option(__version__, prog_name="translator")
def group() -> None:
    """Translate conference verbs between telephony call-control languages.

    What could not be carried over is reported, without a gap.
    """


def main() -> None:
    """Run the command line; a closed pipe ends it quietly."""
    gc.set_threshold(50_000)  # what is loaded stays: to look through it for cycles is in vain; see `common.loaded`
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # documents and reports are in UTF-8, whatever the terminal is
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
    try:
        group(prog_name="translator")
    except BrokenPipeError:
        if sys.stderr is not None:
            sys.stderr.close()
        sys.exit(1)
    except OSError as error:  # standard output is full; no process can be started
        with suppress(OSError):
            click.echo(f"translator: {error.strerror or error}.", err=True)
        sys.exit(1)
    finally:
        gc.freeze()  # all ends now: to look for cycles in what was loaded takes longer than to translate a document
