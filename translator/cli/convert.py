"""`translator convert`."""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from translator.cli.common import (
    DIALECT,
    FORMATS,
    colour_option,
    fail,
    shown,
    standard_input,
    wants_colour,
    why_skipped,
)

if TYPE_CHECKING:
    from translator.report import Outcome

SEVERITIES = ("error", "warning", "notice", "never")


class Job(NamedTuple):
    """One document: where it is, where it goes (None: standard output), and whether it was only found in a tree."""

    source: Path | None
    output: Path | None
    found: bool

    @property
    def name(self) -> str:
        return shown(self.source)


@click.command("convert")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--to", "to", required=True, type=DIALECT, metavar="DIALECT", help="Target dialect.")
@click.option(
    "--from", "from_", type=DIALECT, metavar="DIALECT", help="Source dialect; detected where it is not given."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True, dir_okay=False),
    metavar="FILE",
    help="Write one document here.",
)
@click.option(
    "--out-dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write documents here; trees are mirrored, room.cxml.xml becomes room.jambonz.json.",
)
@click.option(
    "--syntax", type=click.Choice(["json", "yaml", "xml"]), help="Syntax to write, where the target has several."
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="Option of the translation, such as base_url=https://app.example.com.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the report here, not to standard error; - is standard output.",
)
@click.option(
    "--report-format", type=click.Choice(FORMATS), default="text", show_default=True, help="Format of the report."
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    show_default=True,
    help="Exit with 1 on a loss of this severity or above.",
)
@click.option(
    "--accept", multiple=True, metavar="CODE-GLOB", help="Losses that do not count for --fail-on, such as 'say/*'."
)
@click.option("-v", "--verbose", is_flag=True, help="Show notices too, and what was skipped.")
@colour_option
def command(
    paths: tuple[Path, ...],
    to: str,
    from_: str | None,
    output: Path | None,
    out_dir: Path | None,
    syntax: str | None,
    options: tuple[str, ...],
    report: Path | None,
    report_format: str,
    fail_on: str,
    accept: tuple[str, ...],
    verbose: bool,
    color: str,
) -> None:
    """Translate documents, and report what could not be carried over.

    PATH is a file, a directory (with --out-dir), or - for standard input. The document goes to standard
    output, -o FILE or --out-dir DIR; the report goes to standard error or --report FILE.

    Exit status: 0 done; 1 a loss at or above --fail-on, or a file that failed (the rest is still done);
    2 wrong usage.
    """
    settings = _settings(options)
    chosen = _chosen_syntax(to, syntax, output)
    jobs = _jobs(paths, to, chosen, output, out_dir)
    if report:
        _check_report(report, jobs)
    outcomes: list[Outcome] = []
    skipped: list[tuple[str, str]] = []
    claimed: dict[Path, str] = {}
    inputs = {job.source.resolve() for job in jobs if job.source}
    for job in jobs:
        outcome, why = _convert(job, to, from_, chosen, settings, out_dir, claimed, inputs)
        if outcome is None:
            skipped.append((job.name, why))
            continue
        outcome.waived = {
            index: "accepted"
            for index, loss in enumerate(outcome.losses)
            if any(fnmatchcase(loss.code, glob) for glob in accept)
        }
        outcomes.append(outcome)
    _report(outcomes, skipped, report, report_format, verbose, color)
    sys.exit(_status(outcomes, fail_on))


def _settings(options: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for option in options:
        name, mark, value = option.partition("=")
        if not mark:
            raise click.UsageError(f'--option takes NAME=VALUE, not "{option}".')
        found[name] = value
    return found


def _chosen_syntax(to: str, syntax: str | None, output: Path | None) -> str | None:
    """The syntax to write: as asked, or as the output's suffix says."""
    from translator import registry

    syntaxes = registry.get(to).syntaxes
    if syntax is None and output is not None:
        suffix = {".yml": "yaml"}.get(output.suffix.lower(), output.suffix.lower().lstrip("."))
        return suffix if suffix in syntaxes else None
    if syntax is not None and syntax not in syntaxes:
        raise click.UsageError(f"{to} is not written in {syntax}; it has: {', '.join(syntaxes)}.")
    return syntax


def _jobs(paths: tuple[Path, ...], to: str, syntax: str | None, output: Path | None, out_dir: Path | None) -> list[Job]:
    from translator import files, registry

    if output and out_dir:
        raise click.UsageError("-o and --out-dir exclude each other.")
    dialect = registry.get(to)
    suffix = next((s for s in dialect.suffixes if syntax and s.endswith(f".{syntax}")), dialect.suffixes[0])
    known = frozenset({*registry.names(), *registry.ALIASES, to})

    def target(relative: Path) -> Path | None:
        return out_dir / relative.with_name(files.output_name(relative.name, known, suffix)) if out_dir else None

    jobs: list[Job] = []
    for path in paths:
        if str(path) == "-":
            jobs.append(Job(None, target(Path(f"stdin{suffix}")) if out_dir else output, found=False))
        elif path.is_dir():
            if not out_dir:
                raise click.UsageError(f"{path} is a directory: --out-dir says where its documents go.")
            below = [each for each in files.walk(path) if not _inside(each, out_dir, path)]
            jobs += [Job(each, target(each.relative_to(path)), found=True) for each in below]
        else:
            jobs.append(Job(path, target(Path(path.name)) if out_dir else output, found=False))
    if len(jobs) > 1 and not out_dir:
        raise click.UsageError("Several documents need --out-dir.")
    return jobs


def _check_report(report: Path, jobs: list[Job]) -> None:
    """Refuse a place for the report that would cost a document, or that cannot be written, before anything is."""
    if str(report) == "-":
        if any(job.output is None or str(job.output) == "-" for job in jobs):
            raise click.UsageError("The document and the report cannot both go to standard output.")
        return
    place = report.resolve()
    if any(place in (each.resolve() for each in job[:2] if each) for job in jobs):
        raise click.UsageError(f"The report {shown(report)} is one of the documents.")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"The report cannot be written: {error.strerror}: {shown(report)}.") from None


def _inside(path: Path, out_dir: Path, root: Path) -> bool:
    """Whether a file below `root` is one of our own outputs: the output directory lies inside the tree."""
    out, top = out_dir.resolve(), root.resolve()
    return out != top and out.is_relative_to(top) and path.resolve().is_relative_to(out)


def _convert(
    job: Job,
    to: str,
    from_: str | None,
    syntax: str | None,
    settings: dict[str, str],
    out_dir: Path | None,
    claimed: dict[Path, str],
    inputs: set[Path],
) -> tuple[Outcome | None, str]:
    """The outcome of one job, or why it was skipped."""
    from translator import files
    from translator.detection import by_name
    from translator.engine import translate
    from translator.errors import AmbiguousDialect, InvalidOption, NoConference, TranslatorError
    from translator.report import Outcome

    outcome = Outcome(job.name, from_, to)
    try:
        source = files.read(job.source) if job.source else standard_input()
        named = from_ or (by_name(job.source.name) if job.source else None)
        result = translate(source, to, named, syntax=syntax, options=settings)
        outcome.from_, outcome.losses = result.source_dialect, result.losses
        outcome.assumed = result.detection.why if result.detection else ""
        if job.output is None or str(job.output) == "-":
            _standard_output(result.text)
            outcome.output = "-"
            return outcome, ""
        place = job.output.resolve()
        if place in inputs:
            raise TranslatorError(f"The output {job.output} is one of the inputs; nothing was written.")
        if place in claimed:
            raise TranslatorError(f"The output {job.output} is already that of {claimed[place]}; nothing was written.")
        claimed[place] = job.name
        if out_dir is not None:
            files.check_below(job.output, out_dir)
        job.output.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(job.output, result.text)
        outcome.output = shown(job.output)
    except InvalidOption as error:
        raise click.UsageError(error.message) from None
    except (NoConference, AmbiguousDialect) as error:
        why = why_skipped(error, source) if job.found else ""
        if why:
            return None, why
        outcome.error = error
    except TranslatorError as error:
        outcome.error = error
    except BrokenPipeError:
        raise
    except OSError as error:
        outcome.error = TranslatorError(f"{error.strerror or error}: {error.filename or job.name}.")
    if outcome.error is not None:
        outcome.losses = ()
    return outcome, ""


def _standard_output(text: str) -> None:
    from translator.errors import TranslatorError

    if sys.stdout is None:
        raise TranslatorError("Standard output is closed.")
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise TranslatorError(f"{error.strerror}: standard output.") from None


def _report(
    outcomes: list[Outcome],
    skipped: list[tuple[str, str]],
    report: Path | None,
    report_format: str,
    verbose: bool,
    color: str,
) -> None:
    if report_format == "json":
        from translator.report import json

        text = json.render(outcomes)
    else:
        from translator.report import text as plain

        styled = report is None and wants_colour(color, sys.stderr)
        text = plain.render(outcomes, verbose=verbose, style=click.style if styled else None, skipped=skipped)
    if report is None:
        click.echo(text, nl=False, err=True, color=True if color == "always" else None)
        return
    if str(report) == "-":
        click.echo(text, nl=False)
        return
    from translator import files

    try:
        files.write_atomically(report, text)
    except OSError as error:
        click.echo(text, nl=False, err=True)  # the work is done: its losses must be seen
        fail(f"the report cannot be written: {error.strerror}: {shown(report)}.")


def _status(outcomes: list[Outcome], fail_on: str) -> int:
    from translator.loss import at_least

    if any(outcome.error for outcome in outcomes):
        return 1
    if fail_on == "never":
        return 0
    return int(
        any(
            at_least(loss.severity, fail_on) and index not in outcome.waived
            for outcome in outcomes
            for index, loss in enumerate(outcome.losses)
        )
    )
