"""`translator completion`."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a script that completes commands, options, dialects, codes and files in a shell.

    \b
    To install it for good:
      translator completion bash > ~/.local/share/bash-completion/completions/translator
      translator completion zsh > ~/.zfunc/_translator
      translator completion fish > ~/.config/fish/completions/translator.fish

    bash needs version 4.4 or later and the package bash-completion; zsh needs, in ~/.zshrc and before compinit,
    fpath+=~/.zfunc. The directories must be there. For this session alone: source <(translator completion bash).
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None
    program = "translator"
    click.echo(complete(ctx.find_root().command, {}, program, f"_{program.upper()}_COMPLETE").source())
