"""`translator check`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translator.cli.common import colour_option, diff_lines, fail, wants_colour

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("check")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR")
@click.option("--update", is_flag=True, help="Write what the cases should hold; refused where CI is set.")
@colour_option
def command(directory: Path, update: bool, color: str) -> None:
    """Check golden cases, or write them anew.

    A case is a directory below DIR with source.<dialect>.<ext>; beside it stand to.<dialect>.<ext> and
    to.<dialect>.losses.json for every other dialect. A difference, a missing file, an orphan, or no case
    at all is a fault. Exit status: 0 all is well; 1 a fault; 2 wrong usage.
    """
    from translator import golden
    from translator.report import plural

    if update and os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise click.UsageError("--update is refused in CI: look at the difference first.")
    try:
        number, faults, changed = golden.check(directory, update=update)
    except OSError as error:
        fail(f"{error.strerror}: {error.filename}.")
    styled = wants_colour(color, sys.stdout)
    for fault in faults:
        click.echo("\n".join(_lines(fault, styled)), color=styled)
    for path in changed:
        click.echo(f"written: {path}")
    click.echo(f"{plural(number, 'case')}: {plural(len(faults), 'fault') if faults else 'all is well'}.", err=True)
    sys.exit(int(bool(faults)))


def _lines(fault: str, styled: bool) -> Iterator[str]:
    """A fault as it is shown: in words, or a diff with its colours."""
    from translator.report.safe import printable

    if "\n" in fault:
        return diff_lines(fault, styled=styled)
    return iter([click.style(printable(fault), fg="red") if styled else printable(fault)])
