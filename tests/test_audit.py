"""`translator audit`: what is counted, what is said of it, and that no document can break a report."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from helpers import CORPUS, cxml, jambonz, plivo
from lxml import html

from translator.audit import Audit, Finding, Found, Use, Verdict, support
from translator.cli import group
from translator.report.audit import FORMATS, percent, renderer

QUIET = cxml('beep="false"', 'timeout="30"')
LOUD = cxml('record="record-from-start" beep="true"')


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(group, ["audit", "--no-config", *map(str, arguments)], input=stdin)


def numbers(*arguments: str | Path, stdin: str | bytes | None = None) -> dict[str, Any]:
    result = run(*arguments, "--report-format", "json", stdin=stdin)
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return data


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Four documents for jambonz: one with an error, one with a warning, one that is there already, one that fails."""
    root = tmp_path / "calls"
    (root / "a").mkdir(parents=True)
    (root / "a" / "loud.cxml.xml").write_text(LOUD)
    (root / "a" / "beep.twiml.xml").write_text(cxml('beep="onExit"'))
    (root / "there.jambonz.json").write_text(jambonz())
    (root / "bad.cxml.xml").write_text("<Response>")
    (root / "note.xml").write_text("<note/>")
    return root


def test_documents_are_counted_by_the_gravest_loss(tree: Path) -> None:
    data = numbers(tree, "--to", "jambonz")
    assert (data["documents"], data["failed"]) == (4, 1)
    assert data["skipped"][0]["documents"] == 1
    assert {each["from"]: each["documents"] for each in data["dialects"]} == {"cxml": 2, "twiml": 1, "jambonz": 1}
    (target,) = data["targets"]
    assert target["levels"] == {"already": 1, "lossless": 0, "notice": 0, "warning": 1, "error": 1, "failed": 1}
    assert (target["lossless"], target["lossy"], target["failed"]) == (1, 2, 1)
    assert target["headline"] == (
        "0 % of 3 documents can go to jambonz as they are, 33 % after a look at the warnings, "
        "33 % lose something grave on the way, 33 % cannot be translated; 1 is jambonz already."
    )
    (failure,) = data["failures"]
    assert failure["source"].endswith("bad.cxml.xml")
    assert (failure["error"]["type"], failure["error"]["line"]) == ("UnreadableDocument", 1)


def test_shares_are_those_of_the_headline(tree: Path) -> None:
    lines = run(tree, "--to", "jambonz").stdout.splitlines()
    levels = {line[:15].strip(): line[15:].split("#")[0].split() for line in lines if line.endswith("#")}
    there, third = ["1"], ["1", "33", "%"]
    assert levels == {"already there": there, "warnings": third, "errors": third, "failed": third}
    page = run(tree, "--to", "jambonz", "--report-format", "html").stdout
    assert " already there</span>" in page
    assert " warnings, 33 %</span>" in page


def test_codes_are_ranked_and_have_their_first_place(tree: Path) -> None:
    (target,) = numbers(tree, "--to", "jambonz")["targets"]
    codes = target["codes"]
    assert codes[0]["code"] == "record/dropped"
    assert codes[0]["example"] == {
        "source": str(tree / "a" / "loud.cxml.xml"),
        "line": 1,
        "column": 29,
        "written": 'record="record-from-start"',
    }
    (tone,) = [each for each in codes if each["code"] == "exit-sound/dropped"]
    assert (tone["severity"], tone["documents"], tone["losses"]) == ("warning", 2, 2)
    severities = [each["severity"] for each in codes]
    assert severities == sorted(severities, key=("error", "warning", "notice").index)
    assert sum(target["losses"].values()) == sum(each["losses"] for each in codes)


def test_the_first_thing_to_do_takes_care_of_what_is_gravest(tree: Path) -> None:
    (target,) = numbers(tree, "--to", "jambonz")["targets"]
    record, tone = target["todo"]
    assert (record["severity"], record["documents"], record["alone"]) == ("error", 1, 0)
    assert record["codes"] == [{"code": "record/dropped", "documents": 1}]
    assert (tone["remedy"], tone["documents"]) == ("Play the sound from the application.", 2)
    assert tone["alone"] == 1  # the other document has the recording in its way, too


def test_one_document_counts_once_however_often_it_loses_the_same(tmp_path: Path) -> None:
    twice = "<Response><Say voice='alice'>a</Say><Say voice='alice'>b</Say><Dial><Conference>r</Conference></Dial></Response>"
    (tmp_path / "a.twiml.xml").write_text(twice)
    (target,) = numbers(tmp_path, "--to", "plivo")["targets"]
    (voice,) = [each for each in target["codes"] if each["code"] == "say-voice-gender/changed"]
    assert (voice["documents"], voice["losses"]) == (1, 2)


def test_what_is_used_is_said_in_the_words_of_its_dialect(tmp_path: Path) -> None:
    (tmp_path / "a.twiml.xml").write_text(
        "<Response><Say>a</Say><Enqueue>q</Enqueue><Banana/><Dial action='https://a.example/x' timeout='9'>"
        "<Conference beep='true' waitUrl='https://a.example/w' coach='CA1' holdMusic='x'>r</Conference></Dial></Response>"
    )
    uses = numbers(tmp_path, "--to", "jambonz", "--to", "cxml")["uses"]
    found = {each["name"]: {to["to"]: (to["support"], to["as"]) for to in each["targets"]} for each in uses}
    assert found["beep"] == {"jambonz": ("partly", "beep"), "cxml": ("yes", "beep")}
    assert found["waitUrl"]["jambonz"] == ("yes", "waitHook")
    assert found["Dial@action"] == {"jambonz": ("yes", "actionHook"), "cxml": ("yes", "Dial action")}
    assert found["coach"]["jambonz"] == ("no", "")
    assert found["Dial@timeout"]["cxml"] == ("inert", "")
    assert found["holdMusic"]["jambonz"] == ("unknown", "")
    assert found["Say"] == {"jambonz": ("yes", "say"), "cxml": ("yes", "Say")}
    assert found["Enqueue"]["jambonz"][0] == "no"
    assert found["Banana"]["cxml"] == ("unknown", "")
    assert {each["what"] for each in uses if each["name"] in ("Say", "Enqueue", "Banana")} == {"verb"}


def test_all_the_attributes_and_verbs_of_the_corpus_have_an_answer() -> None:
    data = numbers(CORPUS, "--to", "all")
    assert len(data["targets"]) == 7
    for use in data["uses"]:
        for each in use["targets"]:
            there = support(Use(use["from"], use["what"], use["name"], 0, 0), each["to"])
            assert there == (each["support"], each["as"])
            if use["from"] == each["to"]:
                assert there[0] in ("yes", "unknown", "inert"), (use, each)


def test_the_easiest_target_comes_first(tree: Path) -> None:
    result = run(tree, "--to", "relay", "--to", "cxml", "--to", "cxml")
    rows = re.findall(r"^  (cXML|RELAY) ", result.stdout, re.MULTILINE)
    assert rows == ["cXML", "RELAY"]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {"id": 1, "from": "cxml", "document": QUIET},
        {"id": "two", "document": json.loads(jambonz())},
        {"id": 3, "from": "zzz", "document": QUIET},
        {"id": 4},
    ]
    text = "\n".join(map(json.dumps, lines)) + "\n\nno json\n"
    (tmp_path / "calls.jsonl").write_text(text)
    data = numbers(tmp_path / "calls.jsonl", "--to", "plivo")
    assert (data["documents"], data["failed"]) == (5, 3)
    assert data["failures"][0]["source"].endswith("calls.jsonl:3 (id 3)")
    assert numbers("-", "--jsonl", "--to", "plivo", stdin=text)["targets"] == [
        {**data["targets"][0], "codes": _at(data["targets"][0]["codes"], str(tmp_path / "calls.jsonl"), "-")}
    ]


def _at(codes: list[dict[str, Any]], old: str, new: str) -> list[dict[str, Any]]:
    return [
        {**each, "example": {**each["example"], "source": each["example"]["source"].replace(old, new)}}
        for each in codes
    ]


def test_one_document_from_standard_input() -> None:
    assert run("-", "--to", "plivo", "--from", "cxml", stdin=QUIET).stdout.startswith("1 document: 1 cxml.\n")


def test_include_exclude_and_globs(tree: Path) -> None:
    assert numbers(tree, "--to", "plivo", "--exclude", "a")["documents"] == 2
    assert numbers(tree, "--to", "plivo", "--include", "*.json")["documents"] == 1
    assert numbers(tree / "*" / "*.cxml.xml", "--to", "plivo")["documents"] == 1


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    sources = [each for each in CORPUS.rglob("*.*") if each.is_file()]
    for number, source in enumerate(random.Random(1).choices(sources, k=80)):
        suffix = source.name.partition(".")[2]
        (tmp_path / f"{number:03}.{suffix}").write_bytes(source.read_bytes())
    one, two = (run(tmp_path, "--to", "all", "--report-format", "json", "--jobs", jobs).stdout for jobs in ("1", "2"))
    assert one == two
    assert json.loads(one)["documents"] > 60


def test_what_is_accepted_does_not_count(tree: Path) -> None:
    (plain,) = numbers(tree, "--to", "jambonz")["targets"]
    (target,) = numbers(tree, "--to", "jambonz", "--accept", "record/*", "--accept", "*beep*:exit-sound/*")["targets"]
    assert target["losses"] == plain["losses"], "the losses stay what they are"
    assert target["levels"] == {**plain["levels"], "error": 0, "warning": 1, "notice": 1}
    assert [(step["remedy"], step["documents"]) for step in target["todo"]] == [
        ("Play the sound from the application.", 1)
    ]
    assert {each["code"]: each["waived"] for each in target["codes"] if each["waived"]} == {
        "record/dropped": 1,
        "exit-sound/dropped": 1,
    }


def test_what_the_baseline_knows_does_not_count(tree: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    (plain,) = numbers(tree, "--to", "jambonz")["targets"]
    entry = {
        "source": "calls/a/loud.cxml.xml",
        "to": "jambonz",
        "code": "record/dropped",
        "path": "/Response/Dial/Conference/@record",
        "asked": True,
        "given": False,
        "count": 1,
    }
    known.write_text(json.dumps({"version": 1, "losses": [entry]}))
    for _ in range(2):
        (target,) = numbers(tree, "--to", "jambonz", "--baseline", known, "--jobs", "2")["targets"]
        assert (target["levels"]["error"], target["levels"]["warning"]) == (0, 2)
        assert target["losses"] == plain["losses"]
    known.write_text("[")
    result = run(tree, "--to", "jambonz", "--baseline", known)
    assert result.exit_code == 2
    assert "known.json:1:2: not a baseline" in result.stderr


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 0),
        (["--fail-on", "error"], 1),
        (["--fail-on", "error", "--exclude", "bad*", "--accept", "record/*"], 0),
        (["--fail-on", "warning", "--exclude", "bad*", "--accept", "record/*"], 1),
        (["--fail-on", "notice", "--exclude", "bad*", "--accept", "*"], 0),
        (["--include", "nothing"], 1),
        (["--option", "zzz=1"], 2),
        (["--option", "base_url=zzz"], 2),
        (["--to", "zzz"], 2),
    ],
)
def test_exit_status(tree: Path, options: list[str], status: int) -> None:
    result = run(tree, "--to", "jambonz", *options)
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output


def test_an_option_goes_to_the_targets_that_know_it(tree: Path) -> None:
    assert numbers(tree, "--to", "all", "--option", "call_id=1", "--option", "base_url=https://a.example")["documents"]


def test_files_that_are_not_there_or_cannot_be_read_are_told(tmp_path: Path) -> None:
    missing = (tmp_path / "none.xml", tmp_path / "none.jsonl")
    result = run(*missing, "--to", "plivo", "--report-format", "json")
    messages = [each["error"]["message"] for each in json.loads(result.stdout)["failures"]]
    assert messages == ["No such file or directory."] * 2
    assert result.exit_code == 1, "nothing can be translated: most likely a path is wrong"
    (tmp_path / "quiet.cxml.xml").write_text(QUIET)
    assert run(*missing, tmp_path / "quiet.cxml.xml", "--to", "plivo").exit_code == 0


@pytest.mark.parametrize(("form", "says"), [("text", "and 8 more documents"), ("markdown", "And 3 more.")])
def test_failures_that_are_not_shown_are_counted_by_document(tmp_path: Path, form: str, says: str) -> None:
    number = 28 if form == "markdown" else 18
    rows = [{"id": n, "from": "cxml", "document": "<Response>"} for n in range(number)]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert says in run(tmp_path / "in.jsonl", "--to", "plivo", "--report-format", form).stdout


@pytest.mark.parametrize("baseline", [True, False])
def test_a_report_takes_no_other_place(tree: Path, tmp_path: Path, baseline: bool) -> None:
    known = tmp_path / "known.json"
    known.write_text('{"version": 1, "losses": []}')
    options = ("--report", known, "--baseline", known) if baseline else ("--report", next(tree.rglob("*.xml")))
    result = run(tree, "--to", "plivo", *options)
    assert result.exit_code == 2
    assert ("is the baseline, too" if baseline else "is one of the documents") in result.stderr
    assert known.read_text() == '{"version": 1, "losses": []}'


def test_settings_of_the_project_hold_and_options_win(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / ".git").mkdir()
    (tree / "translator.toml").write_text('exclude = "bad*"\nfail_on = "error"\n[audit]\nto = ["plivo", "jambonz"]\n')
    monkeypatch.chdir(tree)
    result = CliRunner().invoke(group, ["audit", ".", "--report-format", "json"])
    assert result.exit_code == 0, result.output  # fail_on is for convert, and audit only looks
    data = json.loads(result.stdout)
    assert ([each["to"] for each in data["targets"]], data["failed"]) == (["plivo", "jambonz"], 0)
    result = CliRunner().invoke(group, ["audit", ".", "--report-format", "json", "--to", "cxml"])
    assert [each["to"] for each in json.loads(result.stdout)["targets"]] == ["cxml"]


def test_the_text_report_hides_notices_until_asked(tree: Path) -> None:
    plain, verbose = run(tree, "--to", "jambonz").stdout, run(tree, "--to", "jambonz", "-v").stdout
    assert "notices of" in plain
    assert "relay-digits/default" not in plain
    assert "relay-digits/default" in verbose
    assert "1 skipped: no known dialect" in verbose
    assert "error, 1 document:\n" in plain
    assert "Failed: 1 document\n" in plain
    assert "Likely cause: the document is cut off" in plain


def test_a_report_goes_to_its_file_whole(tree: Path, tmp_path: Path) -> None:
    place = tmp_path / "out" / "audit.html"
    result = run(tree, "--to", "jambonz", "--report", place, "--report-format", "html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert place.read_text(encoding="utf-8").endswith("</html>\n")
    assert run(tree, "--to", "jambonz", "--report", tree).exit_code == 2
    document = tree / "a" / "loud.cxml.xml"
    result = run(tree, "--to", "jambonz", "--report", document)
    assert result.exit_code == 2
    assert "is one of the documents" in result.stderr
    assert document.read_text() == LOUD
    (tmp_path / "blocked").write_text("")
    result = run(tree, "--to", "jambonz", "--report", tmp_path / "blocked" / "audit.json")
    assert result.exit_code == 1
    assert "the report cannot be written" in result.stderr


def test_memory_does_not_grow_with_the_documents() -> None:
    audit = Audit(["plivo"])
    for number in range(5_000):
        code = Found(f"x{number}/unknown", "warning", 1, 0, 1, 1, f"x{number}", f"Do {number}.")
        error = {"type": "X", "message": f"m{number}", "line": None, "column": None, "cause": ""}
        failed = number % 2 == 1
        verdict = Verdict("failed", True, error=error) if failed else Verdict("warning", codes=(code,))
        finding = Finding(f"f{number}", "twiml", verdicts={"plivo": verdict})
        finding.uses["attribute", f"x{number}"] += 1
        audit.add(finding)
        audit.add(Finding(f"s{number}", skipped=f"why {number}"))
    target = audit.targets["plivo"]
    assert (audit.documents, audit.failed, audit.skipped.total()) == (5_000, 2_500, 5_000)
    assert max(map(len, (target.codes, target.steps, audit.uses(), audit.skipped, audit.failures))) <= 2_001
    assert sum(each.documents for each in target.ranked()) == 2_500, "what is not named is counted"
    assert target.ranked()[0].first.code == "(others)"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 5, "0 %"), (1, 1000, "under 1 %"), (999, 1000, "over 99 %"), (5, 5, "100 %"), (1, 3, "33 %"), (0, 0, "0 %")],
)
def test_a_share_is_never_rounded_to_none_or_all(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words


# -- hostile documents -----------------------------------------------------------------------------------------------

HOSTILE = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "\x1b[31mred\x07\u202egnp.exe\u2066",
    "a|b`c`\n# head [x](javascript:alert(1)) @everyone",
    "https://user:hunter2@evil.example/?token=t0ps3cret",
    "]]>--><!--&lt;&amp;",
    "x" * 5_000,
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of documents whose names, attributes, values and faults are written to break reports."""
    root = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "id": text,
            "from": "jambonz",
            "document": [{"verb": "conference", "name": text, text: text, "memberTag": text}],
        }
        for text in HOSTILE
    ]
    rows += [{"id": text, "from": "jambonz", "document": [{"verb": text}, *json.loads(jambonz())]} for text in HOSTILE]
    rows += [{"id": text, "from": text, "document": text} for text in HOSTILE]
    (root / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (root / "<script>alert(1)<\u2044script>\x1b[31m|`.plivo.xml").write_text(plivo('zzz="1"'))
    (root / "::error::##[error]##vso[task.x].cxml.xml").write_text("<Response>")
    (root / b"\xff\xfe.cxml.xml".decode("utf-8", "surrogateescape")).write_text("<Response>")
    return root


@pytest.mark.parametrize("format_", FORMATS)
def test_no_document_breaks_out_of_a_report(hostile: Path, format_: str) -> None:
    result = run(hostile, hostile / "rows.jsonl", "--to", "all", "--report-format", format_, "-v")
    assert result.exit_code == 0, result.output
    text = result.stdout
    assert "hunter2" not in text
    assert "t0ps3cret" not in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert not re.search(r"^\s*::|##(\[|vso\[)", text, re.MULTILINE)
    if format_ == "json":
        assert json.loads(text)["documents"] == 21
    if format_ == "markdown":
        assert not re.search(r"<(?!/?(?:code|!--)|!--)[^>]*>", re.sub(r"`[^`\n]*`", "", text))
        assert not re.search(r"^# head|\]\(javascript", text, re.MULTILINE)


def test_the_page_needs_nothing_and_runs_nothing(hostile: Path) -> None:
    text = run(hostile, hostile / "rows.jsonl", "--to", "all", "--report-format", "html").stdout
    page = html.document_fromstring(text)
    tags = {node.tag for node in page.iter()}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "svg", "form", "base"})
    attributes = {(name, value) for node in page.iter() for name, value in node.attrib.items()}
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith("#") for name, value in attributes if name in ("href", "src"))
    assert all(re.fullmatch(r"(flex: \d+ 0 0|width: [\d.]+%)", value) for name, value in attributes if name == "style")
    (style,) = page.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    targets = {node.get("id") for node in page.xpath("//*[@id]")}
    assert {node.get("href")[1:] for node in page.xpath("//nav/a")} <= targets


def test_the_page_of_an_empty_audit_is_one() -> None:
    for format_ in FORMATS:
        text = "".join(renderer(format_)(Audit(["plivo"])))
        assert text.endswith("\n")
        assert "No document was found." in text or "0 documents" in text
