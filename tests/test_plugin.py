"""A dialect from outside: installed, found, translated to and from, and put under all laws. Broken ones are named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin, installed by pip as a user would, into a directory of its own."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--target", str(target), str(HERE / "plugin")], check=True, capture_output=True)
    return target


def run(installed: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, *arguments], input=stdin, env=environment, capture_output=True, text=True, check=False
    )


def test_it_is_found_and_the_broken_ones_are_named(installed: Path) -> None:
    result = run(installed, "-m", "translator", "dialects")
    assert "ringo" in result.stdout
    assert "wreck" not in result.stdout
    assert (
        'The plugin for "wreck" (ringo_wreck:DIALECT) cannot be loaded: RuntimeError: the drum kit is missing.'
        in result.stderr
    )
    assert 'takes the name "swml", which is ours' in result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 0


def test_it_is_translated_to_and_from(installed: Path) -> None:
    source = '<Song><Solo/><Room silent="true" drum="roll" most="4" tempo="120" muted="x">studio</Room></Song>'
    result = run(installed, "-m", "translator", "convert", "-", "--from", "ringo", "--to", "cxml", stdin=source)
    assert '<Conference muted="true" beep="onEnter" maxParticipants="4">studio</Conference>' in result.stdout
    for code in ("solo/step", "tempo/dropped", "muted/unknown"):
        assert code in result.stderr
    source = '<Response><Conference maxMembers="20" enterSound="beep:2">r</Conference></Response>'
    result = run(installed, "-m", "translator", "convert", "-", "--from", "plivo", "--to", "starr", stdin=source)
    assert '<Room drum="roll" most="8">r</Room>' in result.stdout
    for code in ("max-participants/clamped", "enter-sound/changed"):
        assert code in result.stderr


def test_its_steps_are_translated_to_and_from(installed: Path) -> None:
    source = '<Song><Sing verses="ever">Hey</Sing><Rest/><Room>r</Room></Song>'
    result = run(installed, "-m", "translator", "convert", "-", "--from", "ringo", "--to", "plivo", stdin=source)
    assert '<Speak voice="MAN" loop="0">Hey</Speak>' in result.stdout
    assert '<Wait length="4"/>' in result.stdout
    source = "<Response><Say>Hi</Say><Pause length='2'/><Dial><Conference>r</Conference></Dial></Response>"
    result = run(installed, "-m", "translator", "convert", "-", "--from", "twiml", "--to", "ringo", stdin=source)
    assert "<Sing>Hi</Sing>" in result.stdout
    assert '<Rest bars="2"/>' in result.stdout


def test_a_file_name_and_a_wrong_name_find_it(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.ringo.xml"
    path.write_text("<Song><Room>r</Room></Song>")
    assert "ringo 100%" in run(installed, "-m", "translator", "detect", str(path)).stdout
    assert "Did you mean ringo" in run(installed, "-m", "translator", "dialects", "ringoo").stderr
    result = run(installed, "-m", "translator", "dialects", "wreck")
    assert result.returncode == 2
    assert "drum kit" in result.stderr


def test_it_holds_all_laws(installed: Path) -> None:
    result = run(installed, "-c", "from translator.testing import check_dialect; print(*check_dialect('ringo'))")
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.split()) == 14


def test_plugins_are_looked_up_only_on_a_miss(installed: Path) -> None:
    code = (
        "import sys, translator\n"
        "translator.translate('<Response><Conference>r</Conference></Response>', 'swml', 'plivo').losses\n"
        "print('importlib.metadata' in sys.modules, 'ringo_dialect' in sys.modules)"
    )
    assert run(installed, "-c", code).stdout.split()[1] == "False"
