"""`translator roundtrip`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translator.cli.common import DIALECT, colour_option, wants_colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from translator.errors import TranslatorError
    from translator.roundtrip import Difference

FORMATS = ("text", "json")
VERSION = 1


@dataclass(slots=True)
class Way:
    """What became of one document by one way; `via` is None where it was not even read."""

    source: str
    from_: str | None
    via: str | None = None
    differences: tuple[Difference, ...] = ()
    error: TranslatorError | None = None

    @property
    def unreported(self) -> int:
        return sum(not each.reported for each in self.differences)

    @property
    def status(self) -> str:
        if self.error is not None:
            return "failed"
        if self.unreported:
            return "unreported"
        return "reported" if self.differences else "same"


@click.command("roundtrip")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--from", "from_", type=DIALECT, metavar="DIALECT", help="Source dialect; else detected.")
@click.option(
    "--via",
    multiple=True,
    type=DIALECT,
    metavar="DIALECT",
    help="Dialect to go through; every other platform's where none is given.",
)
@click.option(
    "--report-format", type=click.Choice(FORMATS), default="text", show_default=True, help="Format of the report."
)
@click.option("-v", "--verbose", is_flag=True, help="Show what was skipped, too.")
@colour_option
def command(
    paths: tuple[Path, ...], from_: str | None, via: tuple[str, ...], report_format: str, verbose: bool, color: str
) -> None:
    """Translate there and back: what comes back different must have been reported.

    PATH is a file, a directory, or - for standard input. Each document goes through other dialects and back;
    its intent before and after is compared step by step, with what a platform does where nothing is said.
    The report goes to standard output; nothing is written.

    Exit status: 0 all that came back different was reported; 1 something was not, or a file failed (the rest
    is still done); 2 wrong usage.
    """
    from translator import files

    ways: list[Way] = []
    skipped: list[tuple[str, str]] = []
    for path, found in _documents(paths):
        done, why = _through(path, found, from_, tuple(dict.fromkeys(via)))
        ways += done
        if why:
            skipped.append((files.shown(path), why))
    if report_format == "json":
        from translator.syntax.json import write

        click.echo(write(_report(ways)), nl=False)
    else:
        from translator.report import skipped_words

        styled = wants_colour(color, sys.stdout)
        lines = [*_lines(ways, click.style if styled else _plain)]
        if verbose:
            from translator.report.safe import printable

            lines += [f"{printable(name)}: skipped, {why}" for name, why in skipped]
        lines.append(_summary(ways) + skipped_words(len(skipped)))
        click.echo("\n".join(lines), color=True if color == "always" else None)
    sys.exit(int(any(way.status in ("failed", "unreported") for way in ways)))


def _documents(paths: Iterable[Path]) -> Iterator[tuple[Path | None, bool]]:
    """Every document, None for standard input; and whether it was only found in a tree."""
    from translator import files

    for path in paths:
        if str(path) == "-":
            yield None, False
        elif path.is_dir():
            yield from ((each, True) for each in files.walk(path))
        else:
            yield path, False


def _through(path: Path | None, found: bool, from_: str | None, via: tuple[str, ...]) -> tuple[list[Way], str]:
    """What became of one document by each way, or why it was skipped."""
    from translator import files
    from translator.batch import why_skipped
    from translator.detection import by_name, detect
    from translator.engine import read
    from translator.errors import AmbiguousDialect, TranslatorError
    from translator.roundtrip import default_ways, roundtrip

    name = files.shown(path)
    source = b""
    try:
        source = files.read(path)
        named = from_ or (by_name(path.name) if path is not None else None) or detect(source).dialect
        if named is None:
            read(source)  # says what it may be
            raise AmbiguousDialect("The dialect cannot be told.")
        read(source, named)
    except OSError as error:
        return [Way(name, from_, error=TranslatorError(f"{error.strerror or error}: {error.filename or name}."))], ""
    except TranslatorError as error:
        why = why_skipped(error, source) if found else ""
        return ([], why) if why else ([Way(name, from_, error=error)], "")
    ways = []
    for each in via or default_ways(named):
        way = Way(name, named, each)
        try:
            way.differences = roundtrip(source, each, named).differences
        except TranslatorError as error:
            way.error = error
        ways.append(way)
    return ways, ""


# -- the report ----------------------------------------------------------------------------------------------------


def _lines(ways: Iterable[Way], style: Callable[..., str]) -> Iterator[str]:
    from translator.report import plural
    from translator.report.safe import printable

    for way in ways:
        head = printable(way.source) + (f" via {way.via}" if way.via else "")
        head = style(head, bold=True)
        if way.error is not None:
            yield f"{head}: {style('failed', fg='red', bold=True)}  {printable(str(way.error))}"
        elif not way.differences:
            yield f"{head}: nothing came back different"
        else:
            told = f"{way.unreported} UNREPORTED" if way.unreported else "all reported"
            yield f"{head}: {plural(len(way.differences), 'difference')}, {told}"
        for each in way.differences:
            codes = f" ({', '.join(each.codes)})" if each.codes else ""
            told = style("reported", fg="green") if each.reported else style("UNREPORTED", fg="red", bold=True)
            yield f"    {printable(_words(each))}  {told}{printable(codes)}"


def _words(difference: Difference) -> str:
    """`conference 1 exit_sound: was beep, is none`."""
    from translator.report.safe import masked
    from translator.roundtrip import PLACE

    step = f"{difference.kind} {difference.number}"
    if difference.field == PLACE:
        return f"{step}: comes back in another place"
    before, after = masked({difference.field: [difference.before, difference.after]})[difference.field]
    if difference.field:
        return f"{step} {difference.field}: was {_short(before)}, is {_short(after)}"
    if difference.after is None:
        return f"{step}: does not come back"
    if difference.before is None:
        return f"{step}: was not there before"
    return f"{step}: was {_short(before)}, is {_short(after)}"


def _short(value: Any, most: int = 60) -> str:
    import json

    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else text[: most - 3] + "..."


def _summary(ways: list[Way]) -> str:
    from translator.report import plural

    documents = len({way.source for way in ways})
    failed = len({way.source for way in ways if way.error is not None})
    number = sum(len(way.differences) for way in ways)
    unreported = sum(way.unreported for way in ways)
    told = f"{unreported:,} UNREPORTED" if unreported else "all reported"
    found = f"{plural(number, 'difference')}, {told}" if number else "nothing came back different"
    over = f"; {plural(failed, 'document')} failed" if failed else ""
    done = sum(way.via is not None for way in ways)
    if not done:
        return f"{plural(failed, 'document')} failed." if failed else "No document was found."
    return f"{plural(documents, 'document')}, {plural(done, 'way')}: {found}{over}."


def _report(ways: list[Way]) -> dict[str, Any]:
    """The report as plain data, passwords masked."""
    from translator.report.safe import masked

    status = [way.status for way in ways]
    return {
        "version": VERSION,
        "results": [
            {
                "source": way.source,
                "from": way.from_,
                "via": way.via,
                "status": way.status,
                "error": way.error.as_dict() if way.error is not None else None,
                "differences": [masked(each.as_dict()) for each in way.differences],
            }
            for way in ways
        ],
        "summary": {
            "files": len({way.source for way in ways}),
            "ways": sum(way.via is not None for way in ways),
            **{each: status.count(each) for each in ("same", "reported", "unreported", "failed")},
            "differences": {
                "reported": sum(len(way.differences) - way.unreported for way in ways),
                "unreported": sum(way.unreported for way in ways),
            },
        },
    }


def _plain(text: str, **_: object) -> str:
    return text
