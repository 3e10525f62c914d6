"""`translator matrix`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from translator.cli.common import DIALECT, table

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command("matrix")
@click.argument("names", nargs=-1, metavar="[FROM TO]", type=DIALECT)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="html: one page that needs nothing else.",
)
def command(names: tuple[str, ...], format_: str) -> None:
    """Show how every dialect has every field, or what one direction loses.

    Without names: the wire name of every field in every dialect, with what the platform does when nothing
    is said in [brackets]. With FROM and TO: what becomes of everything that FROM can say, found by
    translating it, which verbs have no counterpart, and where the two differ when nothing is said.

    The tables are wide: read them through less -S, or with --format html.
    """
    if len(names) not in (0, 2):
        raise click.UsageError("Give both FROM and TO, or neither.")
    both = (names[0], names[1]) if names else None
    if format_ == "json":
        import json

        click.echo(json.dumps(_data(both), indent=2, ensure_ascii=False))
        return
    if format_ == "html":
        from translator import web

        click.echo(web.direction_page(*both) if both else web.matrix_page(), nl=False)
        return
    from translator import explain

    markdown = format_ == "markdown"
    parts = []
    for title, rows in explain.one_way(*both) if both else explain.overview():
        heading = f"## {title}" if markdown else title
        parts.append((f"{heading}\n\n" if title else "") + table(rows, markdown=markdown))
    click.echo("\n\n".join(parts))


def _data(both: tuple[str, str] | None) -> Any:
    from translator import explain

    if both is None:
        return [dict(zip(rows[0], row, strict=True)) for _, rows in explain.overview() for row in rows[1:]]
    tables: list[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]] = [
        ("said", ("attribute", "value", "becomes", "severity"), explain.direction(*both)),
        ("verbs", ("verb", "severity"), explain.missing(*both)),
        ("unsaid", ("field", *both), explain.unsaid(*both)),
    ]
    return {name: [dict(zip(head, row, strict=True)) for row in rows] for name, head, rows in tables}
