"""`translator explain`."""

from __future__ import annotations

import click

from translator.cli.common import complete_codes, fail


@click.command("explain")
@click.argument("code", required=False, shell_complete=complete_codes)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--list", "list_", is_flag=True, help="List every code that the tables can give.")
def command(code: str | None, format_: str, list_: bool) -> None:
    """Explain a loss: what the field means, how each dialect has it, what to do.

    CODE is a code of the report, such as exit-sound/dropped, or only its first half.
    """
    import json

    from translator import explanation
    from translator.errors import InvalidOption
    from translator.explain import codes

    if list_:
        found = codes()
        click.echo(json.dumps(found, indent=2) if format_ == "json" else "\n".join(found))
        return
    if code is None:
        raise click.UsageError("Give a code, or --list.")
    try:
        known = explanation.explain(code)
    except InvalidOption as error:
        fail(error.message, 2)
    if format_ == "json":
        click.echo(json.dumps(known, indent=2, ensure_ascii=False))
    else:
        text = explanation.as_markdown(known) if format_ == "markdown" else explanation.as_text(known)
        click.echo(text, nl=False)
