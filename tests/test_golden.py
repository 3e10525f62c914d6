"""Golden cases: what is checked, what is written, and what is never touched."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers import GOLDEN, cxml

from translator import files
from translator.cli import group

SOURCE = "source.cxml.xml"


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A directory with one case that is as it should be."""
    case = tmp_path / "golden" / "case"
    case.mkdir(parents=True)
    (case / SOURCE).write_text(cxml('beep="false"'), encoding="utf-8")
    assert check(tmp_path / "golden", "--update").exit_code == 0
    return tmp_path / "golden"


def check(directory: Path, *options: str, ci: str = "") -> Result:
    return CliRunner().invoke(group, ["check", str(directory), *options], env={"CI": ci})


def snapshot(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def test_a_difference_is_a_unified_diff(golden: Path) -> None:
    path = golden / "case" / "to.jambonz.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"room"', '"hall"'), encoding="utf-8")
    result = check(golden)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"--- {path} (golden)",
        f"+++ {path} (now)",
        "@@ -1,7 +1,7 @@",
        " [",
        "   {",
        '     "verb": "conference",',
        '-    "name": "hall",',
        '+    "name": "room",',
        *(f" {line}" for line in path.read_text(encoding="utf-8").splitlines()[4:7]),
    ]
    assert result.stderr == "1 case: 1 fault.\n"


def test_a_missing_end_of_line_is_seen(golden: Path) -> None:
    path = golden / "case" / "to.jambonz.json"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    assert "\\ No newline at end of file" in check(golden).stdout


def test_a_diff_has_colours(golden: Path) -> None:
    (golden / "case" / "to.jambonz.json").write_text("[]\n", encoding="utf-8")
    text = check(golden, "--color", "always").stdout
    assert "\x1b[31m-[]\x1b[0m" in text
    assert "\x1b[32m+[\x1b[0m" in text
    assert "\x1b[36m@@ " in text
    assert "\x1b" not in check(golden, "--color", "never").stdout


def test_what_a_golden_file_holds_cannot_move_the_cursor(golden: Path) -> None:
    (golden / "case" / "to.jambonz.json").write_text("\x1b[2J\u202e\n", encoding="utf-8")
    text = check(golden, "--color", "never").stdout
    assert "-\\x1b[2J\\u202e" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("sources", "says"),
    [
        (
            {SOURCE: cxml(), "source.twiml.xml": cxml()},
            "several sources: source.cxml.xml, source.twiml.xml; a case has one.",
        ),
        ({"source.nobody.xml": cxml()}, "the name says no known dialect; it should be source.<dialect>.<ext>."),
        ({"source.xml": cxml()}, "the name says no known dialect; it should be source.<dialect>.<ext>."),
        ({SOURCE: "<Response><Dial>"}, "Likely cause: the document is cut off"),
        ({SOURCE: "<Response/>"}, "No cXML conference"),
        ({"source.jambonz.json": "[{}"}, "line 1"),
    ],
)
def test_a_malformed_case_is_one_plain_sentence(golden: Path, sources: dict[str, str], says: str) -> None:
    other = golden / "other"
    other.mkdir()
    for name, text in sources.items():
        (other / name).write_text(text, encoding="utf-8")
    for options in ([], ["--update"]):
        result = check(golden, *options)
        assert result.exit_code == 1
        (line,) = result.stdout.splitlines()
        assert line.startswith(str(other))
        assert says in line
        assert sorted(path.name for path in other.iterdir()) == sorted(sources)  # nothing is written
    assert "2 cases: 1 fault." in result.stderr


def test_an_unreadable_source_is_one_plain_sentence(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_bytes

    def forbidden(path: Path) -> bytes:  # root may read everything
        if path == golden / "case" / SOURCE:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    result = check(golden)
    assert result.exit_code == 1
    assert result.stdout == f"{golden / 'case' / SOURCE}: Permission denied.\n"


def test_a_source_that_is_a_directory_is_none(golden: Path) -> None:
    (golden / "other" / SOURCE).mkdir(parents=True)
    result = check(golden)
    assert result.exit_code == 1
    assert "other: a directory without source.<dialect>.<ext>." in result.stdout


def test_no_text_is_a_fault_and_update_mends_it(golden: Path) -> None:
    path = golden / "case" / "to.jambonz.json"
    path.write_bytes(b"\xff")
    assert check(golden).stdout == f"{path}: not UTF-8.\n"
    assert check(golden, "--update").exit_code == 0
    assert check(golden).exit_code == 0


def test_one_case_can_be_checked_by_itself(golden: Path) -> None:
    (golden / "other").mkdir()
    (golden / "other" / "source.nobody.xml").write_text("x", encoding="utf-8")
    result = check(golden / "case")
    assert result.exit_code == 0
    assert result.stderr == "1 case: all is well.\n"


def test_hidden_files_are_nobodys_business(golden: Path) -> None:
    (golden / ".cache").mkdir()
    for path in (golden / "case" / ".note", golden / ".cache" / "x"):
        path.write_text("x", encoding="utf-8")
    assert check(golden).exit_code == 0
    assert check(golden, "--update").exit_code == 0
    assert (golden / "case" / ".note").exists()


def test_update_removes_only_what_it_could_have_written(golden: Path) -> None:
    case = golden / "case"
    (case / "to.nobody.xml").write_text("x", encoding="utf-8")
    (case / "notes.md").write_text("mine", encoding="utf-8")
    (case / "more").mkdir()
    (case / "more" / "deep.txt").write_text("mine", encoding="utf-8")
    result = check(golden, "--update")
    assert result.exit_code == 1
    assert f"{case / 'to.nobody.xml'} (removed)" in result.stdout
    assert f"{case / 'notes.md'}: an orphan, no dialect writes it; it is not removed" in result.stdout
    assert not (case / "to.nobody.xml").exists()
    assert (case / "notes.md").read_text(encoding="utf-8") == "mine"
    assert (case / "more" / "deep.txt").exists()


@pytest.mark.parametrize(("ci", "status"), [("true", 2), ("1", 2), ("", 0), ("false", 0), ("0", 0)])
def test_update_is_refused_where_ci_is_set(golden: Path, ci: str, status: int) -> None:
    path = golden / "case" / "to.jambonz.json"
    path.write_text("[]\n", encoding="utf-8")
    before = snapshot(golden)
    result = check(golden, "--update", ci=ci)
    assert result.exit_code == status
    if status:
        assert "refused in CI" in result.stderr
        assert snapshot(golden) == before
    assert check(golden, ci="true").exit_code == (1 if status else 0)


def test_a_failed_write_leaves_whole_files_and_nothing_else(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("to.jambonz.json", "to.plivo.xml"):
        (golden / "case" / name).write_text("old\n", encoding="utf-8")
    before = snapshot(golden)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    result = check(golden, "--update")
    assert result.exit_code == 1
    assert "to.jambonz.json: cannot be written: No space left on device." in result.stdout
    assert "to.plivo.xml: cannot be written" in result.stdout
    assert snapshot(golden) == before


def test_an_interrupted_update_leaves_no_half_file(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = golden / "case" / "to.jambonz.json"
    path.write_text("old\n", encoding="utf-8")
    before = snapshot(golden)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write_atomically(path, "new\n")
    assert snapshot(golden) == before


def test_a_directory_in_the_place_of_a_file_is_a_fault(golden: Path) -> None:
    path = golden / "case" / "to.jambonz.json"
    path.unlink()
    path.mkdir()
    assert check(golden).stdout == f"{path}: Is a directory.\n"
    assert check(golden, "--update").stdout == f"{path}: cannot be written: Is a directory.\n"


def test_wrong_usage_is_status_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for arguments in ([], [str(tmp_path / "nowhere")], [str(tmp_path / "file")]):
        result = CliRunner().invoke(group, ["check", *arguments])
        assert result.exit_code == 2
        assert result.stdout == ""


def test_none_found_is_a_fault(tmp_path: Path) -> None:
    result = check(tmp_path, "--update")
    assert result.exit_code == 1
    assert "no golden case found" in result.stdout
    assert result.stderr == "0 cases: 1 fault.\n"


def test_our_own_cases_have_a_name_that_says_what_they_show() -> None:
    for case in (path for path in GOLDEN.iterdir() if path.is_dir()):
        assert len(list(case.glob("source.*"))) == 1, case
