"""`translator matrix`."""

from __future__ import annotations

import json

import click

from translator.cli.common import DIALECT, table


@click.command("matrix")
@click.argument("from_", metavar="[FROM", required=False, type=DIALECT)
@click.argument("to", metavar="TO]", required=False, type=DIALECT)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
def command(from_: str | None, to: str | None, format_: str) -> None:
    """Show how every dialect has every field, or what one direction loses.

    Without names: the wire name of every field in every dialect, with what the platform does when nothing
    is said in [brackets]. With FROM and TO: what becomes of everything that FROM can say, found by
    translating it, and where the two differ when nothing is said.
    """
    if (from_ is None) != (to is None):
        raise click.UsageError("Give both FROM and TO, or neither.")
    from translator import explain
    from translator.step_fields import STEPS

    markdown = format_ == "markdown"
    if from_ is None or to is None:
        rows = explain.matrix()
        for kind in STEPS.values():
            if kind.name != "conference":
                rows += explain.matrix(kind)[1:]
        if format_ == "json":
            head, *body = rows
            click.echo(json.dumps([dict(zip(head, row, strict=True)) for row in body], indent=2))
        else:
            click.echo(table(rows, markdown=markdown))
        return
    found, gaps = explain.direction(from_, to), explain.unsaid(from_, to)
    if format_ == "json":
        keys, gap_keys = ("attribute", "value", "becomes", "severity"), ("field", from_, to)
        data = {
            "said": [dict(zip(keys, row, strict=True)) for row in found],
            "unsaid": [dict(zip(gap_keys, row, strict=True)) for row in gaps],
        }
        click.echo(json.dumps(data, indent=2))
        return
    click.echo(table([("attribute", "value", "becomes", "severity"), *found], markdown=markdown))
    click.echo()
    click.echo(table([("when not said", from_, to), *gaps], markdown=markdown))
