"""`translator detect`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("detect")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
def command(paths: tuple[Path, ...]) -> None:
    """Tell the dialect of documents, and why.

    PATH is a file or - for standard input. A name such as room.cxml.xml settles it; else evidence does:
    shape, sibling verbs, attribute names. Exit status: 0 all are told; 1 one is not.
    """
    from translator import files
    from translator.detection import detect
    from translator.errors import TranslatorError
    from translator.report.safe import printable

    failed = False
    for path in paths:
        name = printable(str(path))
        try:
            source = files.read(None if str(path) == "-" else path)
            found = detect(source, None if str(path) == "-" else path.name)
        except TranslatorError as error:
            failed = True
            click.echo(f"{name}: {printable(str(error))}", err=True)
            continue
        except OSError as error:
            failed = True
            click.echo(f"{name}: {error.strerror}.", err=True)
            continue
        if found.dialect is None:
            failed = True
            names = ", ".join(found.candidates)
            which = f"one of {names}" if names else "no known dialect"
            click.echo(f"{name}: {which} ({printable(found.why)})")
        else:
            click.echo(f"{name}: {found.dialect} {found.confidence:.0%} ({printable(found.why)})")
    sys.exit(int(failed))
