"""`translator check`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.command("check")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR")
@click.option("--update", is_flag=True, help="Write what the cases should hold; refused where CI is set.")
def command(directory: Path, update: bool) -> None:
    """Check golden cases, or write them anew.

    A case is a directory below DIR with source.<dialect>.<ext>; beside it stand to.<dialect>.<ext> and
    to.<dialect>.losses.json for every other dialect. A difference, a missing file, an orphan, or no case
    at all is a fault. Exit status: 0 all is well; 1 a fault; 2 wrong usage.
    """
    from translator import golden

    if update and os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise click.UsageError("--update is refused in CI: look at the difference first.")
    number, faults, changed = golden.check(directory, update=update)
    for fault in faults:
        click.echo(fault)
    for path in changed:
        click.echo(f"written: {path}")
    cases = "1 case" if number == 1 else f"{number} cases"
    summary = f"{len(faults)} faults" if len(faults) != 1 else "1 fault"
    click.echo(f"{cases}: {summary if faults else 'all is well'}.", err=True)
    sys.exit(int(bool(faults)))
