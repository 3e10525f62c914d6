"""`translator dialects`."""

from __future__ import annotations

import click

from translator.cli.common import DIALECT, table


@click.command("dialects")
@click.argument("name", required=False, type=DIALECT)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
def command(name: str | None, format_: str) -> None:
    """List the dialects, or print one dialect's whole table with its sources."""
    from translator import registry

    if name is None:
        for fault in registry.broken().values():
            click.echo(f"translator: {fault}", err=True)
        head = registry.Identity._fields
        rows = [
            (each.name, each.title, ", ".join(each.syntaxes), " ".join(each.suffixes), ", ".join(each.aliases))
            for each in registry.identities()
        ]
        if format_ == "json":
            import json

            click.echo(json.dumps([dict(zip(head, row, strict=True)) for row in rows], indent=2))
            return
        click.echo(table([head, *rows], markdown=format_ == "markdown"))
        return
    from translator import pages

    if format_ == "json":
        import json

        click.echo(json.dumps(pages.dialect_data(registry.get(name)), indent=2, ensure_ascii=False))
    else:
        click.echo(pages.dialect_page(registry.get(name), markdown=format_ == "markdown"), nl=False)
