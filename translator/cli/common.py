"""What several commands share: options, colour, errors."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from translator.errors import TranslatorError

FORMATS = ("text", "json")


class DialectName(click.ParamType):  # type: ignore[type-arg]
    """A dialect's name or alias; a wrong one is a usage error with a suggestion."""

    name = "dialect"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from translator import registry
        from translator.errors import BrokenDialect, UnknownDialect

        try:
            return registry.get(value).name
        except (UnknownDialect, BrokenDialect) as error:
            self.fail(error.message, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from translator import registry

        return [CompletionItem(name) for name in registry.names() if name.startswith(incomplete)]


DIALECT = DialectName()


def colour_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour; auto follows FORCE_COLOR, NO_COLOR and the terminal.",
    )(command)


def wants_colour(choice: str, stream: Any) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR"):
        return False
    return stream is not None and bool(stream.isatty())


def table(rows: Iterable[tuple[str, ...]], *, markdown: bool = False) -> str:
    """Rows, the first of them the head, as aligned columns or as a Markdown table."""
    rows = [tuple(row) for row in rows]
    if markdown:
        head, *body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body)]
        return "\n".join(lines)
    from translator.explain import columns

    return "\n".join(columns(rows, indent=""))


def shown(path: Path | None) -> str:
    """A path as text, - for standard input; bytes that are no UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace") if path is not None else "-"


def standard_input() -> bytes:
    """All of standard input; one byte more than a document may have, where it has no end."""
    from translator.errors import TranslatorError
    from translator.syntax import limits

    if sys.stdin is None:
        raise TranslatorError("Standard input is closed.")
    return sys.stdin.buffer.read(limits.current().max_bytes + 1)


def why_skipped(error: TranslatorError, source: bytes) -> str:
    """Why a document that was only found in a tree is none of ours, in words; "" where it is one, and fails."""
    from translator.errors import AmbiguousDialect, NoConference

    if not isinstance(error, NoConference | AmbiguousDialect):
        return ""
    if not (isinstance(error, AmbiguousDialect) and error.candidates) and not error.cause:
        return error.message[0].lower() + error.message[1:].rstrip(".")
    if isinstance(error, AmbiguousDialect) and not _has_conference(source, error.candidates):
        return "no conference here"
    return ""


def _has_conference(source: bytes, candidates: tuple[str, ...]) -> bool:
    """Whether any of the dialects that a document may be in has a conference in it."""
    from translator.engine import read
    from translator.errors import NoConference, TranslatorError

    for name in candidates:
        try:
            read(source, name)
        except NoConference:
            continue
        except TranslatorError:
            pass
        return True
    return False


def fail(message: str, status: int = 1) -> NoReturn:
    """One plain sentence on standard error."""
    click.echo(f"translator: {message}", err=True)
    sys.exit(status)
