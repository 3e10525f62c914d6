"""The man page, from the commands: click writes their help, and what it writes becomes roff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from translator import __version__
from translator.cli import COMMANDS, group

REST = r"""
.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
A loss that counts, a difference, a fault, or a document that failed while the rest was done.
.TP
.B 2
Wrong usage.
.SH ENVIRONMENT
.TP
.BR NO_COLOR ", " FORCE_COLOR
No colour, or colour also where there is no terminal.
.TP
.B CI
Where it is set, \fBtranslator check \-\-update\fR is refused.
.SH FILES
.TP
.IR translator.toml ", " pyproject.toml
Settings, the latter in its table \fI[tool.translator]\fR: the long options with underscores. The nearest one counts,
from the working directory up to the root of the repository.
.SH EXAMPLES
.TP
.B translator audit calls \-\-to jambonz
How ready a tree is, and what to do first.
.TP
.B translator convert calls \-\-to jambonz \-\-out\-dir jambonz
Translate it.
.TP
.B translator convert calls \-\-to jambonz \-\-out\-dir jambonz \-\-check
Fail where a translation is not current.
.TP
.B translator explain exit\-sound/dropped
What a loss means.
"""


def manpage() -> str:
    """One page for all commands."""
    page = Roff()
    page.write(f'.TH TRANSLATOR 1 "" "conference\\-translator {escaped(__version__)}" "User Commands"\n.ad l\n.nh\n')
    page.write(".SH NAME\ntranslator \\- translate conference verbs between telephony call\\-control languages\n")
    page.write(".SH SYNOPSIS\n")
    context = click.Context(group, info_name="translator", **group.context_settings)
    group.format_usage(context, page)
    page.write(".SH DESCRIPTION\n")
    for part in (group.format_help_text, group.format_options, group.format_epilog):
        part(context, page)
    page.write(".SH COMMANDS\n")
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        page.write(f".SS {name}\n")
        command.format_help(click.Context(command, info_name=name, parent=context), page)
    return page.getvalue() + REST.lstrip()


class Roff(click.HelpFormatter):
    """Writes roff where click writes lines."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f".B {escaped(prog)}\n{escaped(args)}\n")

    def write_text(self, text: str) -> None:
        for paragraph in re.split(r"\n{2,}", text.strip()):
            kept = paragraph.startswith("\b\n")
            lines = paragraph.removeprefix("\b\n").split("\n")
            words = "\n".join(escaped(line if kept else line.strip()) for line in lines)
            self.write(f".PP\n.nf\n{words}\n.fi\n" if kept else f".PP\n{words}\n")

    def write_paragraph(self) -> None:
        """Paragraphs part themselves."""

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.write(f".PP\n{escaped(name)}:\n")
        yield

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        for term, text in rows:
            self.write(f".TP\n.B {escaped(term)}\n{escaped(text)}\n")


def escaped(text: str) -> str:
    """Text of one line as roff that prints it."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{text}" if text.startswith((".", "'")) else text
