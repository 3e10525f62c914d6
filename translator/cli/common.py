"""What several commands share: options, colour, errors."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


T = TypeVar("T")

FAIL_ON = ("error", "warning", "notice", "never")


class Sectioned(click.Command):
    """A command whose help shows its options under headings.

    Args:
        sections: heading -> names of parameters; the others stand under "Other".
    """

    def __init__(self, *args: Any, sections: Mapping[str, Sequence[str]], **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.sections = sections

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = {option.name: record for option in options if (record := option.get_help_record(ctx))}
        grouped = {heading: [records.pop(name) for name in names] for heading, names in self.sections.items()}
        for heading, rows in {**grouped, "Other": [*records.values()]}.items():
            with formatter.section(heading):
                formatter.write_dl(rows)


class DialectName(click.ParamType):  # type: ignore[type-arg]
    """A dialect's name or alias; a wrong one is a usage error with a suggestion."""

    name = "dialect"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        from translator import registry

        return f"Choose from: {', '.join(registry.names())}."

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


def complete_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The codes of losses that begin so, for completion: from a list, for the tables take long to load."""
    codes = (Path(__file__).parent / "codes.txt").read_text(encoding="utf-8").split()
    return [code for code in codes if code.startswith(incomplete)]


class JobNumber(click.ParamType):  # type: ignore[type-arg]
    """A number of processes, or "auto"."""

    name = "jobs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if value == "auto" else click.IntRange(1, MOST_JOBS).convert(value, param, ctx)


JOBS = JobNumber()
MOST_JOBS = 61
"""What Windows can wait for."""


def _together(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several decorators as one, in their order."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


input_options = _together(
    click.option("--from", "from_", type=DIALECT, metavar="DIALECT", help="Source dialect; else detected."),
    click.option("--include", multiple=True, metavar="GLOB", help="In directories, only such files: 'calls/**/*.xml'."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="In directories, no such files or folders."),
    click.option("--jsonl", is_flag=True, help="PATH is JSON Lines; the suffix .jsonl says it, too."),
    click.option("--jobs", type=JOBS, default="auto", metavar="N|auto", help="Processes; auto: where they pay."),
    click.option(
        "--option",
        "options",
        multiple=True,
        metavar="NAME=VALUE",
        help="A value such as base_url=https://app.example.com.",
    ),
)

accept_option = click.option(
    "--accept",
    multiple=True,
    metavar="CODE-GLOB",
    shell_complete=complete_codes,
    help="Losses that do not count: 'say/*', 'old/*:say/*'.",
)

progress_option = click.option("--no-progress", is_flag=True, help="No progress on a terminal.")


def _configure(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Take the defaults of options from the settings of the project, once both options are known."""
    asked = ctx.meta.setdefault(__name__, {})
    asked[param.name] = value
    if len(asked) < 2 or ctx.resilient_parsing:
        return
    if asked["config"] and asked["no_config"]:
        raise click.UsageError("--config and --no-config exclude each other.")
    if not asked["no_config"]:
        from translator import config
        from translator.errors import InvalidOption

        try:
            ctx.default_map = config.default_map(config.load(asked["config"]), ctx.command)
        except InvalidOption as error:
            raise click.UsageError(error.message) from None


config_options = _together(
    click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=_configure,
        help="Settings; else pyproject.toml or translator.toml.",
    ),
    click.option(
        "--no-config", is_flag=True, is_eager=True, expose_value=False, callback=_configure, help="No settings."
    ),
)


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
    from translator.tables import columns, markdown_table

    rows = [*rows]
    return "\n".join(markdown_table(rows) if markdown else columns(rows, indent=""))


def diff_lines(diff: str, *, styled: bool) -> Iterator[str]:
    """A unified diff as it is shown: printable, without passwords, with its colours."""
    from translator.report.safe import inert, mask_line, printable

    for number, line in enumerate(diff.split("\n")):
        text = inert(printable(mask_line(line.removesuffix("\r"))))
        if not styled:
            yield text
        elif number < 2:
            yield click.style(text, bold=True)
        else:
            yield click.style(text, fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1]))


def loaded(items: Iterable[T]) -> Iterator[T]:
    """The same items. With the first one all is loaded that will be, and from then on memory counts, not the start."""
    for number, item in enumerate(items):
        if number == 0:
            gc.freeze()
            gc.set_threshold(2_000, 100)
        yield item


class Progress:
    """A line on the terminal that says how far the work is: after a second, and gone when it is done.

    Args:
        wanted: whether there is to be one; there is none where standard error is no terminal.
        total: number of documents; None where nobody knows.
    """

    AFTER, EVERY, BAR = 1.0, 0.1, 24

    def __init__(self, wanted: bool, total: int | None = None) -> None:
        self._wanted = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._total = total
        self._shown = ""

    def through(self, items: Iterable[T]) -> Iterator[T]:
        """The same items; the line is gone while somebody else is at work between two of them, and at the end."""
        if not self._wanted:
            yield from items
            return
        begin = monotonic()
        last = begin + self.AFTER - self.EVERY
        try:
            for number, item in enumerate(items, 1):
                now = monotonic()
                if now - last >= self.EVERY:
                    last = now
                    self._show(number, number / (now - begin))
                yield item
        finally:
            self.clear()

    def clear(self) -> None:
        """Take the line away: something else is to be printed."""
        if self._shown:
            click.echo("\r" + " " * len(self._shown) + "\r", nl=False, err=True)
            self._shown = ""

    def _show(self, number: int, rate: float) -> None:
        from shutil import get_terminal_size

        line = f"{number:,} documents  {rate:,.0f}/s"
        if self._total and number <= self._total:  # a file of JSON Lines has more
            full = self.BAR * number // self._total
            bar = f"[{'#' * full}{'-' * (self.BAR - full)}]"
            line = f"{bar} {number:,} of {self._total:,}  {rate:,.0f}/s  {(self._total - number) / rate:,.0f} s left"
        line = line[: get_terminal_size().columns - 1]
        click.echo("\r" + line.ljust(len(self._shown)), nl=False, err=True)
        self._shown = line


def named_values(options: Iterable[str]) -> dict[str, str]:
    """What `--option NAME=VALUE` gives."""
    found = {}
    for option in options:
        name, mark, value = option.partition("=")
        if not mark:
            raise click.UsageError(f'--option takes NAME=VALUE, not "{option}".')
        found[name] = value
    return found


def keep_apart(what: str, path: Path | None, documents: Iterable[Path], baseline: Path | None = None) -> None:
    """Refuse a place for a file of ours that would cost a document, or the baseline.

    Args:
        documents: with no links in their paths.
    """
    from translator import files
    from translator.report.safe import printable

    if path is None or str(path) == "-":
        return
    place, name = files.real(path), printable(files.shown(path))
    if any(files.same(place, each) for each in documents):
        raise click.UsageError(f"The {what} {name} is one of the documents; write it elsewhere, or --exclude it.")
    if baseline and files.same(place, files.real(baseline)):
        raise click.UsageError(f"The {what} {name} is the baseline, too.")


def fail(message: str, status: int = 1) -> NoReturn:
    """One plain sentence on standard error."""
    click.echo(f"translator: {message}", err=True)
    sys.exit(status)
