"""The pytest plugin: a user's golden cases as tests, with one line of configuration."""

from __future__ import annotations

import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from helpers import GOLDEN

pytest_plugins = ["pytester"]

CASE = "cxml-say-before"
FILES = 14  # two for each of the seven other dialects


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project with a test of its own and a golden case that is as this version writes it."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p translator.pytest_plugin -p no:cacheprovider")
    monkeypatch.setenv("PYTHONPATH", str(GOLDEN.parent))
    pytester.makepyprojecttoml(
        """
        [tool.pytest.ini_options]
        testpaths = ["tests"]
        translator_golden = ["golden"]
        """
    )
    (pytester.path / "tests").mkdir()
    (pytester.path / "tests" / "test_own.py").write_text("def test_own(): pass\n", encoding="utf-8")
    case = pytester.path / "golden" / "case"
    case.mkdir(parents=True)
    (source,) = (GOLDEN / CASE).glob("source.*")
    shutil.copy(source, case)
    from translator import golden

    golden.check(pytester.path / "golden", update=True)
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest_subprocess(*arguments)


def test_each_file_of_a_case_is_a_test(project: pytest.Pytester) -> None:
    result = run(project, "-v")
    result.assert_outcomes(passed=FILES + 1)
    result.stdout.fnmatch_lines(["golden/case/to.jambonz.json PASSED*", "golden/case/to.jambonz.losses.json PASSED*"])


def test_a_difference_is_shown_as_a_unified_diff(project: pytest.Pytester) -> None:
    path = project.path / "golden" / "case" / "to.jambonz.json"
    path.write_text(path.read_text(encoding="utf-8").replace("weekly-meeting", "daily"), encoding="utf-8")
    result = run(project)
    result.assert_outcomes(passed=FILES, failed=1)
    result.stdout.fnmatch_lines(
        [
            "--- golden/case/to.jambonz.json (golden)",
            "+++ golden/case/to.jambonz.json (now)",
            '-    "name": "daily",',
            '+    "name": "weekly-meeting",',
            "FAILED golden/case/to.jambonz.json - *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_missing_files_orphans_strays_and_malformed_cases_fail(project: pytest.Pytester) -> None:
    golden = project.path / "golden"
    (golden / "case" / "to.plivo.xml").unlink()
    (golden / "case" / "to.nobody.xml").write_text("x", encoding="utf-8")
    for name, file in (("stray", "notes.txt"), ("other", "source.nobody.xml")):
        (golden / name).mkdir()
        (golden / name / file).write_text("x", encoding="utf-8")
    result = run(project)
    result.assert_outcomes(passed=FILES, failed=4)
    result.stdout.fnmatch_lines_random(
        [
            "golden/case/to.plivo.xml: missing.",
            "golden/case/to.nobody.xml: an orphan, no dialect writes it.",
            "golden/stray: a directory without source.<dialect>.<ext>.",
            "golden/other/source.nobody.xml: the name says no known dialect; it should be source.<dialect>.<ext>.",
        ]
    )


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        (["golden"], FILES),
        (["golden/case"], FILES),
        (["golden/case/to.jambonz.json"], 1),
        (["tests"], 1),
        (["."], FILES + 1),
        (["-k", "jambonz"], 2),
    ],
)
def test_cases_are_chosen_as_tests_are(project: pytest.Pytester, arguments: list[str], passed: int) -> None:
    assert run(project, *arguments).parseoutcomes()["passed"] == passed


def test_no_case_is_an_error(project: pytest.Pytester) -> None:
    shutil.rmtree(project.path / "golden" / "case")
    result = run(project)
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*golden: no golden case found*"])
    (project.path / "golden").rmdir()
    result = run(project)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*translator_golden: there is no directory*"])


def test_it_costs_nothing_where_it_is_not_set(project: pytest.Pytester) -> None:
    (project.path / "pyproject.toml").unlink()
    (project.path / "tests" / "test_own.py").write_text(
        "import sys\n"
        "def test_own():\n"
        "    loaded = {n for n in sys.modules if n.partition('.')[0] in ('translator', 'dialects')}\n"
        "    assert loaded == {'translator', 'translator.pytest_plugin'}\n"
        "    assert not {'pydantic', 'lxml', 'yaml'} & set(sys.modules)\n",
        encoding="utf-8",
    )
    run(project, ".").assert_outcomes(passed=1)  # the golden directory is one like all others


def test_it_is_installed_by_itself() -> None:
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    points = tomllib.loads(text)["project"]["entry-points"]["pytest11"]
    assert points == {"translator": "translator.pytest_plugin"}
    assert "translator.pytest_plugin" in sys.modules or __import__("translator.pytest_plugin")
