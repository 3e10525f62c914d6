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
    colour_option,
    complete_codes,
    config_options,
    fail,
    input_options,
    named_values,
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
        "Report": ("report", "report_format", "verbose", "color", "progress"),
        "Policy": ("fail_on", "accept", "baseline", "config", "no_config"),
    },
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--to", required=True, multiple=True, type=Targets(), metavar="DIALECT|all", help="Target; repeatable.")
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
    show_default=True,
    help="Format of the report; html is one page with charts.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="never",
    show_default=True,
    help="Exit with 1 on such a loss or above, or on a document that failed.",
)
@click.option(
    "--accept",
    multiple=True,
    metavar="CODE-GLOB",
    shell_complete=complete_codes,
    help="Losses that do not count: 'say/*', 'old/*:say/*'.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Losses that do not count, as convert --write-baseline wrote them.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show notices, all rows, and what was skipped.")
@click.option("--progress/--no-progress", default=True, help="Progress on a terminal, after a second.")
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
    progress: bool,
    color: str,
) -> None:
    """Tell how ready many documents are for another dialect, and what to do first.

    PATH is a file, a directory, a glob, JSON Lines, or - for standard input. Nothing is written but the report:
    how many documents are lossless, lossy or failed, which losses are how frequent, what to do about them, and
    which attributes and verbs are used.

    Exit status: 0 done; 1 by --fail-on, or where there is no document at all; 2 wrong usage.
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
        if report and any(each.path and files.real(each.path) == files.real(report) for each in inputs):
            raise click.UsageError(f"The report {files.shown(report)} is one of the documents.")
        # a baseline is used up as the documents come: one process must do that
        findings = batch.run(auditor, items(inputs, jsonl=jsonl), 1 if known else jobs, lost=auditor.lost)
        with closing(findings):
            for finding in Progress(progress, len(inputs)).through(findings):
                audit.add(finding)
    except InvalidOption as error:
        raise click.UsageError(error.message) from None
    _write(audit, report, report_format, verbose, color)
    sys.exit(int(not audit.documents or (fail_on != "never" and audit.fails)))


def _write(audit: Audit, report: Path | None, report_format: str, verbose: bool, color: str) -> None:
    from translator import files
    from translator.report.audit import renderer

    to_file = report is not None and str(report) != "-"
    styled = not to_file and wants_colour(color, sys.stdout)
    text = "".join(renderer(report_format)(audit, verbose=verbose, style=click.style if styled else None))
    if not to_file or report is None:
        click.echo(text, nl=False, color=styled)
        return
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(report, text)
    except OSError as error:
        fail(f"the report cannot be written: {error.strerror}: {files.shown(report)}.")
