"""`translator audit`."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translator.cli.common import (
    FAIL_ON,
    DialectName,
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
from translator.report.audit import FORMATS

if TYPE_CHECKING:
    from translator.audit import Audit


class Targets(DialectName):
    """A dialect, or `all`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return "all" if value == "all" else super().convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        every = [CompletionItem("all")] if "all".startswith(incomplete) else []
        return [*every, *super().shell_complete(ctx, param, incomplete)]


@click.command(
    "audit",
    cls=Sectioned,
    sections={
        "Input": ("to", "from_", "include", "exclude", "jsonl", "jobs", "options"),
        "Report": ("report", "report_format", "verbose", "no_progress", "color"),
        "Policy": ("fail_on", "accept", "baseline"),
    },
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--to",
    required=True,
    multiple=True,
    type=Targets(),
    metavar="DIALECT|all",
    help="Target: see translator dialects; repeatable.",
)
@input_options
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the report here, not to standard output.",
)
@click.option(
    "--report-format",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    metavar="FORMAT",
    help="text (default), json, markdown, or html: one page with charts.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="never",
    metavar="SEVERITY",
    help="Exit with 1 from there on, or on a document that failed: error, warning, notice, never (default).",
)
@accept_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Losses that do not count, as convert --write-baseline wrote them.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show notices, all rows, and what was skipped.")
@progress_option
@config_options
@colour_option
def command(
    paths: tuple[Path, ...],
    to: tuple[str, ...],
    from_: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    jsonl: bool,
    jobs: Any,
    options: tuple[str, ...],
    report: Path | None,
    report_format: str,
    fail_on: str,
    accept: tuple[str, ...],
    baseline: Path | None,
    verbose: bool,
    no_progress: bool,
    color: str,
) -> None:
    """Tell how ready many documents are for another dialect, and what to do first.

    PATH is a file, a directory, a glob, JSON Lines, or - for standard input. Nothing is written but the report:
    how many documents are lossless, lossy or failed, which losses are how frequent, what to do about them, and
    which attributes and verbs are used.

    Exit status: 0 done; 1 by --fail-on, or where no document can be translated; 2 wrong usage.
    """
    from translator import batch, files
    from translator.audit import Audit, Auditor, items
    from translator.errors import InvalidOption
    from translator.explain import platforms
    from translator.policy import Baseline, Policy

    audit = Audit(dict.fromkeys(name for each in to for name in (platforms() if each == "all" else [each])))
    try:
        known = Baseline.read(baseline) if baseline else None
        auditor = Auditor(tuple(audit.targets), Policy(fail_on, accept, known), from_, named_values(options))
        inputs = batch.find(paths, include, exclude)
        keep_apart("report", report, (files.real(each.path) for each in inputs if each.path), baseline)
        # a baseline is used up as the documents come: one process must do that
        findings = batch.run(auditor, items(inputs, jsonl=jsonl), 1 if known else jobs, lost=auditor.lost)
        with closing(findings):
            for finding in Progress(not no_progress, len(inputs)).through(loaded(findings)):
                audit.add(finding)
    except InvalidOption as error:
        raise click.UsageError(error.message) from None
    _write(audit, report, report_format, verbose, color)
    hopeless = all(target.levels["failed"] == audit.documents for target in audit.targets.values())
    sys.exit(int(hopeless or (fail_on != "never" and audit.fails)))


def _write(audit: Audit, report: Path | None, report_format: str, verbose: bool, color: str) -> None:
    from translator import files
    from translator.report.audit import renderer

    to_file = report is not None and str(report) != "-"
    styled = not to_file and wants_colour(color, sys.stdout)
    text = "".join(renderer(report_format)(audit, verbose=verbose, style=click.style if styled else None))
    if not to_file or report is None:
        if sys.stdout is None:
            fail("standard output is closed.")
        click.echo(text, nl=False, color=styled)
        return
    try:
        files.write_atomically(report, text)
    except OSError as error:
        fail(f"the report cannot be written: {error.strerror}: {files.shown(report)}.")
