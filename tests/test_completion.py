"""Completion: asked as a shell asks, by environment variables, and in each shell that is here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner

from translator import registry
from translator.cli import COMMANDS, group
from translator.report import FORMATS
from translator.report.audit import FORMATS as AUDIT_FORMATS

MAIN = "import sys; from translator.cli import main; sys.argv[0] = 'translator'; main()"


def complete(words: str, code: str = MAIN) -> list[str]:
    """What bash is told for a line that ends with the word to complete: `type,value` a line."""
    asked = {"COMP_WORDS": f"translator {words}", "COMP_CWORD": str(1 + words.count(" "))}
    environment = {**os.environ, "_TRANSLATOR_COMPLETE": "bash_complete", **asked}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", [f"plain,{name}" for name in COMMANDS]),
        ("conv", ["plain,convert"]),
        ("convert --to j", ["plain,jambonz"]),
        ("convert --from ", [f"plain,{name}" for name in registry.names()]),
        ("audit --to a", ["plain,all"]),
        ("dialects pl", ["plain,plivo"]),
        ("matrix cxml tw", ["plain,twiml"]),
        ("convert --report-format ", [f"plain,{name}" for name in FORMATS]),
        ("audit --report-format ", [f"plain,{name}" for name in AUDIT_FORMATS]),
        ("explain exit-sound/dr", ["plain,exit-sound/dropped"]),
        ("convert --accept exit-sound/dr", ["plain,exit-sound/dropped"]),
        ("audit --accept exit-sound/dr", ["plain,exit-sound/dropped"]),
        ("convert calls/ro", ["file,calls/ro"]),
        ("convert --baseline ba", ["file,ba"]),
        ("convert --out-dir o", ["dir,o"]),
        ("convert --write-b", ["plain,--write-baseline"]),
        ("completion ", ["plain,bash", "plain,zsh", "plain,fish"]),
    ],
)
def test_words_are_completed(words: str, expected: list[str]) -> None:
    assert complete(words) == expected


def test_it_costs_next_to_nothing() -> None:
    """No table and no parser is loaded for a word, not even for the code of a loss."""
    heavy = "{'lxml', 'pydantic', 'yaml', 'json', 'dialects', 'translator.engine', 'translator.explain'}"
    code = MAIN.replace(" main()", f"\ntry:\n    main()\nfinally:\n    print('loaded:', {heavy} & sys.modules.keys())")
    for words in ("", "convert --to j", "explain exit-sound/dr"):
        assert complete(words, code)[-1] == "loaded: set()"


ASK = {
    "bash": """
        source "$SCRIPT"
        complete -p translator >&2
        COMP_WORDS=(translator convert --to sw) COMP_CWORD=3
        _translator_completion translator
        printf '%s\\n' "${COMPREPLY[@]}"
    """,
    "zsh": """
        compdef() { :; }
        compadd() { print -l ${(P)@[-1]}; }
        source "$SCRIPT"
        words=(translator convert --to sw) CURRENT=4
        _translator_completion
    """,
    "fish": """
        source $SCRIPT
        complete -C 'translator convert --to sw'
    """,
}


@pytest.mark.parametrize("shell", [shell for shell in ASK if which(shell)])
def test_a_shell_completes_with_the_script(shell: str, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(CliRunner().invoke(group, ["completion", shell]).stdout)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "SCRIPT": str(script), "HOME": str(tmp_path)}
    done = subprocess.run([shell, "-c", ASK[shell]], env=environment, capture_output=True, text=True, check=False)
    assert sorted(done.stdout.split()) == ["swaig", "swml"], done.stderr


def test_an_unknown_shell_is_wrong_usage() -> None:
    result = CliRunner().invoke(group, ["completion", "tcsh"])
    assert result.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in result.stderr
