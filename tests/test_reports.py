"""Every format of the report: it carries all that a loss has, and nothing of a document gets out of its place."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click
import pytest
from click.testing import CliRunner
from helpers import GOLDEN, PLATFORMS, conforms, cxml, swml
from lxml import etree
from pydantic_core import to_json

from translator import TranslatorError, translate
from translator.cli import group
from translator.detection import by_name
from translator.explain import codes
from translator.explanation import as_markdown, as_text, explain
from translator.loss import Fixed, Loss
from translator.report import FORMATS, LONGEST_LINE, Outcome, excerpts, jsonl, renderer
from translator.report import json as json_report
from translator.report.excerpt import marked
from translator.report.loss import as_json, record
from translator.report.markdown import code, prose

LOUD = """<Response>
  <Dial>
    <Conference beep="true" record="record-from-start" waitUrl="https://a.example/wait">room</Conference>
  </Dial>
</Response>
"""


def outcome(source: str | bytes, to: str = "jambonz", from_: str | None = None, name: str = "a.xml") -> Outcome:
    data = source.encode() if isinstance(source, str) else source
    found = Outcome(name, from_, to)
    try:
        result = translate(data, to, from_)
        found.from_, found.losses, found.output = result.source_dialect, result.losses, "out.json"
    except TranslatorError as error:
        found.error = error
    found.lines = excerpts(data, found.losses, found.error)
    return found


def render(form: str, *outcomes: Outcome, **options: Any) -> str:
    return "".join(renderer(form)(outcomes, **options))


@pytest.fixture(scope="module")
def loud() -> Outcome:
    return outcome(LOUD, from_="cxml")


@pytest.fixture(scope="module")
def broken() -> Outcome:
    return outcome("<Response>\n  <Dial record=yes/>\n</Response>", name="b.xml")


# -- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_carries_all_that_a_loss_has(form: str, loud: Outcome) -> None:
    report = render(form, loud, verbose=True)
    if form == "junit":
        report = "".join(etree.fromstring(report.encode()).itertext()) + report
    elif form == "markdown":
        report = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), report.replace("<!-- -->", ""))
    elif form in ("json", "jsonl", "sarif"):
        report = re.sub(r'\\"', '"', report)
    report = " ".join(report.split())
    assert len(loud.losses) > 5
    for loss in loud.losses:
        for part in (loss.code, loss.path, loss.source, loss.field, loss.message, loss.remedy):
            assert part in report, (form, loss.code, part)
        for value in (loss.asked, loss.given):
            assert json.dumps(value) in report, (form, loss.code, value)
        level = "note" if form == "sarif" and loss.severity == "notice" else loss.severity
        assert level in report
        place = {
            "github": f"line={loss.line},endLine={loss.line},col={loss.column}",
            "json": f'"line": {loss.line}, "column": {loss.column}',
            "jsonl": f'"line":{loss.line},"column":{loss.column}',
            "sarif": f'"startLine": {loss.line}, "startColumn": {loss.column}',
        }.get(form, f"{loss.line}:{loss.column}")
        assert place in report


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_of_a_document_that_failed_and_of_one_that_lost_nothing(form: str, broken: Outcome) -> None:
    quiet = outcome(cxml("", name="r"), "cxml", "cxml", name="quiet.xml")
    assert (quiet.status, broken.status) == ("lossless", "failed")
    report = render(form, broken, quiet)
    assert "b.xml" in report
    assert "an attribute value without quotes" in report.lower()
    assert render(form, quiet)
    assert render(form)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_which_losses_do_not_count(form: str, loud: Outcome) -> None:
    plain = render(form, loud, verbose=True)
    at = next(index for index, loss in enumerate(loud.losses) if loss.severity == "error")
    for why in ("accepted", "baseline"):
        report = render(form, replace(loud, waived={at: why}), verbose=True)
        assert report.count(why) > plain.count(why)


@pytest.mark.parametrize("form", ["text", "jsonl", "json", "github", "sarif"])
def test_what_needs_no_counts_first_is_written_as_it_comes(form: str, loud: Outcome) -> None:
    taken = 0

    def many() -> Iterator[Outcome]:
        nonlocal taken
        for _ in range(50):
            taken += 1
            yield loud

    pieces = renderer(form)(many())
    found = next(pieces) + next(pieces)
    assert any(loss.code.partition("/")[0] in found for loss in loud.losses)
    assert taken <= 3


HOSTILE = (
    "\x1b[31m\x9b2J\x07\r\n\u202e\u2066\u200b\u2028\ue000]]>::error::x ::add-mask::y%0A##[error]z ##vso[task.x]w "
    "</script><img src=x>`|``|| [a](b) ![c](d) @octocat #1 https://user:hunter2@h.example/?token=hunter2 www.e.example"
)


def hostile_outcomes() -> list[Outcome]:
    name = f"::error::{HOSTILE}\udcff\ud800.xml"
    document = json.dumps([{"verb": "conference", "name": HOSTILE, HOSTILE: HOSTILE, "memberTag": HOSTILE}])
    one = outcome(document, "swml", "jambonz", name)
    one.waived = {0: "accepted"}
    one.assumed = HOSTILE
    two = Outcome(name, None, "swml", error=TranslatorError(HOSTILE + "\udcff", line=1, column=1, cause=HOSTILE))
    two.lines = {1: HOSTILE}
    assert len(one.losses) > 3
    return [one, two]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_a_document_gets_out_of_its_place(form: str) -> None:
    skipped = [(HOSTILE + "\udcff", HOSTILE)]
    for outcomes in (hostile_outcomes(), hostile_outcomes()[:1], hostile_outcomes()[1:]):
        report = render(form, *outcomes, verbose=True, skipped=skipped)
        report.encode()
        assert "hunter2" not in report
        obeyed = [line for line in report.splitlines() if re.match(r"\s*::", line) or re.search(r"##(\[|vso\[)", line)]
        assert form == "github" or not obeyed
        if form in ("json", "jsonl", "sarif"):
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066]", report)
            for part in report.splitlines() if form == "jsonl" else [report]:
                json.loads(part)
            continue
        assert report.replace("\n", "").isprintable()
        if form == "junit":
            cases = etree.fromstring(report.encode()).findall("testsuite/testcase")
            assert len(cases) == len(outcomes) + 1
            continue
        lines = report.splitlines()
        if form == "github":
            commands = [line for line in lines if line.lstrip().startswith("::")]
            starts = ("::error ", "::warning ", "::notice ")
            assert len(commands) == sum(len(each.losses) or 1 for each in outcomes)
            assert all(line.startswith(starts) for line in commands)
            for line in commands:
                properties = line[2:].partition("::")[0].partition(" ")[2]
                assert {each.partition("=")[0] for each in properties.split(",")} <= {
                    *("file", "line", "endLine", "col", "endColumn", "title")
                }
            assert set(obeyed) == set(commands)


# -- text -----------------------------------------------------------------------------------------------------------


def test_the_text_report_shows_the_line_with_marks_under_what_is_meant(loud: Outcome) -> None:
    lines = render("text", loud).splitlines()
    at = lines.index('a.xml:3:17 warning exit-sound/dropped  beep="true"')
    assert lines[at + 1 : at + 3] == [
        '    3 |     <Conference beep="true" record="record-from-start" waitUrl="https://a.example/wait">room</Conference>',
        "      |                 ^^^^^^^^^^^",
    ]
    assert "record/dropped" in render("text", loud)
    assert "-v" in lines[-1]
    assert "path /Response" not in render("text", loud)


def test_losses_of_one_place_show_its_line_once() -> None:
    report = render("text", outcome(cxml('beep="onEnter" region="us1"'), "plivo", "cxml"))
    places = re.findall(r"^a\.xml:(\d+:\d+) ", report, re.MULTILINE)
    assert len(places) > len(set(places))
    assert report.count(" | <Response>") == len(set(places))


def test_several_files_have_headings_and_one_has_none(loud: Outcome, broken: Outcome) -> None:
    assert "cxml -> jambonz: 1 error, 2 warnings" not in render("text", loud).splitlines()[0]
    report = render("text", loud, broken, loud)
    assert report.count("a.xml  cxml -> jambonz: 1 error,") == 2
    assert "\n\nb.xml:2:" in report
    last = report.splitlines()[-1]
    assert last.startswith("3 documents: 2 lossy, 1 failed; 2 errors in 2 documents, ")


def test_what_the_baseline_knows_is_counted_and_shown_when_asked_for(loud: Outcome) -> None:
    known = replace(loud, waived=dict.fromkeys(range(len(loud.losses)), "baseline"))
    (line,) = render("text", known).splitlines()
    assert line.endswith("in the baseline (notices and those of the baseline are shown with -v).")
    assert "(baseline)" in render("text", known, verbose=True)
    known.waived = dict.fromkeys(range(len(loud.losses)), "accepted")
    assert "error record/dropped (accepted)" in render("text", known)


def test_colour_changes_nothing_but_the_colour(loud: Outcome, broken: Outcome) -> None:
    for outcomes in ((loud,), (loud, broken)):
        coloured = render("text", *outcomes, style=click.style, verbose=True)
        assert "\x1b[" in coloured
        assert click.unstyle(coloured) == render("text", *outcomes, verbose=True)


@pytest.mark.parametrize(
    ("line", "source", "text", "marks"),
    [
        ('\t<a beep="x">', 'beep="x"', '    <a beep="x">', "       ^^^^^^^^"),
        ("会議 beep 終", "beep", "会議 beep 終", "     ^^^^"),
        ("e\u0301 beep", "beep", "e\u0301 beep", "  ^^^^"),
        ("\x1b beep\x07", "beep\x07", "\\x1b beep\\x07", "     ^^^^^^^^"),
        ("  <Say>x</Say>", "", "  <Say>x</Say>", "  ^^^^"),
        ('{"beep" : true}', "beep: true", '{"beep" : true}', " ^^^^^^"),
    ],
)
def test_the_marks_stand_under_the_place(line: str, source: str, text: str, marks: str) -> None:
    word = source.partition(":")[0] or "<Say"
    column = line.index(f'"{word}"' if f'"{word}"' in line else word) + 1
    assert marked(line, column, source, 100) == (text, marks)


@pytest.mark.parametrize("column", [1, 200, 400, 2000, 3990])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    line = "".join(f"{number:04d} " for number in range(800))
    start = (column - 1) // 5 * 5
    found = marked(line, start + 1, line[start : start + 4], 60)
    assert found is not None
    text, marks = found
    assert len(text) <= 60
    assert text[marks.index("^") : len(marks)] == line[start : start + 4]
    assert text.startswith("...") == (start > 60)
    assert text.endswith("...") == (start < 3900)


def test_a_long_place_is_cut_and_a_place_beyond_the_line_is_not_shown() -> None:
    found = marked("a " * 500, 3, "a " * 300, 60)
    assert found is not None
    assert len(found[0]) <= 60
    assert len(found[1]) <= 60
    assert marked("short", 99, "", 60) is None
    assert marked("", 1, "", 60) is None


@pytest.mark.parametrize(
    ("line", "column", "source"),
    [
        ('<Dial url="https://u:hunter2@h.example"/>', 7, 'url="https://u:hunter2@h.example"'),
        ('"auth": {"username": "u", "password": "hunter2"}', 1, ""),
        ('"auth": {"username": "u", "password": "hunter2"}', 28, ""),
        ('"auth": {"username": "u", "password": "hunter2"}', 40, ""),
        ("auth: {username: u, password: hunter2, x: 1}", 21, ""),
        ("  password: hunter2", 3, ""),
        ("  password: hunter2", 16, ""),
        ('<Parameter name="apiKey" value="hunter2"/>', 2, ""),
        ("- {name: token, value: hunter2}", 3, ""),
        ('<Parameter value="hunter2" name="apiKey"/>', 2, ""),
        ('"secret": ["x", "hunter2"], "a": 1', 1, ""),
        ('"credentials": {"x": "hunter2"}, "a": 1', 1, ""),
        ("url: https://h.example/?a=b&sig=hunter2", 1, ""),
    ],
)
def test_a_source_line_shows_no_password(line: str, column: int, source: str) -> None:
    found = marked(line, column, source, 100)
    assert found is None or ("hunter2" not in found[0] and "***" in found[0])


def test_masking_a_line_takes_time_in_proportion() -> None:
    for text in ("name:password", "name=token value", "password:", '"', "name"):
        marked((text * LONGEST_LINE)[:LONGEST_LINE], 5000, "", 80)


# -- excerpts -------------------------------------------------------------------------------------------------------

UMLAUT = '<?xml version="1.0" encoding="{}"?>\n<Response><Say x="Grüße">x</Say>\n<Dial><Conference beep="true">ä</Conference></Dial></Response>'


@pytest.mark.parametrize(
    ("data", "number", "line"),
    [
        (UMLAUT.format("UTF-8").encode(), 2, '<Response><Say x="Grüße">x</Say>'),
        (UMLAUT.format("UTF-8").encode("utf-8-sig"), 2, '<Response><Say x="Grüße">x</Say>'),
        (UMLAUT.format("UTF-16").encode("utf-16"), 2, '<Response><Say x="Grüße">x</Say>'),
        (UMLAUT.format("ISO-8859-1").encode("latin-1"), 2, '<Response><Say x="Grüße">x</Say>'),
        (UMLAUT.format("windows-1252").replace("\n", "\r\n").encode("cp1252"), 2, '<Response><Say x="Grüße">x</Say>'),
        (swml("Grüße", beep="false", region="us").encode("utf-8-sig"), 1, swml("Grüße", beep="false", region="us")),
        (swml("Grüße", region="us").encode("utf-16"), 1, swml("Grüße", region="us")),
    ],
)
def test_the_lines_are_those_of_the_document_in_its_encoding(data: bytes, number: int, line: str) -> None:
    assert outcome(data, "plivo").lines[number] == line


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"<",
        b"<?xml encoding='no-such'?><a",
        b"<\x00a\x00",
        b"\xff" * 9,
        b"\x00" * 9,
        b"\n\n",
        b"{\xc3",
    ],
)
def test_no_bytes_make_it_fail(data: bytes) -> None:
    for line in (1, 2, 999):
        found = excerpts(data, (), TranslatorError("x", line=line, column=1))
        assert all("\0" not in each for each in found.values())
    assert excerpts(data, ()) == {}


def test_a_line_without_end_is_not_kept() -> None:
    assert excerpts(b"{" + b" " * LONGEST_LINE, (), TranslatorError("x", line=1, column=1)) == {}


# -- the others -----------------------------------------------------------------------------------------------------


def test_the_json_reports_are_valid_by_their_schemas(loud: Outcome, broken: Outcome) -> None:
    loud = replace(loud, waived={1: "accepted"})
    report = json.loads(render("json", loud, broken, loud))
    conforms(report, json_report.schema())
    whole, summary = jsonl.schema()["oneOf"]
    lines = [json.loads(line) for line in render("jsonl", loud, broken, loud).splitlines()]
    for line in lines[:-1]:
        conforms(line, whole)
    conforms(lines[-1], summary)
    assert [line["result"] for line in lines[:-1]] == report["results"]
    assert lines[-1]["summary"] == report["summary"]
    losses = report["results"][0]["losses"]
    assert [loss.get("waived") for loss in losses[:3]] == [None, "accepted", None]
    assert [list(loss)[:13] == list(losses[0]) for loss in losses] == [True] * len(losses)


def test_the_json_report_is_indented_as_one_value_is(loud: Outcome, broken: Outcome) -> None:
    for outcomes in ((), (broken,), (loud, broken)):
        report = render("json", *outcomes)
        assert report == json.dumps(json.loads(report), indent=2, ensure_ascii=False) + "\n"


def test_what_a_password_asked_for_is_in_no_report() -> None:
    found = outcome(
        '<Response><Dial><Sip password="hunter2">sip:a@b.example</Sip></Dial><Dial><Conference>r</Conference></Dial></Response>',
        from_="cxml",
    )
    assert any("password" in loss.code for loss in found.losses)
    for form in FORMATS:
        assert "hunter2" not in render(form, found, verbose=True)


def test_github_shows_what_counts_and_says_where_the_rest_is(loud: Outcome) -> None:
    report = render("github", loud)
    first = report.splitlines()[0]
    assert first.startswith("::warning file=a.xml,line=3,endLine=3,col=17,endColumn=28,title=exit-sound/dropped::cXML ")
    assert "::notice" not in report
    assert report.splitlines()[-1].startswith("1 document: 1 lossy; 1 error, ")
    assert "GitHub shows" not in report
    assert "the first 10 of each severity" in render("github", *[loud] * 11)
    assert "file=" not in render("github", outcome(LOUD, name="-"))
    found = outcome(LOUD, name="100%,a:b.xml")
    assert "file=100%25%2Ca%3Ab.xml,line=" in render("github", found)
    found.waived = dict.fromkeys(range(len(found.losses)), "accepted")
    assert "::" not in render("github", found)
    assert "title=record/dropped (accepted%3A error)" in render("github", found, verbose=True)


def sarif(*outcomes: Outcome, **options: Any) -> Any:
    (run,) = json.loads(render("sarif", *outcomes, **options))["runs"]
    return run


def test_sarif_results_name_rules_that_say_what_to_do(loud: Outcome, broken: Outcome) -> None:
    run = sarif(loud, broken, loud)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    rule = next(rule for rule in rules if rule["id"] == "exit-sound/dropped")
    assert "What to do" in rule["help"]["text"]
    assert "| jambonz |" in rule["help"]["markdown"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is False
    assert sarif(loud)["invocations"][0]["executionSuccessful"] is True
    failed = next(result for result in run["results"] if result["ruleId"] == "document/failed")
    assert failed["level"] == "error"
    assert failed["locations"][0]["physicalLocation"]["region"]["startLine"] == 2


def test_sarif_fingerprints_stay_when_lines_move_and_tell_equal_losses_apart() -> None:
    def marks(source: str) -> list[str]:
        return [
            each["partialFingerprints"]["translatorLoss/v1"] for each in sarif(outcome(source, from_="cxml"))["results"]
        ]

    moved = LOUD.replace("<Dial>", "<!-- a -->\n\n<Dial>").replace("<Response>", "<Response><Pause/>")
    assert set(marks(LOUD)) <= set(marks(moved))
    assert set(marks(LOUD)) != set(marks(LOUD.replace("wait", "hold")))
    twice = LOUD.replace("</Response>", LOUD[LOUD.index("<Dial") :])
    assert len(set(marks(twice))) == len(marks(twice))


def test_sarif_suppresses_what_is_waived(loud: Outcome) -> None:
    found = [
        result["suppressions"] for result in sarif(replace(loud, waived={0: "accepted", 1: "baseline"}))["results"]
    ]
    assert [len(each) for each in found[:3]] == [1, 1, 0]
    assert found[0][0]["kind"] == "external"
    assert found[0] != found[1]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a/b.xml", "a/b.xml"),
        ("a b/ü%.xml", "a%20b/%C3%BC%25.xml"),
        ("c:d.xml", "c%3Ad.xml"),
        ("/tmp/a b.xml", "file:///tmp/a%20b.xml"),
        ("a?b#c.xml", "a%3Fb%23c.xml"),
        ("\udcff.xml", "%5Cudcff.xml"),
    ],
)
def test_sarif_names_files_by_references(name: str, uri: str, loud: Outcome) -> None:
    found = replace(loud, source=name, losses=loud.losses[:1])
    (result,) = sarif(found)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 1), ("warning", 1), ("never", 0), ("notice", 1)])
def test_junit_fails_where_the_run_fails(fail_on: str, failures: int, loud: Outcome, broken: Outcome) -> None:
    found = replace(loud, fail_on=fail_on)
    suite = etree.fromstring(render("junit", found, broken, skipped=[("c.xml", "no conference")]).encode())[0]
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "3", "failures": str(failures), "errors": "1", "skipped": "1"}
    text = suite.findtext("testcase/failure") or ""
    assert ("record/dropped" in text) == bool(failures)
    assert ("exit-sound/dropped" in text) == (fail_on in ("warning", "notice"))
    assert found.fails == bool(failures)
    found.waived = dict.fromkeys(range(len(loud.losses)), "accepted")
    assert not found.fails
    assert suite.find("testcase/error") is not None
    assert etree.fromstring(render("junit", found).encode()).find(".//failure") is None


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a|b", "<code>a&#124;b</code>"),
        ("`", "<code>&#96;</code>"),
        ("a\nb", "`a\\nb`"),
        ("<b>*x*</b> [y](z) @me", "`<b>*x*</b> [y](z) @me`"),
        (" x", "`  x `"),
        ("", "<code></code>"),
    ],
)
def test_markdown_code_holds_any_text(text: str, safe: str) -> None:
    assert code(text) == safe


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a|b `c` *d* _e_", "a&#124;b &#96;c&#96; &#42;d&#42; &#95;e&#95;"),
        ("<b>x</b> &amp; \\", "&#60;b&#62;x&#60;/b&#62; &#38;amp; &#92;"),
        ("[x](y)", "&#91;x&#93;(y)"),
        ("ask @octocat and #12, a@b.example", "ask @<!-- -->octocat and #<!-- -->12, a@<!-- -->b.example"),
        ("https://h.example www.h.example", "https:<!-- -->//h.example www<!-- -->.h.example"),
        (":smile: GH-12", ":<!-- -->smile: GH<!-- -->-12"),
        ("a\nb", "a&#92;nb"),
    ],
)
def test_markdown_prose_holds_any_text(text: str, safe: str) -> None:
    assert prose(text) == safe


def test_every_row_of_a_markdown_table_has_its_cells() -> None:
    report = render("markdown", *hostile_outcomes(), verbose=True, skipped=[(HOSTILE, HOSTILE)])
    widths: list[int] = []
    for line in report.splitlines():
        if line.startswith("|"):
            widths.append(len(re.findall(r"\|", line)))
        else:
            assert len(set(widths)) <= 1
            widths = []


# -- what the tables know -------------------------------------------------------------------------------------------


def run(*arguments: str) -> Any:
    return CliRunner().invoke(group, list(arguments))


def test_every_code_has_a_meaning_and_says_what_to_do() -> None:
    for each in codes():
        known = explain(each)
        assert known["meaning"], each
        assert known["what_to_do"], each
        text = as_text(known)
        assert text.startswith(f"{each}\n")
        assert "What to do: " in text, each
        assert as_markdown(known).startswith(f"# `{each}`\n"), each
        for field in known["fields"]:
            assert len(field["dialects"]) == 7
            assert all(cell["attribute"] and cell["implied"] for cell in field["dialects"])


def test_explain_in_its_formats() -> None:
    data = json.loads(run("explain", "exit-sound/dropped", "--format", "json").stdout)
    (field,) = data["fields"]
    assert (field["field"], field["severity"]) == ("exit_sound", "warning")
    by_dialect = {each["dialect"]: each for each in field["dialects"]}
    assert by_dialect["plivo"]["attribute"] == "exitSound"
    assert by_dialect["jambonz"]["note"] == "There is no exit tone, ever."
    page = run("explain", "exit-sound/dropped", "--format", "markdown").stdout
    assert "\n| Plivo | exitSound | " in page
    assert "beep:1 \\| beep:2" in page
    assert json.loads(run("explain", "--list", "--format", "json").stdout) == codes()


def test_the_matrix_is_one_page_that_needs_nothing_else() -> None:
    for arguments in ([], ["twiml", "jambonz"]):
        page = run("matrix", *arguments, "--format", "html").stdout
        root = etree.fromstring(page.encode(), etree.HTMLParser())
        assert not root.xpath(
            "//script | //link | //img | //@src | //style[contains(., 'url(') or contains(., '@import')]"
        )
        assert all(link.startswith("#") for link in root.xpath("//@href"))
        assert {link[1:] for link in root.xpath("//@href")} == set(root.xpath("//@id"))
        assert "prefers-color-scheme: dark" in page
        for table in root.xpath("//table"):
            assert len({len(row) for row in table.xpath(".//tr")}) == 1
    assert "".join(root.xpath("//tr[th='Dial@hangupOnStar']//td[@class='warning']//text()")) == "warning"


def test_the_matrix_of_one_direction_has_the_verbs_without_a_counterpart() -> None:
    data = json.loads(run("matrix", "twiml", "jambonz", "--format", "json").stdout)
    assert {"verb": "Enqueue", "severity": "error"} in data["verbs"]
    text = run("matrix", "twiml", "jambonz").stdout
    assert "\nVerbs without a counterpart\n" in text
    assert (
        "\n## Verbs without a counterpart\n\n| verb | severity |\n"
        in run("matrix", "twiml", "jambonz", "--format", "markdown").stdout
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_text_loads_no_more_than_it_needs(form: str) -> None:
    script = f"import sys; from translator.report import renderer; renderer({form!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not any(name.startswith("dialects.") for name in loaded)
    assert ("lxml" in loaded) <= (form in ("junit", "sarif"))


def as_recorded(loss: Loss) -> str:
    return to_json(record(loss), inf_nan_mode="strings").decode()


def test_a_loss_in_one_line_is_the_same_as_its_record() -> None:
    for path in GOLDEN.glob("*/source.*"):
        for to in PLATFORMS:
            for loss in translate(path.read_bytes(), to, by_name(path.name)).losses:
                assert as_json(loss) == as_recorded(loss)
                assert as_json(loss) == as_recorded(loss)  # as it is remembered


def test_what_is_remembered_of_a_loss_is_what_is_equal_in_all_parts() -> None:
    values = (True, 1, 1.0, False, 0, -0.0, None, "1", "", (1,), (True,), [1], "x" * 1000, "https://u:pw@h/")
    for field in ("beep", "token"):
        for asked in values:
            for given in values:
                for place in ((1, 2), (1, 2), (3, 4)):
                    words = ("It is https://u:pw@h/.", "Nothing.")
                    origin = Fixed(("/a/b:~1~1u:pw@h", ""), words, lambda _, place=place: place)  # type: ignore[misc]
                    loss = Loss("default", "notice", field, False, asked, given, origin)
                    assert as_json(loss) == as_recorded(loss)
                    assert "pw" not in as_json(loss)
