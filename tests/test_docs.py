"""The generated files are what the tables say, and the pages show what the program really does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import click
import pytest
from click.testing import CliRunner
from helpers import conforms

from translator import pages
from translator.cli import COMMANDS, group

sys.path.insert(0, str(Path(__file__).parent.parent / "docs"))

import blocks

ROOT = blocks.ROOT


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


@pytest.mark.parametrize("page", blocks.PAGES)
def test_what_a_page_shows_is_what_happens(page: str, tmp_path: Path) -> None:
    """Every command, script and file of a page, in its order; what is printed under them is what they print."""
    text = blocks.read(page)
    assert blocks.current(text, tmp_path, page) == text, f"python docs/blocks.py {page} brings it up to date"


def test_the_two_commands_of_the_readme_are_those_that_are_run() -> None:
    commands = "".join(re.findall(r"```sh\n(.*?)```", blocks.read("README.md"), re.DOTALL)).splitlines()
    patterns = re.findall(r"readme '(.*?)'", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert len(patterns) == len(commands) == 2
    for pattern in patterns:
        (found,) = [
            line
            for line in blocks.read("README.md").splitlines()
            if re.match(rf"python3 -m venv \.venv .*{pattern}", line)
        ]
        assert found in commands


def test_every_page_can_be_found_and_no_link_leads_nowhere() -> None:
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")}
    linked = set()
    for page in {*there, "README.md", "SECURITY.md", "CHANGELOG.md"}:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", blocks.read(page)):
            target = (ROOT / page).parent / link
            assert target.exists(), f"{page}: {link}"
            linked.add(target.resolve().relative_to(ROOT).as_posix())
    assert there - {"docs/index.md"} <= linked


def test_the_design_names_every_module() -> None:
    named = set(re.findall(r"\b(\w+)\.py\b", blocks.read("docs/design.md")))
    assert {path.stem for path in (ROOT / "translator").glob("[!_]*.py")} <= named


def test_what_a_page_shows_is_really_compared(tmp_path: Path) -> None:
    """The runner itself: what is not so is put right, or is an error."""

    def current(text: str) -> str:
        with TemporaryDirectory(dir=tmp_path) as directory:
            return blocks.current(text, Path(directory))

    assert current("```console\n$ echo a\nb\n```\n") == "```console\n$ echo a\na\n```\n"
    assert current("```console\n$ printf 'a\\nb\\nc\\n'\na\n...\nd\n```\n").endswith("a\nb\nc\n```\n")
    assert current("```console\n$ printf 'a\\nb\\nc\\n'\na\n...\nc\n```\n").endswith("a\n...\nc\n```\n")
    assert current("```python\nprint(1)\n```\n\n```text\n2\n```\n").endswith("```text\n1\n```\n")
    made = "`a.txt`:\n\n```text\n1\n```\n\n`a.txt`:\n\n```text\n2\n```\n"
    assert current(made).endswith("```text\n1\n```\n")
    for wrong in (
        "`docs/examples/no.xml`:\n\n```xml\n<a/>\n```\n",
        "```\nno language\n```\n",
        "```console\n$ false\n```\n",
        "```console\n$ false\n$ true\n```\n",
        "```text\nwhat\n```\n",
    ):
        with pytest.raises(AssertionError):
            current(wrong)


def test_the_man_page_is_sound() -> None:
    """Every command and option of every command is in it, and roff has nothing to warn of."""
    page = (ROOT / "man" / "translator.1").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f".SS {name}\n" in page
        command = group.get_command(click.Context(group), name)
        assert command is not None
        for option in (option for each in command.params for option in each.opts if option.startswith("--")):
            assert option.replace("-", "\\-") in page, f"{name} {option}"
    if groff := which("groff"):
        done = subprocess.run([groff, "-ww", "-man", "-Tutf8"], input=page, capture_output=True, text=True, check=True)
        assert done.stderr == ""


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
