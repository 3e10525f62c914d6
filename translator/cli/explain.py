"""`translator explain`."""

from __future__ import annotations

import json
from typing import Any

import click

from translator.cli.common import fail


class Code(click.ParamType):  # type: ignore[type-arg]
    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from translator.explain import codes

        return [CompletionItem(code) for code in codes() if code.startswith(incomplete)]


@click.command("explain")
@click.argument("code", type=Code(), required=False)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--list", "list_", is_flag=True, help="List every code that the tables can give.")
def command(code: str | None, format_: str, list_: bool) -> None:
    """Explain a loss: what the field means, how each dialect has it, what to do.

    CODE is a code of the report, such as exit-sound/dropped, or only its first half.
    """
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
