"""A dialect from outside: installed, found, translated to and from, and put under all laws. Broken ones are named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.machinery import PathFinder
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from translator import registry
from translator.testing import LAWS

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
    assert result.stdout.split() == [law.__name__ for law in LAWS]


def test_plugins_are_looked_up_only_on_a_miss(installed: Path) -> None:
    code = (
        "import sys, translator\n"
        "translator.translate('<Response><Conference>r</Conference></Response>', 'swml', 'plivo').losses\n"
        "print('importlib.metadata' in sys.modules, 'ringo_dialect' in sys.modules)"
    )
    assert run(installed, "-c", code).stdout.split()[1] == "False"


POINT = f"[{registry.GROUP}]\nringo = ringo_dialect:DIALECT\n"


@pytest.mark.parametrize("place", ["ringo-1.0.dist-info", "Ringo.egg-info", "ringo-1.0.egg/EGG-INFO"])
@pytest.mark.parametrize("zipped", [False, True])
def test_a_plugin_is_seen_wherever_a_package_may_be(
    place: str, zipped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / place
    folder.mkdir(parents=True)
    (folder / "PKG-INFO").write_text("Name: ringo\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(POINT.replace(registry.GROUP, "other"))
    root = folder.parent
    monkeypatch.setattr(sys, "path", [str(root), str(tmp_path / "nothing")])
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    assert not registry._may_have_plugins()
    (folder / "entry_points.txt").write_text(POINT)
    if zipped:
        monkeypatch.setattr(sys, "path", [shutil.make_archive(str(tmp_path / "packages"), "zip", root)])
    assert registry._may_have_plugins()
    if not (zipped and place.endswith("EGG-INFO")):  # its name was that of the folder
        assert [point.name for point in entry_points(group=registry.GROUP)] == ["ringo"]


def test_a_finder_of_packages_that_is_not_pythons_own_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_distributions(self) -> None: ...

    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", [PathFinder, Finder()])
    assert registry._may_have_plugins()


def test_the_list_of_dialects_loads_neither_tables_nor_what_finds_plugins() -> None:
    code = (
        "import sys\nfrom translator.cli import main\nsys.argv = ['translator', 'dialects']\n"
        "try:\n    main()\nfinally:\n    print({'translator.dialect', 'importlib.metadata', 'json', 'lxml'} & {*sys.modules})"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize("name", registry.names())
def test_what_a_dialect_is_listed_as_is_what_it_is(name: str) -> None:
    dialect, listed = registry.get(name), registry.OURS[name]
    assert [getattr(dialect, each) for each in listed._fields] == [*listed]
