"""`translator convert`."""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click
from click.core import ParameterSource

from translator.cli.common import (
    DIALECT,
    FAIL_ON,
    Progress,
    Sectioned,
    accept_option,
    colour_option,
    config_options,
    fail,
    input_options,
    keep_apart,
    loaded,
    named_values,
    progress_option,
    wants_colour,
)
from translator.cli.work import Destination, Documents, Lines, Terms, syntax_of
from translator.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translator.report import Outcome

FILE = click.Path(path_type=Path, dir_okay=False)
STREAM = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
SECTIONS = {
    "Input": ("from_", "include", "exclude", "jsonl", "jobs"),
    "Output": ("to", "output", "out_dir", "in_place", "check", "diff", "dry_run", "syntax", "options"),
    "Report": ("report", "report_format", "verbose", "no_progress", "color"),
    "Policy": ("fail_on", "accept", "baseline", "write_baseline"),
}


@click.command("convert", cls=Sectioned, sections=SECTIONS)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
@config_options
@input_options
@click.option("--to", "to", required=True, type=DIALECT, metavar="DIALECT", help="Target: see translator dialects.")
@click.option("-o", "--output", type=STREAM, metavar="FILE", help="Write one document here.")
@click.option(
    "--out-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write documents here; trees are mirrored.",
)
@click.option("--in-place", is_flag=True, help="Replace each document; room.cxml.xml goes, room.jambonz.json comes.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where an output is missing or differs.")
@click.option("--diff", is_flag=True, help="The same, and show how it differs.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written where.")
@click.option(
    "--syntax", type=click.Choice(["json", "yaml", "xml"]), help="Syntax to write, where the target has several."
)
@click.option("--report", type=STREAM, metavar="FILE", help="Write the report here, not to standard error.")
@click.option(
    "--report-format",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    metavar="FORMAT",
    help=f"{', '.join(FORMATS).replace('text', 'text (default)')}.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show notices too, and what was skipped.")
@progress_option
@colour_option
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="error",
    metavar="SEVERITY",
    help="Exit with 1 from there on: error (default), warning, notice, never.",
)
@accept_option
@click.option("--baseline", type=FILE, metavar="FILE", help="Losses known from there do not count.")
@click.option("--write-baseline", type=FILE, metavar="FILE", help="Write all losses there; none of them counts.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    from_: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    jsonl: bool,
    jobs: int | Literal["auto"],
    options: tuple[str, ...],
    to: str,
    output: Path | None,
    out_dir: Path | None,
    in_place: bool,
    check: bool,
    diff: bool,
    dry_run: bool,
    syntax: str | None,
    report: Path | None,
    report_format: str,
    verbose: bool,
    no_progress: bool,
    color: str,
    fail_on: str,
    accept: tuple[str, ...],
    baseline: Path | None,
    write_baseline: Path | None,
) -> None:
    """Translate documents, and report what could not be carried over.

    PATH is a file, a directory, a glob, JSON Lines, or - for standard input. Documents go to standard output,
    -o, --out-dir or --in-place; the report goes to standard error or --report.

    Exit status: 0 done; 1 a loss at or above --fail-on, a --check difference, nothing to check, or a file that
    failed (the rest is still done); 2 wrong usage.
    """
    from translator.errors import InvalidOption
    from translator.report import renderer

    lines = _are_lines(paths, jsonl)
    if (output or in_place or lines) and ctx.get_parameter_source("out_dir") is ParameterSource.DEFAULT_MAP:
        out_dir = None
    output = output if output and str(output) != "-" else None
    where = Destination(output, out_dir, in_place, _mode(check=check, diff=diff, dry_run=dry_run))
    where.check()
    notices = verbose or report_format != "text" or bool(baseline or write_baseline)
    terms = Terms(to, from_, _chosen_syntax(to, syntax, output), named_values(options), notices)
    try:
        judge = Judge(fail_on, accept, baseline, write_baseline)
        work: Lines | Documents
        work = Lines(paths, where, terms, jobs) if lines else Documents(paths, include, exclude, where, terms, jobs)
        keep_apart("report", report, work.like(report), write_baseline or baseline)
        keep_apart("baseline", write_baseline, work.like(write_baseline))
        if report and str(report) == "-" and work.prints:
            raise click.UsageError(f"The report cannot go to standard output: {work.prints}.")
        bar = Progress(not no_progress, work.total)
        styled = report is None and wants_colour(color, sys.stderr)
        with closing(work.outcomes(lambda text: _print(text, bar), wants_colour(color, sys.stdout))) as outcomes:
            judged, style = judge.through(bar.through(loaded(outcomes))), click.style if styled else None
            chunks = renderer(report_format)(judged, verbose=verbose, style=style, skipped=work.skipped)
            _deliver(chunks, report, bar, styled)
    except InvalidOption as error:
        raise click.UsageError(error.message) from None
    note = judge.finish()
    if note and (report_format == "text" or report):
        click.echo(f"translator: {note}", err=True)
    sys.exit(int(judge.failed or work.stale or (judge.none and where.mode in ("check", "diff"))))


# -- what is asked for ---------------------------------------------------------------------------------------------


def _mode(**given: bool) -> str:
    names = [name.replace("_", "-") for name, wanted in given.items() if wanted]
    if len(names) > 1:
        raise click.UsageError("--check, --diff and --dry-run exclude each other.")
    return names[0] if names else "write"


def _chosen_syntax(to: str, syntax: str | None, output: Path | None) -> str | None:
    """The syntax to write: as asked, or as the output's suffix says."""
    from translator import registry
    from translator.files import shown

    syntaxes = registry.get(to).syntaxes
    if syntax is None and output is not None:
        suffix = syntax_of(output.suffix)
        if suffix in ("json", "yaml", "xml") and suffix not in syntaxes:
            raise click.UsageError(f"{to} is written in {' or '.join(syntaxes)}, and {shown(output)} says {suffix}.")
        return suffix if suffix in syntaxes else None
    if syntax is not None and syntax not in syntaxes:
        raise click.UsageError(f"{to} is not written in {syntax}; it has: {', '.join(syntaxes)}.")
    return syntax


def _are_lines(paths: tuple[Path, ...], jsonl: bool) -> bool:
    from translator.files import LINE_SUFFIXES, is_directory

    return jsonl or (len(paths) == 1 and paths[0].name.lower().endswith(LINE_SUFFIXES) and not is_directory(paths[0]))


class Judge:
    """What the exit status depends on, and what a baseline is to know."""

    def __init__(self, fail_on: str, accept: tuple[str, ...], baseline: Path | None, write_baseline: Path | None):
        from translator.policy import Baseline, Policy

        self.failed = False
        self.none = True
        self._new = Baseline(write_baseline) if write_baseline else None
        known = Baseline(write_baseline) if write_baseline else Baseline.read(baseline) if baseline else None
        self._policy = Policy(fail_on, accept, known)

    def through(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, judged; losses that are written to a baseline are in it already."""
        for outcome in outcomes:
            self.none = False
            if self._new is not None and self._policy.baseline is not None:
                self._new.add(outcome)
                self._policy.baseline.add(outcome)
            self._policy.judge(outcome)
            self.failed = self.failed or self._policy.fails(outcome)
            yield outcome

    def finish(self) -> str:
        """Write the baseline; what there is to say of the one that was read, and of --accept, or ""."""
        from translator.report.safe import printable

        idle = [] if self.none else [f"No loss was accepted by {printable(glob)}." for glob in self._policy.idle]
        if self._new is None:
            known = self._policy.baseline.note() if self._policy.baseline is not None else ""
            return " ".join([known, *idle] if known else idle)
        try:
            self._new.write()
        except OSError as error:
            fail(f"the baseline cannot be written: {error.strerror}: {self._new.path}.")
        return " ".join(idle)


# -- what is printed -----------------------------------------------------------------------------------------------


def _print(text: str, bar: Progress) -> None:
    """To standard output, as it is.

    Raises:
        TranslatorError: it is closed, or full.
    """
    from translator.errors import TranslatorError

    if sys.stdout is None:
        raise TranslatorError("Standard output is closed.")
    bar.clear()
    try:
        click.echo(text, nl=False, color=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise TranslatorError(f"{error.strerror}: standard output.") from None


def _deliver(chunks: Iterator[str], report: Path | None, bar: Progress, styled: bool) -> None:
    """Write the report while the work is done."""
    from translator import files

    def echo(chunk: str) -> None:
        bar.clear()
        click.echo(chunk, nl=False, err=str(report) != "-", color=styled or None)

    if report is None or str(report) == "-":
        for chunk in chunks:
            echo(chunk)
        return

    def give_up(error: OSError, rest: Iterable[str]) -> NoReturn:
        for chunk in rest:  # the work goes on: its losses must be seen
            echo(chunk)
        fail(f"the report cannot be written: {error.strerror}: {files.shown(report)}.")

    with ExitStack() as stack:
        try:
            file = stack.enter_context(files.atomic(report))
        except OSError as error:
            words = f"The report cannot be written: {error.strerror}: {files.shown(report)}."
            raise click.UsageError(words) from None
        for chunk in chunks:
            try:
                file.write(chunk)
            except OSError as error:
                give_up(error, chain((chunk,), chunks))
        try:
            stack.close()
        except OSError as error:
            give_up(error, ())
