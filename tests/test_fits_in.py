"""What makes it fit into other people's projects: the GitHub Action, the hooks, the wheel, the examples for a CI."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from click.testing import CliRunner
from helpers import cxml

from translator.cli import group

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
EXAMPLES = [
    yaml.safe_load(block)
    for block in re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"), re.DOTALL)
]
WORKFLOW, GITLAB, PRE_COMMIT = EXAMPLES
LOUD = cxml('record="record-from-start"', name="board")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project as the page on CI has it: documents, their translations, a baseline, golden cases."""
    root = tmp_path / "my project"
    (root / "calls").mkdir(parents=True)
    (root / "golden" / "room").mkdir(parents=True)
    (root / "calls" / "room.xml").write_text(LOUD)
    (root / "golden" / "room" / "source.twiml.xml").write_text(LOUD)
    (root / "translator.toml").write_text(
        'from = "twiml"\nto = "jambonz"\nout_dir = "jambonz"\nbaseline = "baseline.json"\n'
    )
    monkeypatch.chdir(root)
    monkeypatch.delenv("CI", raising=False)
    assert run("translator convert calls --write-baseline baseline.json") == 0
    assert run("translator check golden --update") == 0
    return root


def run(line: str, *more: str) -> int:
    """The exit status of one of our command lines."""
    program, *words = shlex.split(line, comments=True)
    assert program == "translator"
    result = CliRunner().invoke(group, [*words, *more])
    assert "Usage:" not in result.stderr, result.stderr
    return result.exit_code


# -- hooks ---------------------------------------------------------------------------------------------------------


def hook(chosen: dict[str, Any]) -> int:
    """The exit status of a hook, run as pre-commit runs it."""
    known = HOOKS[chosen["id"]]
    words = [*shlex.split(known["entry"]), *chosen.get("args", known.get("args", []))]
    files = ["calls/room.xml"] if known.get("pass_filenames", True) else []
    return run(shlex.join([*words, *files]))


def test_the_hooks_pass_until_something_is_to_be_seen(project: Path) -> None:
    (repository,) = PRE_COMMIT["repos"]
    chosen = {each["id"]: each for each in repository["hooks"]}
    assert chosen.keys() == HOOKS.keys()
    assert {name: hook(each) for name, each in chosen.items()} == dict.fromkeys(HOOKS, 0)
    (project / "calls" / "room.xml").write_text(LOUD.replace("board", "boards"))
    (project / "golden" / "room" / "source.twiml.xml").write_text(LOUD.replace("board", "boards"))
    failed = {"translator-convert": 1, "translator-check-golden": 1, "translator-roundtrip": 0}
    assert {name: hook(each) for name, each in chosen.items()} == failed
    (project / "calls" / "room.xml").write_text("<Response>")
    assert hook(chosen["translator-roundtrip"]) == 1


# -- the action ----------------------------------------------------------------------------------------------------


def action(directory: Path, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Runs the step that translates: (exit status, log, outputs, summary of the job)."""
    step = ACTION["runs"]["steps"][1]
    assert step["shell"] == "bash"
    values = {name: each.get("default", "") for name, each in ACTION["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], value)
        for name, value in step["env"].items()
    }
    runner = directory / "runner temp"
    runner.mkdir(exist_ok=True)
    files = {name: runner / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    environment |= {name: str(file) for name, file in files.items()} | {"RUNNER_TEMP": str(runner)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={**os.environ, **environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
    return done.returncode, done.stdout + done.stderr, outputs, files["GITHUB_STEP_SUMMARY"].read_text()


def test_the_action_annotates_sums_up_and_writes_sarif(project: Path, tmp_path: Path) -> None:
    inputs = {"paths": "calls", "out-dir": "jambonz"}
    status, log, outputs, summary = action(tmp_path, **inputs)
    assert (status, "::error" in log) == (0, False)
    assert outputs.keys() == ACTION["outputs"].keys()
    (project / "calls" / "second room.xml").write_text(LOUD)
    status, log, outputs, summary = action(tmp_path, **inputs)
    assert status == 1
    assert log.count("::error file=calls/second room.xml,line=1") == 1
    assert "jambonz/second room.jambonz.json: missing" in log
    assert "record/dropped" in summary
    (sarif,) = json.loads(Path(outputs["sarif"]).read_text())["runs"]
    assert "record/dropped" in {result["ruleId"] for result in sarif["results"]}
    assert {path.name for path in Path(outputs["reports"]).iterdir()} >= {"report.github", "report.markdown"}


def test_every_input_of_the_action_has_its_effect(project: Path, tmp_path: Path) -> None:
    (project / "translator.toml").unlink()
    (project / "calls" / "more").mkdir()
    (project / "calls" / "more" / "b.xml").write_text(cxml('endConferenceOnExit="true"'))
    inputs = {"paths": "calls/more\ncalls/*.xml", "to": "jambonz", "from": "twiml", "report-formats": "jsonl"}

    def losses(**more: str) -> tuple[int, list[dict[str, Any]]]:
        status, log, outputs, summary = action(tmp_path, **inputs, **more)
        assert (log, summary, outputs.keys()) == ("", "", {"reports"})
        lines = (Path(outputs["reports"]) / "report.jsonl").read_text().splitlines()
        return status, [json.loads(line)["result"] for line in lines[:-1]]

    status, results = losses()
    assert status == 1
    assert {(each["source"], each["from"], each["to"]) for each in results} == {
        ("calls/room.xml", "twiml", "jambonz"),
        ("calls/more/b.xml", "twiml", "jambonz"),
    }
    assert losses(baseline="baseline.json")[0] == 0
    assert losses(baseline="baseline.json", **{"fail-on": "warning"})[0] == 1
    assert losses(**{"fail-on": "never"})[0] == 0
    assert losses(accept="record/*\n*/default")[0] == 0
    assert losses(accept="*/default")[0] == 1


@pytest.mark.parametrize("name", [*ACTION["inputs"]])
def test_no_input_of_the_action_is_run(project: Path, tmp_path: Path, name: str) -> None:
    text = "-o pwned'; touch pwned; '\"$(touch pwned)`touch pwned`"
    action(tmp_path, **{"paths": "calls", "report-formats": "jsonl", name: text})
    assert not list(tmp_path.rglob("pwned"))


def test_the_action_runs_what_it_installed_and_nothing_of_the_documents(project: Path, tmp_path: Path) -> None:
    (project / "translator").mkdir()
    (project / "translator" / "__main__.py").write_text("open('pwned', 'w')")
    (project / "click.py").write_text("open('pwned', 'w')")
    status, log, _, _ = action(tmp_path, paths="calls")
    assert (status, "::error" in log) == (0, False)
    assert not (project / "pwned").exists()
    assert all("python3 -P " in step["run"] for step in ACTION["runs"]["steps"])


def test_no_step_of_the_action_has_an_expression_in_its_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]


# -- what the pages show -------------------------------------------------------------------------------------------


def test_the_workflow_uses_what_the_action_has() -> None:
    (job,) = WORKFLOW["jobs"].values()
    (ours,) = [step for step in job["steps"] if "conference-translator" in step.get("uses", "")]
    assert ours["with"].keys() <= ACTION["inputs"].keys()
    used = re.findall(rf"steps\.{ours['id']}\.outputs\.(\w+)", json.dumps(WORKFLOW))
    assert used
    assert set(used) <= ACTION["outputs"].keys()


def test_the_commands_for_another_ci_run(project: Path) -> None:
    install, *commands = GITLAB["calls"]["script"]
    assert install.startswith("pip install ")
    assert [run(line) for line in commands] == [0, 0]
    assert (project / GITLAB["calls"]["artifacts"]["reports"]["junit"]).read_text().startswith("<?xml")


# -- the package ---------------------------------------------------------------------------------------------------


def test_the_wheel_holds_the_man_page_and_all_that_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = ZipFile(wheel).namelist()
    assert [name for name in names if name.endswith(".data/data/share/man/man1/translator.1")]
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "translator").rglob("*.txt")}
    assert kept
    assert kept <= set(names)


def test_the_module_is_the_command(project: Path) -> None:
    """`python -m translator` says what `translator` says, on both streams and as exit status."""
    module, script = [sys.executable, "-m", "translator"], [str(Path(sys.executable).parent / "translator")]
    for words in (["--help"], ["convert", "calls/room.xml", "--fail-on", "error", "--no-config"], ["convrt"]):
        one, other = (
            subprocess.run([*program, *words], capture_output=True, check=False) for program in (module, script)
        )
        assert (one.stdout, one.stderr, one.returncode) == (other.stdout, other.stderr, other.returncode)
