"""Many documents: trees, globs, processes, JSON Lines; looking before writing; what counts for the exit status."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import pickle
import pty
import resource
import signal
import subprocess
import sys
import time
from itertools import count, islice
from pathlib import Path, PurePath
from typing import Any

import pytest
from click.testing import CliRunner, Result
from helpers import cxml, plivo, swml

from translator import batch, files, jsonlines, translate
from translator.cli import common, group
from translator.conversion import DIED, Conversion, Job
from translator.syntax import limits

QUIET = cxml('beep="false"')
LOUD = cxml('record="record-from-start" beep="true"')


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(group, [str(a) for a in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def tree(root: Path, *names: str, text: str = QUIET) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def below(root: Path) -> dict[str, str]:
    """Every file below a directory, the hidden ones too, and what is in it."""
    return {
        p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in sorted(root.rglob("*")) if p.is_file()
    }


# -- which documents -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("a.xml", "*.xml", True),
        ("deep/er/a.xml", "*.xml", True),
        ("deep/a.xml", "deep", False),  # a folder's name says nothing of what is in it: it is not gone into
        ("a.xml", "./a.xml", True),
        ("deep/a.xml", "deep/*.xml", True),
        ("deep/er/a.xml", "deep/*.xml", False),
        ("deep/er/a.xml", "deep/**/*.xml", True),
        ("deep/a.xml", "deep/**/*.xml", True),
        ("deep/er/a.xml", "deep/**", True),
        ("other/deep/a.xml", "deep/**", False),
        ("other/deep/a.xml", "**/deep/**", True),
        ("a.xml", "?.x[mn]l", True),
        ("a.xml", "**", True),
        ("a.xml", "", False),
        ("d/" * 30 + "a.xml", "**/" * 12 + "b.xml", False),  # and at once
    ],
)
def test_globs_mean_what_people_expect(path: str, glob: str, expected: bool) -> None:
    assert files.matches(PurePath(path), [glob]) is expected


def test_trees_are_filtered(tmp_path: Path) -> None:
    names = ("a.xml", "calls/b.cxml.xml", "calls/old/c.xml", "node_modules/d.xml", "calls/e.inc", ".git/f.xml")
    root, out = tree(tmp_path / "in", *names), tmp_path / "out"

    def converted(*options: str) -> list[str]:
        result = run("convert", root, "--to", "plivo", "--out-dir", out, "--from", "cxml", "--dry-run", *options)
        assert result.exit_code == 0
        return [Path(line.split(" -> ")[0]).name for line in result.stdout.splitlines()]

    assert converted() == ["a.xml", "b.cxml.xml", "c.xml", "d.xml"]
    assert converted("--exclude", "node_modules") == ["a.xml", "b.cxml.xml", "c.xml"]
    assert converted("--include", "calls/**", "--exclude", "old") == ["b.cxml.xml", "e.inc"]
    assert converted("--include", "*.inc", "--include", "a.*") == ["a.xml", "e.inc"]
    assert converted("--include", "nothing") == []


def test_a_glob_that_no_shell_expanded_is_a_tree(tmp_path: Path) -> None:
    root = tree(tmp_path / "in", "a.xml", "b.txt", "deep/c.xml", ".hidden/d.xml")
    (root / "link").symlink_to(root / "deep")
    run("convert", root / "*.xml", "--to", "plivo", "--out-dir", tmp_path / "flat")
    run("convert", root / "**/*", "--to", "plivo", "--out-dir", tmp_path / "deep")
    assert list(below(tmp_path / "flat")) == ["a.plivo.xml"]
    assert list(below(tmp_path / "deep")) == ["a.plivo.xml", "b.plivo.xml", "deep/c.plivo.xml"]
    result = run("convert", root / "*.yaml", "--to", "plivo", "--out-dir", tmp_path / "none")
    assert result.exit_code == 1
    assert "No such file or directory" in result.stderr


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    root = tree(tmp_path, "a[1].xml", "a1.xml")
    run("convert", root / "a[1].xml", "--to", "plivo", "--out-dir", tmp_path / "out")
    assert list(below(tmp_path / "out")) == ["a[1].plivo.xml"]


def test_an_input_that_is_named_twice_is_one(tmp_path: Path) -> None:
    root = tree(tmp_path / "in", "a.xml")
    result = run("convert", root, f"{root}/*.xml", root, "--to", "plivo", "--out-dir", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr.startswith("twiml -> plivo")
    for paths in ((root, root / "a.xml"), (root / "a.xml", root)):
        (only,) = batch.find(paths)
        assert only == batch.Input(root / "a.xml", Path("a.xml"), found=False)


@pytest.fixture
def no_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that tells neither case nor ways to code an accent, as far as it is asked."""
    monkeypatch.setattr(Path, "samefile", lambda path, other: files.folded(path) == files.folded(other))


@pytest.mark.parametrize("names", [("Room", "room"), ("caf\u00e9", "cafe\u0301")])
@pytest.mark.usefixtures("no_case")
def test_names_that_are_one_are_one(tmp_path: Path, names: tuple[str, str]) -> None:
    root, out = tree(tmp_path / "in", *(f"{n}/{name}.cxml.xml" for n, name in enumerate(names))), tmp_path / "out"
    inputs = [root / str(n) / f"{name}.cxml.xml" for n, name in enumerate(names)]
    result = run("convert", *inputs, "--to", "plivo", "--out-dir", out, "--jobs", "2")
    assert result.exit_code == 1
    assert f"is already that of {inputs[0]}" in result.stderr
    assert list(below(out)) == [f"{names[0]}.plivo.xml"]
    other = inputs[0].with_name(inputs[0].name.replace(*names))
    for option, says in (("-o", "one of the inputs"), ("--report", "one of the documents")):
        assert says in run("convert", inputs[0], "--to", "plivo", option, other).stderr
    assert not other.exists()


@pytest.mark.usefixtures("no_case")
def test_in_place_a_name_that_changes_its_case_alone_is_not_removed(tmp_path: Path) -> None:
    path = tree(tmp_path, "room.PLIVO.XML", text=plivo()) / "room.PLIVO.XML"
    assert run("convert", path, "--to", "plivo", "--in-place").exit_code == 0
    assert path.exists()
    assert run("convert", path, "--to", "plivo", "--in-place", "--check").exit_code == 0


def test_names_that_differ_in_case_are_two_where_the_files_are(tmp_path: Path) -> None:
    root = tree(tmp_path / "in", "Room.cxml.xml", "room.cxml.xml")
    assert run("convert", root, "--to", "plivo", "--out-dir", tmp_path / "out").exit_code == 0
    assert list(below(tmp_path / "out")) == ["Room.plivo.xml", "room.plivo.xml"]


def test_what_cannot_be_listed_or_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree(tmp_path / "in", "a.xml", "locked.xml", "secret/b.xml")

    def guarded(real: Any) -> Any:
        def ask(path: Any, *rest: Any, **more: Any) -> Any:
            if Path(path).name in ("secret", "locked.xml"):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *rest, **more)

        return ask

    monkeypatch.setattr(os, "scandir", guarded(os.scandir))
    monkeypatch.setattr(Path, "open", guarded(Path.open))
    monkeypatch.setattr(Path, "lstat", guarded(Path.lstat))
    result = run("convert", root, "--to", "plivo", "--out-dir", tmp_path / "out")
    assert result.exit_code == 1
    assert f"{root}/secret failed  Permission denied" in result.stderr
    assert f"{root}/locked.xml failed  Permission denied" in result.stderr
    assert list(below(tmp_path / "out")) == ["a.plivo.xml"]


def test_a_name_that_is_too_long_is_a_missing_file(tmp_path: Path) -> None:
    result = run("convert", tmp_path / ("n" * 300), "--to", "plivo")
    assert result.exit_code == 1
    assert "File name too long" in result.stderr


def test_a_link_that_leads_to_itself_is_a_failed_file(tmp_path: Path) -> None:
    (tmp_path / "loop.xml").symlink_to("loop.xml")
    result = run("convert", tmp_path / "loop.xml", "--to", "plivo", "-o", tmp_path / "out.xml")
    assert result.exit_code == 1
    assert "symbolic links" in result.stderr


def test_the_own_syntax_is_kept_where_only_the_document_is_written_anew(tmp_path: Path) -> None:
    text = "version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: r\n"
    root = tree(tmp_path / "in", "a.swml.yaml", "b.swml.yml", "c.yaml", text=text)
    run("convert", root, "--to", "swml", "--out-dir", tmp_path / "out")
    found = below(tmp_path / "out")
    assert list(found) == ["a.swml.yaml", "b.swml.yml", "c.swml.json"]
    assert found["a.swml.yaml"].startswith("version:")
    assert found["c.swml.json"].startswith("{")


# -- processes -----------------------------------------------------------------------------------------------------


def where(_: int) -> int:
    return os.getpid()


def deadly(item: int) -> int:
    if item in (5, 70):
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def slow(item: int) -> int:
    time.sleep(60)
    return item


def test_processes_are_used_where_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_cores", lambda: 2)
    here = {os.getpid()}
    assert set(batch.run(where, range(batch.PAYS - 1))) == here
    assert here.isdisjoint(batch.run(where, range(batch.PAYS)))
    assert set(batch.run(where, range(1000), 1)) == here
    stream = list(batch.run(where, iter(range(batch.PAYS + 1))))
    assert set(stream[:-1]) == here
    assert stream[-1] not in here


def test_a_stream_without_end_is_worked_on_as_it_comes() -> None:
    numbers = count(1)
    results = batch.run(abs, numbers, 2)
    assert list(islice(results, 200)) == list(range(1, 201))
    assert next(numbers) < 600
    results.close()
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_process_that_dies_costs_the_one_item(jobs: int) -> None:
    found = list(batch.run(deadly, range(100), jobs, lost=lambda item: -item))
    assert found == [-item if item in (5, 70) else item for item in range(100)]


def test_a_document_on_which_a_process_dies_has_failed(tmp_path: Path) -> None:
    job = Job(tmp_path / "a.xml", None, None, None, None, found=False)
    outcome = Conversion("plivo").lost(job).outcome
    assert outcome is not None
    assert (outcome.status, outcome.source, str(outcome.error)) == ("failed", str(tmp_path / "a.xml"), DIED)
    line = jsonlines.LineConversion("in.jsonl", "plivo").lost(jsonlines.Line(7, b"{}"))
    assert (line.outcome.source, json.loads(line.text)["line"]) == ("in.jsonl:7", 7)
    assert json.loads(line.text)["error"]["message"] == DIED


def test_no_process_outlives_the_first_one() -> None:
    code = "import sys; sys.path.insert(0, 'tests'); import test_batch as t, multiprocessing as m, threading, time\n"
    code += "threading.Thread(target=lambda: list(t.batch.run(t.slow, range(100), 2)), daemon=True).start()\n"
    code += "while len(m.active_children()) < 2: time.sleep(0.01)\n"
    code += "print(*[p.pid for p in m.active_children()], flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        children = [int(each) for each in process.stdout.readline().split()]
        process.kill()
    deadline = time.monotonic() + 5
    while any(map(_lives, children)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(children) == 2
    assert not any(map(_lives, children))


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Documents of every fate, more than a handful go to a process at a time."""
    root = tree(tmp_path / "in", *(f"{n % 7}/{n}.cxml.xml" for n in range(120)))
    tree(root, "1/loud.cxml.xml", "3/loud.xml", text=LOUD)
    tree(root, "2/clash.xml", "2/clash.cxml.xml", "2/clash.json")  # to one output; the last is no JSON
    tree(root, "4/bad.cxml.xml", "bad.xml", text="<Response>")
    tree(root, "5/note.xml", text="<note/>")
    return root


@pytest.mark.parametrize("form", ["text", "json"])
def test_output_and_report_are_the_same_for_any_number_of_processes(mixed: Path, tmp_path: Path, form: str) -> None:
    found = []
    for jobs in ("1", "2", "3", "auto"):
        out = tmp_path / "out"
        result = run(
            "convert", mixed, "--to", "jambonz", "--out-dir", out, "--jobs", jobs, "-v", "--report-format", form
        )
        found.append((result.stderr, below(out)))
        assert result.exit_code == 1
        for path in out.rglob("*.json"):
            path.unlink()
    assert all(each == found[0] for each in found)
    assert len(found[0][1]) == 123
    if form == "text":
        assert "already that of" in found[0][0]
        assert "note.xml: skipped" in found[0][0]


def test_what_is_sent_to_a_process_can_be_pickled() -> None:
    work = jsonlines.LineConversion("-", "plivo", options={"base_url": "https://a.example"})
    assert pickle.loads(pickle.dumps(work)) == work
    assert pickle.loads(pickle.dumps(Conversion("plivo", mode="check"))) == Conversion("plivo", mode="check")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_plainly_and_leaves_no_half_file(tmp_path: Path, jobs: str) -> None:
    root, out = tree(tmp_path / "in", *(f"{n}.cxml.xml" for n in range(1500))), tmp_path / "out"
    command = [sys.executable, "-m", "translator", "convert", root, "--to", "jambonz", "--out-dir", out]
    command += ["--jobs", jobs, "--report", tmp_path / "report.txt"]
    heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}  # background jobs of a shell do not
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, **heeding) as process:
        while not out.exists() or not any(out.glob("*.json")):
            time.sleep(0.002)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        _, stderr = process.communicate()
    assert process.returncode == 130
    assert stderr == "translator: interrupted; every file that was written is whole.\n"
    assert set(below(out).values()) == {translate(QUIET, "jambonz", "cxml").text}
    assert not (tmp_path / "report.txt").exists()


def test_progress_is_shown_on_a_terminal_and_gone_before_the_report(tmp_path: Path) -> None:
    root = tree(tmp_path / "in", *(f"{n}.cxml.xml" for n in range(20)))
    code = "from translator.cli import common, main; common.Progress.AFTER = common.Progress.EVERY = 0; main()"
    command = [sys.executable, "-c", code, "convert", root, "--to", "jambonz", "--out-dir", tmp_path / "out"]

    def shown(*options: str) -> str:
        terminal, end = pty.openpty()
        with subprocess.Popen([*command, *options], stderr=end, env={**os.environ, "COLUMNS": "80"}) as process:
            os.close(end)
            text = b""
            while chunk := _read(terminal):
                text += chunk
        os.close(terminal)
        assert process.returncode == 0
        return text.decode()

    text = shown()
    assert "[########################] 20 of 20" in text
    assert "/s  0 s left" in text
    before, report = text.rstrip().rsplit("\r", 1)
    assert report.startswith("20 documents: 20 lossy; ")
    assert before.endswith(" ")  # what the bar was written over with
    assert "\r" not in shown("--no-progress").replace("\r\n", "")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""


def test_progress_has_no_bar_where_the_number_was_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(common.Progress, "AFTER", 0)
    monkeypatch.setattr(common.Progress, "EVERY", 0)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(common.Progress(True, 2).through([1, 2, 3])) == [1, 2, 3]
    shown = sys.stderr.getvalue().split("\r")  # type: ignore[attr-defined]
    assert any("2 of 2" in line for line in shown)
    assert any(line.startswith("3 documents  ") for line in shown)


def test_progress_is_for_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common.Progress, "AFTER", 0)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert list(common.Progress(True, 3).through([1, 2, 3])) == [1, 2, 3]
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


# -- looking before writing ----------------------------------------------------------------------------------------


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return tree(tmp_path / "in", "room.cxml.xml") / "room.cxml.xml"


def test_check_tells_what_is_missing_and_what_differs(room: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    check = ("convert", room.parent, "--to", "plivo", "--out-dir", out, "--check")
    missing = run(*check)
    assert (missing.exit_code, missing.stdout) == (1, f"{out}/room.plivo.xml: missing\n")
    assert not out.exists()
    run("convert", room.parent, "--to", "plivo", "--out-dir", out)
    assert (run(*check).exit_code, run(*check).stdout) == (0, "")
    (out / "room.plivo.xml").write_text("other")
    differs = run(*check)
    assert (differs.exit_code, differs.stdout) == (1, f"{out}/room.plivo.xml: differs\n")
    assert (out / "room.plivo.xml").read_text() == "other"


def test_only_a_line_feed_ends_a_line_of_a_difference() -> None:
    shown = files.diff("a\u2028b\rc\n", "a\u2028b\rd\n", "old", "new")
    assert shown.split("\n")[3:] == ["-a\u2028b\rc", "+a\u2028b\rd"]


def test_diff_shows_how_it_differs(room: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.plivo.xml"
    diff = ("convert", room, "--to", "plivo", "-o", out, "--diff")
    assert run(*diff).stdout.splitlines()[:2] == ["--- /dev/null", f"+++ {out}"]
    assert not out.exists()
    run("convert", room, "--to", "plivo", "-o", out)
    assert (run(*diff).exit_code, run(*diff).stdout) == (0, "")
    out.write_text(out.read_text().replace("room", "\x1b[31mother"))
    result = run(*diff, "--color", "always")
    assert result.exit_code == 1
    removed, added = (line for line in result.stdout.splitlines() if "other" in line or ">room<" in line)
    assert removed.startswith("\x1b[31m-")
    assert "\\x1b[31mother" in removed
    assert added.startswith("\x1b[32m+")


def test_dry_run_says_what_would_be_done(mixed: Path, tmp_path: Path) -> None:
    before = below(tmp_path)
    result = run("convert", mixed, "--to", "plivo", "--in-place", "--dry-run")
    assert f"{mixed}/1/loud.cxml.xml -> {mixed}/1/loud.plivo.xml\n" in result.stdout
    assert result.stdout.count(" -> ") == 123
    assert "2 failed" not in result.stdout
    assert "failed  Not XML" in result.stderr
    assert result.exit_code == 1
    assert below(tmp_path) == before


def test_in_place_a_document_goes_when_its_translation_stands(mixed: Path) -> None:
    before = below(mixed)
    result = run("convert", mixed, "--to", "jambonz", "--in-place", "--fail-on", "never", "--jobs", "2")
    assert result.exit_code == 1
    after = below(mixed)
    stay = {name for name in after if name in before}
    # what failed, what is none of ours, and what came too late for its output
    assert stay == {"4/bad.cxml.xml", "bad.xml", "5/note.xml", "2/clash.json", "2/clash.xml"}
    assert len(after) == len(before)
    assert json.loads(after["2/clash.jambonz.json"])
    assert json.loads(after["3/loud.jambonz.json"])


def test_in_place_a_name_that_stays_is_written_over(tmp_path: Path) -> None:
    path = tree(tmp_path, "room.plivo.xml", text=plivo('beep="x"')) / "room.plivo.xml"
    path.chmod(0o600)
    assert run("convert", tmp_path, "--to", "plivo", "--in-place").exit_code == 0
    assert list(below(tmp_path)) == ["room.plivo.xml"]
    assert path.read_text() == translate(plivo('beep="x"'), "plivo", "plivo").text
    assert run("convert", tmp_path, "--to", "plivo", "--in-place", "--check").exit_code == 0


def test_in_place_keeps_the_permissions(room: Path) -> None:
    room.chmod(0o600)
    run("convert", room, "--to", "jambonz", "--in-place")
    assert [(p.name, p.stat().st_mode & 0o777) for p in room.parent.iterdir()] == [("room.jambonz.json", 0o600)]


def test_in_place_takes_no_other_document_and_no_link(room: Path, tmp_path: Path) -> None:
    tree(room.parent, "room.jambonz.json", text='[{"verb": "conference", "name": "other"}]')
    before = below(room.parent)
    assert "is one of the inputs" in run("convert", room.parent, "--to", "jambonz", "--in-place").stderr
    assert below(room.parent)["room.cxml.xml"] == before["room.cxml.xml"]
    link = tmp_path / "link.cxml.xml"
    link.symlink_to(room)
    assert "no link" in run("convert", link, "--to", "jambonz", "--in-place").stderr
    assert link.is_symlink()


def test_a_source_that_cannot_be_removed_is_told(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "unlink", refuse)
    result = run("convert", room, "--to", "jambonz", "--in-place")
    assert result.exit_code == 1
    assert "cannot be removed: Operation not permitted" in result.stderr
    assert list(below(room.parent)) == ["room.cxml.xml", "room.jambonz.json"]


def test_a_source_that_still_stands_is_a_check_difference(room: Path) -> None:
    run("convert", room, "--to", "jambonz", "-o", room.with_name("room.jambonz.json"))
    result = run("convert", room, "--to", "jambonz", "--in-place", "--check")
    assert result.exit_code == 1
    assert "its source" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["x.xml", "--check"], "--check needs"),
        (["x.xml", "--dry-run"], "--dry-run needs"),
        (["x.xml", "--diff", "-o", "-"], "--diff needs"),
        (["x.xml", "-o", "y", "--check", "--diff"], "exclude each other"),
        (["x.xml", "-o", "y", "--in-place"], "exclude each other"),
        (["x.xml", "--out-dir", "y", "--in-place"], "exclude each other"),
        (["-", "--in-place"], "Standard input cannot be replaced"),
        (["x.xml", "--out-dir", "y", "--check", "--report", "-"], "--check writes"),
        (["a.jsonl", "--out-dir", "y"], "-o FILE, and nowhere else"),
        (["a.jsonl", "-o", "y", "--check"], "-o FILE, and nowhere else"),
        (["a.jsonl", "--in-place"], "-o FILE, and nowhere else"),
        (["a.jsonl", "b.jsonl", "--jsonl"], "from one PATH"),
        (["a.jsonl", "-o", "a.jsonl"], "The output is the input"),
        (["a.jsonl", "--report", "-"], "cannot go to standard output"),
        (["-", "--jsonl", "--option", "x=y"], "knows no option"),
        (["x.xml", "--jobs", "0"], "range"),
        (["x.xml", "--jobs", "many"], "not a valid integer"),
        (["x.xml", "--config", "a.toml", "--no-config"], "exclude each other"),
        (["x.xml", "--baseline", "nowhere.json"], "There is no baseline"),
        (["x.xml", "-o", "y.json", "--write-baseline", "y.json"], "is one of the documents"),
        (["x.xml", "-o", "y.json", "--report", "k", "--write-baseline", "k"], "is the baseline, too"),
        (["-", "--jsonl", "--option", "base_url=https://\udcff.example"], "no text in UTF-8"),
    ],
)
def test_what_cannot_be_combined(arguments: list[str], says: str) -> None:
    result = run("convert", *arguments, "--to", "swml", stdin=jsonl({"document": QUIET}))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in " ".join(result.stderr.split())


def test_a_failed_write_names_the_output(room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "file", text="")
    for out in (tmp_path / "file" / "deep" / "out.json", tmp_path / "file" / "out.json"):
        result = run("convert", room, "--to", "jambonz", "-o", out)
        assert result.exit_code == 1
        assert str(out) in result.stderr

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "/tmp/.translator-x.tmp")

    monkeypatch.setattr(os, "replace", full)
    result = run("convert", room, "--to", "jambonz", "-o", tmp_path / "out.json")
    assert f"No space left on device: {tmp_path}/out.json." in result.stderr


# -- JSON Lines ----------------------------------------------------------------------------------------------------


def jsonl(*rows: Any) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def rows_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_lines_are_translated_one_by_one(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "new" / "out.jsonl"
    verbs = [{"verb": "conference", "name": "r"}]
    source.write_text(
        jsonl(
            {"id": 7, "from": "laml", "document": LOUD},
            {"id": "b\u202e", "document": json.dumps(verbs), "more": 1},
            {"id": {"deep": [1]}, "document": verbs},
            {"document": swml()},
        )
    )
    result = run("convert", source, "--to", "plivo", "-o", out, "-v")
    rows = rows_of(out.read_text(encoding="utf-8"))
    assert [list(row) for row in rows] == [["id", "to", "document", "losses"]] * 4
    assert [row["id"] for row in rows] == [7, "b\u202e", {"deep": [1]}, None]
    assert {row["to"] for row in rows} == {"plivo"}
    assert rows[0]["document"] == translate(LOUD, "plivo", "cxml").text
    assert rows[1]["document"] == rows[2]["document"] == translate(json.dumps(verbs), "plivo", "jambonz").text
    codes = [loss.code for loss in translate(LOUD, "plivo", "cxml").losses]
    assert [loss["code"] for loss in rows[0]["losses"]] == codes
    assert f"{source}:1 (id 7)" in result.stderr
    assert "\u202e" not in result.stderr


def test_a_line_that_is_wrong_is_told_and_the_rest_is_done() -> None:
    good = {"id": "good", "document": swml()}
    wrong = [
        "nope",
        "[1]",
        {"id": 1},
        {"id": 2, "document": 5},
        {"id": 3, "document": "<Response>"},
        {"id": 4, "from": "cxlm", "document": QUIET},
        {"id": 5, "from": 6, "document": QUIET},
        '{"id": 1, "id": 2}',
        '{"id": NaN}',
    ]
    result = run("convert", "-", "--jsonl", "--to", "plivo", stdin=jsonl(good, "", *wrong, "  ", good))
    first, *rows, last = rows_of(result.stdout)
    assert first["document"] == last["document"]
    assert [(row["id"], row["line"]) for row in rows] == [
        (each.get("id") if isinstance(each, dict) else None, number) for number, each in enumerate(wrong, 3)
    ]
    assert {tuple(row) for row in rows} == {("id", "to", "document", "losses", "line", "error")}
    assert all((row["document"], row["losses"]) == (None, []) for row in rows)
    assert [(row["error"]["type"], row["error"]["line"]) for row in rows[:2]] == [
        ("UnreadableDocument", 3),
        ("UnreadableDocument", 4),
    ]
    assert rows[4]["error"]["cause"].startswith("the document is cut off")
    assert "Did you mean cxml" in rows[5]["error"]["message"]
    assert result.exit_code == 1
    assert "-:3:1 failed  Not JSON" in result.stderr
    assert "-:7 (id 3):1:11 failed  Not XML" in result.stderr
    assert "11 documents: 2 lossy, 9 failed" in result.stderr


def test_a_text_that_declares_another_encoding_has_its_places() -> None:
    text = f'<?xml version="1.0" encoding="utf-16"?>\n{LOUD}'  # as databases give it
    result = run("convert", "-", "--jsonl", "--to", "jambonz", "--from", "cxml", stdin=jsonl({"document": text}))
    column = LOUD.index("record=") + 1
    assert f"-:1:2:{column} error record/dropped" in result.stderr
    assert f"    2 | {LOUD}" in result.stderr


def test_a_dialect_of_the_line_comes_before_that_of_the_command() -> None:
    lines = jsonl({"id": 1, "document": QUIET}, {"id": 2, "from": "twiml", "document": QUIET})
    result = run("convert", "-", "--jsonl", "--to", "swml", "--from", "cxml", "--report-format", "json", stdin=lines)
    assert [each["from"] for each in json.loads(result.stderr)["results"]] == ["cxml", "twiml"]


def test_lines_are_the_same_for_any_number_of_processes() -> None:
    lines = jsonl(*({"id": n, "document": LOUD if n % 3 else "<Response>"} for n in range(150)))
    found = [run("convert", "-", "--jsonl", "--to", "swml", "--jobs", jobs, stdin=lines) for jobs in ("1", "2")]
    assert found[0].output == found[1].output
    assert len(rows_of(found[0].stdout)) == 150


def test_a_line_comes_out_before_the_next_one_goes_in() -> None:
    code = "from translator import batch, cli; batch.PAYS, batch._cores = 2, lambda: 2; cli.main()"
    command = [sys.executable, "-c", code, "convert", "-", "--jsonl", "--to", "swml"]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, bufsize=1, **streams) as process:  # type: ignore[call-overload]
        for number in range(5):
            process.stdin.write(jsonl({"id": number, "document": QUIET}))
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_a_line_that_has_no_end_is_not_read_to_its_end() -> None:
    good = jsonl({"id": "good", "document": QUIET})
    with limits.override(max_bytes=1000):
        text = good + jsonl({"id": 1, "document": "x" * 5000}) + jsonl({"id": 2, "document": "x" * 980}) + good
        longest = max(len(line.text) for line in jsonlines.lines(io.BytesIO(text.encode())))
        rows = rows_of(run("convert", "-", "--jsonl", "--to", "swml", stdin=text).stdout)
    assert longest == 1001
    assert [row["id"] for row in rows] == ["good", None, None, "good"]
    assert rows[1]["line"] == 2
    assert "too long" in rows[1]["error"]["message"]


def test_lines_that_cannot_be_read_or_written_leave_the_output_as_it_was(tmp_path: Path) -> None:
    out = tree(tmp_path, "out.jsonl", text="old") / "out.jsonl"
    result = run("convert", tmp_path / "no.jsonl", "--to", "swml", "-o", out)
    assert (result.exit_code, out.read_text()) == (1, "old")
    assert "No such file or directory" in result.stderr
    source = tree(tmp_path, "in.jsonl", text=jsonl({"id": 1, "document": QUIET})) / "in.jsonl"
    result = run("convert", source, "--to", "swml", "-o", source / "out.jsonl")
    assert result.exit_code == 1
    assert f"{source}/out.jsonl" in result.stderr


def test_passwords_in_losses_are_masked_and_documents_are_whole() -> None:
    url = "https://user:hunter2@h.example/x"
    line = {"id": 1, "from": "cxml", "document": cxml(f'waitUrl="{url}" statusCallback="{url}"')}
    (row,) = rows_of(run("convert", "-", "--jsonl", "--to", "plivo", stdin=jsonl(line)).stdout)
    assert url in row["document"]
    assert "hunter2" not in json.dumps(row["losses"])


# -- policy and settings -------------------------------------------------------------------------------------------


def test_a_baseline_is_written_and_then_only_new_losses_count(tmp_path: Path) -> None:
    root, known = tree(tmp_path / "in", "a.cxml.xml", text=LOUD), tmp_path / "known.json"
    convert = ("convert", root, "--to", "jambonz", "--out-dir", tmp_path / "out", "--fail-on", "notice")
    assert run(*convert).exit_code == 1
    assert run(*convert, "--write-baseline", known).exit_code == 0
    assert run(*convert, "--baseline", known).exit_code == 0
    tree(root, "b.cxml.xml", text=LOUD)
    assert run(*convert, "--baseline", known, "--jobs", "2").exit_code == 1
    assert run(*convert, "--baseline", known, "--write-baseline", known).exit_code == 0
    (root / "b.cxml.xml").unlink()
    result = run(*convert, "--baseline", known)
    assert result.exit_code == 0
    assert "of the baseline no longer occur" in result.stderr
    assert json.loads(run(*convert, "--baseline", known, "--report-format", "json").stderr)["version"] == 1


def test_a_baseline_tells_long_ids_apart(tmp_path: Path) -> None:
    source, known = tmp_path / "in.jsonl", tmp_path / "known.json"
    ids = ["n" * 70 + end for end in ("1", "2")]
    convert = ("convert", source, "--from", "cxml", "--to", "jambonz", "-o", tmp_path / "out.jsonl")
    source.write_text(jsonl(*({"id": id_, "document": text} for id_, text in zip(ids, (LOUD, QUIET), strict=True))))
    assert run(*convert, "--write-baseline", known).exit_code == 0
    assert run(*convert, "--baseline", known).exit_code == 0
    source.write_text(jsonl(*({"id": id_, "document": text} for id_, text in zip(ids, (QUIET, LOUD), strict=True))))
    assert run(*convert, "--baseline", known).exit_code == 1


def test_settings_of_the_project_are_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree(tmp_path, "in/a.cxml.xml", "in/skip/b.cxml.xml"))
    settings = 'to = "plivo"\nout_dir = "out"\nexclude = "skip"\nfail_on = "notice"\naccept = ["*/default"]\njobs = 1\n'
    tree(tmp_path, "translator.toml", "other.toml", text=settings)
    assert run("convert", "in").exit_code == 0
    assert list(below(tmp_path / "out")) == ["a.plivo.xml"]
    assert run("convert", "in", "--fail-on", "never", "--to", "swml").exit_code == 0
    assert list(below(tmp_path / "out")) == ["a.plivo.xml", "a.swml.json"]
    assert run("convert", "in/a.cxml.xml", "-o", "b.xml").exit_code == 0  # a setting gives way to the command line
    assert "Missing option '--to'" in run("convert", "in", "--no-config").stderr
    tree(tmp_path, "in.jsonl", text=jsonl({"document": QUIET}))
    assert "document" in rows_of(run("convert", "in.jsonl").stdout)[0]  # lines go to no directory
    (tmp_path / "translator.toml").write_text("fail-on = 1\n")
    assert "translator.toml:1:1" in run("convert", "in").stderr
    assert run("convert", "in", "--config", "other.toml").exit_code == 0


def test_every_format_of_the_report_can_be_asked_for(room: Path, tmp_path: Path) -> None:
    for form in ("text", "json", "jsonl", "github", "sarif", "junit", "markdown"):
        report = tmp_path / f"report.{form}"
        assert run("convert", room, "--to", "jambonz", "--report", report, "--report-format", form).exit_code == 0
        assert report.read_text(encoding="utf-8")


def test_a_report_that_fails_on_its_way_goes_on_where_it_is_seen(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = run("convert", room, "--to", "jambonz", "--report", tmp_path / "report.txt")
    assert result.exit_code == 1
    assert f"the report cannot be written: No space left on device: {tmp_path}/report.txt." in result.stderr
    assert json.loads(result.stdout)
    assert list(below(tmp_path)) == ["in/room.cxml.xml"]


# -- streams and limits, as a system has them ----------------------------------------------------------------------


def command(*arguments: str | Path, limit: tuple[int, int] | None = None, **more: Any) -> tuple[int, bytes, str]:
    """Exit status, output and messages of a process, which has a limit of the system."""
    done = subprocess.run(
        [sys.executable, "-m", "translator", *map(str, arguments)],
        preexec_fn=(lambda: resource.setrlimit(limit[0], (limit[1], limit[1]))) if limit else None,
        stderr=subprocess.PIPE,
        check=False,
        **({"stdout": subprocess.PIPE} | more),
    )
    stderr = done.stderr.decode()
    assert "Traceback" not in stderr
    assert "Exception ignored" not in stderr
    return done.returncode, done.stdout or b"", stderr


def test_a_report_that_outgrows_its_disk_leaves_nothing(tmp_path: Path) -> None:
    root = tree(tmp_path / "in", *(f"{n}.cxml.xml" for n in range(20)), text=LOUD)
    options = ("--out-dir", tmp_path / "out", "--report", tmp_path / "report.json", "--report-format", "json")
    limit = (resource.RLIMIT_FSIZE, 20_000)
    status, _, stderr = command("convert", root, "--to", "plivo", *options, limit=limit)
    assert status == 1
    assert stderr.endswith(f"the report cannot be written: File too large: {tmp_path}/report.json.\n")
    assert stderr.count('"source": ') > 0, "the rest is seen"
    assert len(below(tmp_path / "out")) == 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_a_closed_pipe_is_not_the_fault_of_the_report(room: Path, tmp_path: Path) -> None:
    end, pipe = os.pipe()
    os.close(end)
    status, _, stderr = command("convert", room, "--to", "plivo", "--report", tmp_path / "report.txt", stdout=pipe)
    os.close(pipe)
    assert (status, stderr) == (1, "")


@pytest.mark.parametrize("words", [("audit", "--to", "plivo"), ("detect",)])
def test_a_full_disk_behind_standard_output_is_told(room: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        status, _, stderr = command(words[0], room, *words[1:], stdout=full)
    assert (status, stderr) == (1, "translator: No space left on device.\n")


def test_processes_that_cannot_be_started_are_told(room: Path) -> None:
    limit = (resource.RLIMIT_NOFILE, 12)
    status, stdout, stderr = command("convert", room, "--to", "plivo", "--jobs", "4", limit=limit)
    assert (status, stdout, stderr) == (1, b"", "translator: Too many open files.\n")


def test_documents_are_utf_8_whatever_the_terminal_is(tmp_path: Path) -> None:
    path = tree(tmp_path, "room.cxml.xml", text=cxml(name="caf\u00e9 \u2192")) / "room.cxml.xml"
    for encoding in ("latin-1", "cp1252:strict", "utf-16"):
        status, stdout, _ = command(
            "convert", path, "--to", "plivo", env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        )
        assert status == 0
        assert stdout.decode() == translate(path.read_bytes(), "plivo", "cxml").text


def test_a_check_that_finds_nothing_fails(tmp_path: Path) -> None:
    """A wrong --include would pass in CI for ever."""
    root = tree(tmp_path / "in", "a.cxml.xml")
    command = ("convert", root, "--to", "jambonz", "--out-dir", tmp_path / "out", "--include", "*.foo")
    assert run(*command).exit_code == 0
    assert run(*command, "--check").exit_code == 1
    assert run(*command, "--diff").exit_code == 1


def test_a_glob_that_accepts_nothing_is_told(tmp_path: Path) -> None:
    """`sya/*` for `say/*` would wave nothing through, and nobody would know."""
    root = tree(tmp_path / "in", "a.cxml.xml")
    command = ("convert", root, "--to", "jambonz", "--out-dir", tmp_path / "out", "--accept", "*/default")
    assert "accepted by" not in run(*command).stderr
    assert run(*command, "--accept", "sya/*").stderr.endswith("translator: No loss was accepted by sya/*.\n")


def test_in_place_takes_no_file_that_stands_there_and_is_not_ours(room: Path) -> None:
    other = room.with_name("room.jambonz.json")
    other.write_text("not ours", encoding="utf-8")
    result = run("convert", room, "--to", "jambonz", "--in-place")
    assert (result.exit_code, other.read_text(encoding="utf-8"), room.exists()) == (1, "not ours", True)
    assert "stands there already" in result.stderr
