"""`translator explain`."""

from __future__ import annotations

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
@click.option("--list", "list_", is_flag=True, help="List every code that the tables can give.")
def command(code: str | None, list_: bool) -> None:
    """Explain a loss: what the field means, how each dialect has it, what to do.

    CODE is a code of the report, such as exit-sound/dropped, or only its first half.
    """
    from translator import explain as texts
    from translator.errors import InvalidOption

    if list_:
        click.echo("\n".join(texts.codes()))
        return
    if code is None:
        raise click.UsageError("Give a code, or --list.")
    try:
        click.echo(texts.explain(code), nl=False)
    except InvalidOption as error:
        fail(error.message, 2)
