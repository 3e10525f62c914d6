"""The generated pages are what the tables say, and the README shows what the program really does."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from translator import pages
from translator.cli import group

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_generated_pages_are_current() -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_reports_are_valid_by_the_published_schema(tmp_path: Path) -> None:
    """A small validator for the few keywords that the schema uses: the real one is run in the conformance tests."""
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text())
    (tmp_path / "room.cxml.xml").write_text(
        "<Response><Dial><Conference record='true'>r</Conference></Dial></Response>"
    )
    (tmp_path / "bad.cxml.xml").write_text("<Response>")
    arguments = [
        "convert",
        str(tmp_path),
        "--to",
        "swml",
        "--out-dir",
        str(tmp_path / "out"),
        "--report-format",
        "json",
    ]
    report = json.loads(CliRunner().invoke(group, arguments).stderr)
    conforms(report, schema)


def conforms(value: object, schema: dict[str, object], where: str = "") -> None:
    if isinstance(value, dict) and "properties" in schema:
        properties = schema["properties"]
        assert isinstance(properties, dict)
        assert list(value) == list(properties), where
        for key, inner in properties.items():
            conforms(value[key], inner, f"{where}/{key}")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, item in enumerate(value):
            conforms(item, schema["items"], f"{where}/{index}")  # type: ignore[arg-type]
    if "enum" in schema:
        assert value in schema["enum"], where  # type: ignore[operator]
    if "pattern" in schema:
        assert re.search(str(schema["pattern"]), str(value)), where


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_readme_shows_the_real_translation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (before,) = blocks("xml")
    after, report = blocks("json")[0], blocks("text")[0]
    monkeypatch.chdir(tmp_path)
    Path("docs/examples").mkdir(parents=True)
    example = ROOT / "docs" / "examples" / "room.cxml.xml"
    assert example.read_text(encoding="utf-8") == before
    Path("docs/examples/room.cxml.xml").write_text(before, encoding="utf-8")
    result = CliRunner().invoke(group, ["convert", "docs/examples/room.cxml.xml", "--to", "jambonz"])
    assert result.stdout == after
    assert result.stderr == report


def test_the_python_in_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for code in blocks("python"):
        exec(compile(code, "README.md", "exec"), {})


def test_the_page_on_adding_a_dialect_is_the_plugin() -> None:
    page = (ROOT / "docs" / "adding-a-dialect.md").read_text(encoding="utf-8")
    plugin = (ROOT / "tests" / "plugin" / "ringo_dialect.py").read_text(encoding="utf-8")
    from_page: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(code, "adding-a-dialect.md", "exec"), from_page)
    from_file: dict[str, object] = {}
    exec(compile(plugin, "ringo_dialect.py", "exec"), from_file)
    one, other = (pages.dialect_data(each["DIALECT"]) for each in (from_page, from_file))  # type: ignore[arg-type]
    assert one == other
    entry = re.search(r'^ringo = ".*"$', (ROOT / "tests" / "plugin" / "pyproject.toml").read_text(), re.MULTILINE)
    assert entry is not None
    assert entry.group() in page


def test_the_commands_in_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    lines = [line for block in blocks("console") for line in block.splitlines() if line.startswith("$ translator ")]
    assert lines
    for line in lines:
        arguments = shlex.split(line.removeprefix("$ translator ").replace("OUT", str(tmp_path)))
        result = CliRunner().invoke(group, arguments)
        assert result.exit_code in (0, 1), line
        assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit), line
