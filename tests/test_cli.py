"""The command line, run as people run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers import CORPUS, GOLDEN, cxml

from translator.cli import COMMANDS, group

QUIET = cxml('beep="false"')
LOUD = cxml('record="record-from-start" beep="true"')


def run(*arguments: str | Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(group, [str(a) for a in arguments], input=stdin, env={"CI": "", **(env or {})})


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.cxml.xml"
    path.write_text(LOUD, encoding="utf-8")
    return path


def test_the_document_goes_to_stdout_and_the_report_to_stderr(room: Path) -> None:
    result = run("convert", room, "--to", "jambonz")
    assert result.exit_code == 1  # a recording is lost
    assert json.loads(result.stdout)[0]["verb"] == "conference"
    report = result.stderr.splitlines()
    assert report[0] == f'{room}:1:29 error record/dropped  record="record-from-start"'
    assert "    Start the recording through the target's REST interface." in report
    assert f'{room}:1:56 warning exit-sound/dropped  beep="true"' in report
    assert report[-1] == "cxml -> jambonz: 1 error, 1 warning, 6 notices (notices are shown with -v)."


def test_notices_are_shown_with_v(room: Path) -> None:
    result = run("convert", room, "--to", "jambonz", "-v")
    assert "notice leg-time-limit/default" in result.stderr
    assert "shown with -v" not in result.stderr


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1),
        (["--fail-on", "never"], 0),
        (["--fail-on", "error", "--accept", "record/*"], 0),
        (["--fail-on", "warning", "--accept", "record/*"], 1),
        (["--fail-on", "warning", "--accept", "record/*", "--accept", "exit-sound/dropped"], 0),
        (["--fail-on", "notice", "--accept", "*"], 0),
    ],
)
def test_exit_status(room: Path, options: list[str], status: int) -> None:
    result = run("convert", room, "--to", "jambonz", *options)
    assert result.exit_code == status
    assert "record/dropped" in result.stderr  # accepting changes the status, never the report


def test_stdin_and_stdout() -> None:
    result = run("convert", "-", "--to", "swml", "--from", "cxml", stdin=QUIET)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["version"] == "1.0.0"
    assert result.stderr.startswith("cxml -> swml: ")


def test_what_was_assumed_is_said() -> None:
    result = run("convert", "-", "--to", "swml", stdin=QUIET)
    assert "assumed TwiML: cXML and other relatives have the same shape" in result.stderr


def test_the_output_file_tells_the_syntax(room: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.swml.yaml"
    assert run("convert", room, "--to", "swml", "-o", out).stdout == ""
    assert out.read_text(encoding="utf-8").startswith("version:")
    assert run("convert", room, "--to", "swml", "-o", tmp_path / "out.txt").exit_code == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("{")
    lying = run("convert", room, "--to", "swml", "-o", tmp_path / "out.xml")
    assert (lying.exit_code, (tmp_path / "out.xml").exists()) == (2, False)
    assert "swml is written in json or yaml" in lying.stderr


def test_a_tree_is_mirrored_and_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    tree, out = tmp_path / "tree", tmp_path / "out"
    (tree / "a" / "b").mkdir(parents=True)
    (tree / "a" / "one.cxml.xml").write_text(QUIET)
    (tree / "a" / "b" / "two.xml").write_text(QUIET)
    (tree / "bad.cxml.xml").write_text("<Response>")
    (tree / "other.xml").write_text("<note/>")
    (tree / "notes.txt").write_text("nothing")
    result = run("convert", tree, "--to", "jambonz", "--out-dir", out, "-v")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert sorted(str(p.relative_to(out)) for p in out.rglob("*.*")) == ["a/b/two.jambonz.json", "a/one.jambonz.json"]
    assert "bad.cxml.xml:1:11 failed  Not XML" in result.stderr
    assert "Likely cause: the document is cut off" in result.stderr
    assert "other.xml: skipped, no known dialect" in result.stderr
    assert "3 documents: 2 lossy, 1 failed; " in result.stderr
    assert result.stderr.endswith(". 1 was skipped.\n")


def test_links_are_not_followed_and_own_output_is_not_read(tmp_path: Path) -> None:
    tree, elsewhere = tmp_path / "tree", tmp_path / "elsewhere"
    for directory in (tree, elsewhere):
        directory.mkdir()
        (directory / "room.cxml.xml").write_text(QUIET)
    (tree / "link.cxml.xml").symlink_to(elsewhere / "room.cxml.xml")
    (tree / "directory").symlink_to(elsewhere)
    for _ in range(2):
        result = run("convert", tree, "--to", "swml", "--out-dir", tree / "out")
        assert result.exit_code == 0, result.stderr
        assert [p.name for p in (tree / "out").rglob("*") if p.is_file()] == ["room.swml.json"]


def test_two_inputs_never_go_to_one_output_and_no_input_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "room.cxml.xml").write_text(QUIET)
    (tmp_path / "room.xml").write_text(QUIET)
    out = tmp_path / "out"
    result = run("convert", tmp_path / "room.cxml.xml", tmp_path / "room.xml", "--to", "plivo", "--out-dir", out)
    assert result.exit_code == 1
    assert "already that of" in result.stderr
    (tmp_path / "same.plivo.xml").write_text("<Response><Conference>r</Conference></Response>")
    before = (tmp_path / "same.plivo.xml").read_text()
    result = run("convert", tmp_path / "same.plivo.xml", "--to", "plivo", "--out-dir", tmp_path)
    assert result.exit_code == 1
    assert "is one of the inputs" in result.stderr
    assert (tmp_path / "same.plivo.xml").read_text() == before


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jambonz.json"
    out.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    result = run("convert", room, "--to", "jambonz", "-o", out)
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert out.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jambonz.json", "room.cxml.xml"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "never filled"),
        (b"\x00\x01\x02", ""),
        (b"<Response><Dial>", "cut off"),
        (b"<Response><Say>x</Say></Response>", ""),
        ("<Response><Dial><Conference>é</Conference></Dial></Response>".encode("latin-1"), "another encoding"),
        (b"<!DOCTYPE x><Response/>", ""),
    ],
)
def test_bad_input_is_one_plain_error_and_nothing_is_written(tmp_path: Path, content: bytes, cause: str) -> None:
    path, out = tmp_path / "room.cxml.xml", tmp_path / "out.json"
    path.write_bytes(content)
    result = run("convert", path, "--to", "jambonz", "-o", out)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert not out.exists()
    assert result.stderr.splitlines()[0].startswith(f"{path}:1:")
    assert " failed  " in result.stderr
    assert cause in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.splitlines()[-1] == f"{path}: nothing was written."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["convert", "x.xml"], "'--to'. Choose from: swml, swaig, relay, cxml,"),
        (["convert", "x.xml", "--to", "cxlm"], "Did you mean cxml"),
        (["convert", "x.xml", "--to", "swml", "--from", "no"], "There is no dialect"),
        (["convert", "a.xml", "b.xml", "--to", "swml"], "need --out-dir"),
        (["convert", ".", "--to", "swml"], "--out-dir"),
        (["convert", "a.xml", "--to", "swml", "-o", "x", "--out-dir", "y"], "exclude each other"),
        (["convert", "a.xml", "--to", "cxml", "--syntax", "yaml"], "not written in yaml"),
        (["convert", "-", "--to", "swml", "--option", "x"], "NAME=VALUE"),
        (["convert", "-", "--to", "swml", "--from", "cxml", "--option", "x=y"], "knows no option"),
        (["convert"], "Missing argument"),
        (["covnert"], "convert"),
        (["explain", "exit-sund/dropped"], "Did you mean exit-sound"),
        (["explain", "exit-sound/droped"], "Did you mean exit-sound/dropped"),
        (["explain"], "Give a code"),
        (["matrix", "cxml"], "both FROM and TO"),
        (["matrix", "cxml", "zzz"], "for '[FROM TO]': There is no dialect"),
        (["check", "nowhere"], "does not exist"),
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], says: str) -> None:
    result = run(*arguments, stdin=QUIET)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_a_missing_file_fails_and_the_rest_is_done(room: Path, tmp_path: Path) -> None:
    result = run("convert", tmp_path / "no.xml", room, "--to", "swml", "--out-dir", tmp_path / "out")
    assert result.exit_code == 1
    assert "No such file or directory" in result.stderr
    assert (tmp_path / "out" / "room.swml.json").exists()


def test_the_json_report(room: Path, tmp_path: Path) -> None:
    report = tmp_path / "reports" / "report.json"
    bad = tmp_path / "bad.cxml.xml"
    bad.write_text("<Response>\n<Dial a=b/></Response>")
    out = tmp_path / "out"
    result = run(
        "convert", room, bad, "--to", "jambonz", "--out-dir", out, "--report", report, "--report-format", "json"
    )
    assert result.stderr == ""
    data = json.loads(report.read_text())
    assert data["version"] == 1
    assert data["summary"] == {
        "files": 2, "lossless": 0, "lossy": 1, "failed": 1, "losses": {"error": 1, "warning": 1, "notice": 6},
    }  # fmt: skip
    lossy, failed = data["results"]
    assert (lossy["source"], lossy["from"], lossy["to"], lossy["status"], lossy["error"]) == (
        str(room),
        "cxml",
        "jambonz",
        "lossy",
        None,
    )
    assert lossy["output"] == str(out / "room.jambonz.json")
    assert lossy["losses"][0]["code"] == "exit-sound/default" or lossy["losses"]
    assert failed["output"] is None
    assert failed["error"]["type"] == "UnreadableDocument"
    assert (failed["error"]["line"], failed["losses"]) == (2, [])


def test_passwords_and_tricks_are_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "room.jambonz.json"
    name = "a\u202eb\x1b[31m"
    url = "https://user:secret@a.example/s"
    path.write_text(json.dumps([{"verb": "conference", "name": name, "actionHook": url, "enterHook": url}]))
    for report in ("text", "json"):
        result = run("convert", path, "--to", "swml", "-v", "--report-format", report)
        assert "secret" not in result.stderr
        assert "user:***@" in result.stderr
        assert "\u202e" not in result.stderr or report == "json"
        assert "\x1b" not in result.stderr


def test_colour(room: Path) -> None:
    assert "\x1b[" in run("convert", room, "--to", "jambonz", "--color", "always").stderr
    assert "\x1b[" not in run("convert", room, "--to", "jambonz", "--color", "never", env={"FORCE_COLOR": "1"}).stderr
    assert "\x1b[" in run("convert", room, "--to", "jambonz", env={"FORCE_COLOR": "1"}).stderr
    assert "\x1b[" not in run("convert", room, "--to", "jambonz", env={"NO_COLOR": "1"}).stderr


def test_detect(tmp_path: Path) -> None:
    result = run("detect", CORPUS / "plivo" / "001.plivo.xml", CORPUS / "texml" / "001.texml.xml")
    assert result.exit_code == 0
    assert "plivo 100% (the file name ends in .plivo.*)" in result.stdout
    assert "assumed TwiML" in result.stdout
    result = run("detect", CORPUS / "bxml" / "002.bxml.xml", CORPUS / "ncco" / "001.ncco.json", tmp_path / "no")
    assert result.exit_code == 1
    assert "one of plivo, cxml" in result.stdout
    assert "no known dialect" in result.stdout
    assert "No such file" in result.stderr
    assert "twiml" in run("detect", "-", stdin=QUIET).stdout


def test_dialects() -> None:
    assert [line.split()[0] for line in run("dialects").stdout.splitlines()] == [
        "name",
        "swml",
        "swaig",
        "relay",
        "cxml",
        "twiml",
        "jambonz",
        "plivo",
        "intent",
    ]
    page = run("dialects", "laml").stdout
    assert "Sources: SignalWire docs" in page
    assert "Dial@action" in page
    assert "[beep" not in page
    assert json.loads(run("dialects", "plivo", "--format", "json").stdout)["implied"]["max_participants"] == "20"
    assert json.loads(run("dialects", "--format", "json").stdout)[0]["name"] == "swml"
    assert run("dialects", "swml", "--format", "markdown").stdout.startswith("# SWML")


def test_explain() -> None:
    text = run("explain", "exit-sound/dropped").stdout
    for part in ("There is no counterpart", "exitSound", "There is no exit tone, ever", "warning", "What to do"):
        assert part in text
    assert "speaks text" in run("explain", "say/step").stdout
    assert "records this leg" in run("explain", "dial-record").stdout
    assert "callbackUrl" in run("explain", "record-callback-url/unknown").stdout


def test_every_code_can_be_explained() -> None:
    codes = run("explain", "--list").stdout.split()
    assert len(codes) > 300
    for code in codes:
        result = run("explain", code)
        assert result.exit_code == 0, code
        assert len(result.stdout.splitlines()) >= 2


def test_every_code_that_occurs_is_listed() -> None:
    codes = set(run("explain", "--list").stdout.split())
    for path in GOLDEN.glob("*/*.losses.json"):
        for loss in json.loads(path.read_text()):
            if loss["kind"] != "unknown":
                assert loss["code"] in codes, path


def test_matrix() -> None:
    text = run("matrix").stdout
    assert "wait_url [music]" in text
    text = run("matrix", "cxml", "jambonz").stdout
    assert "exit-sound/dropped" in text
    assert "arrives" in text
    data = json.loads(run("matrix", "swml", "plivo", "--format", "json").stdout)
    assert {"field": "max_participants", "swml": "unknown", "plivo": "20"} in data["unsaid"]
    assert run("matrix", "--format", "markdown").stdout.startswith("| field | SWML |")
    assert json.loads(run("matrix", "--format", "json").stdout)[0]["field"] == "name"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_a_page(name: str) -> None:
    text = CliRunner().invoke(group, [name, "--help"], terminal_width=100).stdout
    assert len(text.splitlines()) <= 50
    assert max(map(len, text.splitlines())) <= 100


# -- golden ------------------------------------------------------------------------------------------------------


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    path = tmp_path / "golden"
    shutil.copytree(GOLDEN / "cxml-say-before", path / "case")
    return path


def test_golden_is_well() -> None:
    result = run("check", GOLDEN)
    assert result.exit_code == 0, result.stdout
    summary = re.fullmatch(r"(\d+) cases: all is well\.\n", result.stderr)
    assert summary
    assert int(summary[1]) >= 60


def test_golden_differences_missing_files_and_orphans_are_faults(golden: Path) -> None:
    case = golden / "case"
    (case / "to.jambonz.json").write_text("[]\n")
    (case / "to.plivo.xml").unlink()
    (case / "to.nobody.xml").write_text("x")
    (golden / "lost").mkdir()
    (golden / "lost" / "to.swml.json").write_text("{}")
    result = run("check", golden)
    assert result.exit_code == 1
    for part in (
        "-[]",
        '+    "verb": "conference"',
        "to.plivo.xml: missing",
        "to.nobody.xml: an orphan",
        "lost: a directory without source",
    ):
        assert part in result.stdout
    assert "4 faults" in result.stderr


def test_golden_update_writes_and_removes(golden: Path) -> None:
    (golden / "case" / "to.jambonz.json").write_text("[]\n")
    (golden / "case" / "to.nobody.xml").write_text("x")
    result = run("check", golden, "--update")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    assert run("check", golden).exit_code == 0
    assert run("check", golden, "--update").stdout == ""


def test_golden_update_is_refused_in_ci(golden: Path) -> None:
    result = run("check", golden, "--update", env={"CI": "true"})
    assert result.exit_code == 2
    assert "refused in CI" in result.stderr


def test_golden_without_a_case_is_a_fault(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert "no golden case found" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("source.xml", "<x/>", "no known dialect"),
        ("source.cxml.xml", "<Response/>", "No cXML conference"),
    ],
)
def test_a_golden_source_must_be_sound(tmp_path: Path, name: str, content: str, says: str) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / name).write_text(content)
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert says in result.stdout


def test_losses_of_golden_cases_are_without_words() -> None:
    losses = json.loads((GOLDEN / "cxml-full" / "to.plivo.losses.json").read_text())
    assert losses
    assert {"message", "remedy"}.isdisjoint(losses[0])
    assert {"code", "severity", "path", "line", "column", "asked", "given"} <= set(losses[0])


# -- nothing is lost on disk -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["room.cxml.xml", "room.json"])
def test_the_report_never_takes_the_place_of_a_document(room: Path, place: str) -> None:
    output = room.with_name("room.json")
    result = run("convert", room, "--to", "jambonz", "-o", output, "--report", room.with_name(place))
    assert result.exit_code == 2
    assert "is one of the documents" in result.stderr
    assert room.read_text(encoding="utf-8") == LOUD
    assert not output.exists()


def test_the_report_goes_to_standard_output_where_the_document_does_not(room: Path) -> None:
    result = run("convert", room, "--to", "jambonz", "-o", room.with_name("o.json"), "--report", "-")
    assert "record/dropped" in result.stdout
    assert run("convert", room, "--to", "jambonz", "--report", "-").exit_code == 2


def test_a_report_that_cannot_be_written_stops_all_before_it_begins(room: Path) -> None:
    output = room.with_name("o.json")
    result = run("convert", room, "--to", "jambonz", "-o", output, "--report", room / "report.txt")
    assert result.exit_code == 2
    assert not output.exists()


def test_links_stay_links_and_pipes_stay_pipes(room: Path) -> None:
    target, link, pipe = (room.with_name(name) for name in ("target.json", "link.json", "pipe"))
    target.write_text("", encoding="utf-8")
    link.symlink_to(target)
    run("convert", room, "--to", "jambonz", "-o", link)
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        text = pool.submit(pipe.read_text, encoding="utf-8")
        run("convert", room, "--to", "jambonz", "-o", pipe)
        assert text.result() == target.read_text(encoding="utf-8")
    assert pipe.is_fifo()


def test_the_longest_file_names_can_be_written(tmp_path: Path) -> None:
    output = tmp_path / ("n" * 250 + ".json")
    assert run("convert", "-", "--to", "jambonz", "-o", output, stdin=QUIET).exit_code == 0
    assert output.exists()


def test_a_file_name_that_is_no_text_is_escaped_in_the_report(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.cxml.xml"))
    path.write_text(QUIET, encoding="utf-8")
    report = tmp_path / "report.json"
    run("convert", path, "--to", "swml", "-o", tmp_path / "o.json", "--report-format", "json", "--report", report)
    assert json.loads(report.read_text(encoding="utf-8"))["results"][0]["source"].endswith("bad\\xff.cxml.xml")


def test_closed_streams_end_in_a_plain_sentence(room: Path) -> None:
    for shell, words in (("- <&-", "Standard input is closed."), (f"{room} >&-", "Standard output is closed.")):
        command = f"{sys.executable} -m translator convert --to jambonz {shell}"
        found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert found.returncode == 1
        assert words in found.stderr


def test_documents_of_a_tree_without_a_conference_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<Response><Say>x</Say></Response>", encoding="utf-8")
    result = run("convert", tmp_path, "--to", "jambonz", "--out-dir", tmp_path / "out", "-v")
    assert result.exit_code == 0
    assert "skipped, no conference here" in result.stderr
    assert result.stderr.endswith("No document was found. 1 was skipped.\n")


def test_passwords_are_not_shown() -> None:
    hook = {"url": "https://u:first-secret@a.example", "username": "bob", "password": "second-secret"}
    source = json.dumps([{"verb": "conference", "name": "r", "statusHook": hook}])
    for form in ("text", "json"):
        result = run("convert", "-", "--to", "plivo", "-v", "--report-format", form, stdin=source)
        assert "bob" in result.stderr
        assert "secret" not in result.stderr
