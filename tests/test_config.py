"""The settings of a project: where they are found, what they may say, and where a wrong one stands."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from translator.config import AUDIT, KEYS, default_map, load, place
from translator.errors import InvalidOption

WHOLE = """\
to = "jambonz"
include = ["*.xml", "*.json"]
exclude = "old/**"
jobs = 4
fail_on = "warning"
accept = ["say/*"]
baseline = "ci/baseline.json"
verbose = true

[option]
base_url = "https://app.example.com"

[audit]
to = ["plivo", "laml"]
report_format = "html"
report = "out/audit.html"
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(name: str, *options: click.Option) -> click.Command:
    return click.Command(name, params=list(options))


def test_all_that_can_be_said(here: Path) -> None:
    (here / "translator.toml").write_text(WHOLE)
    assert load() == {
        "to": "jambonz",
        "include": ["*.xml", "*.json"],
        "exclude": ["old/**"],
        "jobs": "4",
        "fail_on": "warning",
        "accept": ["say/*"],
        "baseline": str(Path("ci/baseline.json")),
        "verbose": True,
        "option": ["base_url=https://app.example.com"],
        "audit": {
            "to": ["plivo", "cxml"],
            "report_format": "html",
            "report": str(Path("out/audit.html")),
        },
    }


def test_where_settings_are_found(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = here / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert load() == {}
    (here / "pyproject.toml").write_text('[tool.translator]\nto = "swml"\nout_dir = "out"\n')
    assert load() == {"to": "swml", "out_dir": str(Path("../../out"))}
    (here / "a" / "pyproject.toml").write_text("[project]\nname = 'conference-translator'\n")
    assert load()["to"] == "swml", "a pyproject.toml that says nothing of this tool is passed by"
    (here / "translator.toml").write_text('to = "plivo"\n')
    assert load()["to"] == "plivo", "translator.toml wins in its directory"
    (here / "a" / "pyproject.toml").write_text('[tool.translator]\nto = "relay"\n')
    assert load()["to"] == "relay", "the nearest directory wins"
    (below / ".git").mkdir()
    assert load() == {}, "the root of a repository ends the search"
    assert load(here / "translator.toml")["to"] == "plivo", "or name the file"


def test_a_broken_pyproject_is_ours_only_if_it_speaks_of_us(here: Path) -> None:
    (here / "pyproject.toml").write_text("[project\n")
    assert load() == {}
    (here / "pyproject.toml").write_text('[tool.translator]\nto = "swml\n')
    with pytest.raises(InvalidOption, match=r"^pyproject\.toml:2:\d+: not TOML"):
        load()


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "2:1", 'unknown key "fial_on". Did you mean fail_on?'),
        ('# fial_on = 1\nto = "swml" # fial_on\n', "4:1", 'unknown key "fial_on"'),
        ('accept = [\n  "fial_on=",\n]\n', "5:1", 'unknown key "fial_on"'),
        ('report = """\nfial_on = 1"""\n', "4:1", 'unknown key "fial_on"'),
    ],
)
def test_the_place_of_a_wrong_key(here: Path, text: str, where: str, words: str) -> None:
    (here / "pyproject.toml").write_text(f"[tool.translator]\n{text}fial_on = 'error'\n")
    with pytest.raises(InvalidOption) as caught:
        load()
    assert caught.value.message.startswith(f"pyproject.toml:{where}: {words}")


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ('fail-on = "error"', "1:1", "Did you mean fail_on?"),
        ("zzz = 1", "1:1", "Known: to, from,"),
        (
            'fail_on = "eror"',
            "1:1",
            'fail_on is one of error, warning, notice, never; not "eror". Did you mean "error"?',
        ),
        ('\n  to = "jambon"', "2:3", "Did you mean jambonz?"),
        ('to = ["swml"]', "1:1", "to is text"),
        ('to = "all"', "1:1", 'There is no dialect "all"'),
        ('audit.to = "zzz"', "1:7", 'There is no dialect "zzz"'),
        ('accept = ["a", 1]', "1:1", "accept is text, or a list of text"),
        ("jobs = 0", "1:1", 'jobs is a whole number from 1, or "auto"'),
        ("jobs = true", "1:1", "jobs is a whole number"),
        ('verbose = "yes"', "1:1", "verbose is true or false"),
        ("option = 1", "1:1", "option is a table"),
        ('option = { a = "x = 1", x = 1 }', "1:25", "option.x is text"),
        ('[option]\n"a.b" = "1"\n\'c d\' = 2', "3:1", "option.c d is text"),
        ("audit = 1", "1:1", "audit is a table"),
        ('[audit]\nout_dir = "x"', "2:1", 'unknown key "out_dir"'),
        ('[audit]\nreport_format = "sarif"', "2:1", "report_format is one of text, json, markdown, html"),
        ('[convert]\nto = "swml"', "1:2", 'unknown key "convert"'),
        ('"a\\u001b" = 1', "1:1", 'unknown key "a\\x1b"'),
        ("to = ", "1:6", "not TOML"),
        ("to = [\n", "2:1", "not TOML"),
        ("jobs = " + "1" * 5000, "1:5008", "a number of too many digits"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(here: Path, text: str, where: str, words: str) -> None:
    (here / "translator.toml").write_text(text)
    with pytest.raises(InvalidOption) as caught:
        load()
    assert caught.value.message.startswith(f"translator.toml:{where}: ")
    assert words in caught.value.message


def test_tables_that_are_none(here: Path) -> None:
    for text in ("tool.translator = 1", "[[tool.translator]]\nto = 'swml'"):
        (here / "pyproject.toml").write_text(text)
        with pytest.raises(InvalidOption, match=r"pyproject\.toml:1:\d+: tool\.translator is a table"):
            load()


@pytest.mark.parametrize("tool", ["1", '"translator"', '["translator"]'])
def test_a_tool_that_is_no_table_is_none_of_ours(here: Path, tool: str) -> None:
    (here / "pyproject.toml").write_text(f"tool = {tool}  # translator\n")
    assert load() == {}


def test_a_report_to_standard_output_is_not_a_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "translator.toml").write_text('report = "-"\n[audit]\nreport = "-"\n')
    (here / "deep").mkdir()
    monkeypatch.chdir(here / "deep")
    assert load() == {"report": "-", "audit": {"report": "-"}}


def test_a_directory_that_cannot_be_looked_into_is_passed_by(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "translator.toml").write_text('to = "plivo"\n')
    (here / "deep").mkdir()
    monkeypatch.chdir(here / "deep")
    real = os.stat

    def ask(path: Any, **more: Any) -> os.stat_result:
        if str(path).startswith(".."):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **more)

    monkeypatch.setattr(os, "stat", ask)
    assert load() == {}


def test_a_file_that_cannot_be_read(here: Path) -> None:
    with pytest.raises(InvalidOption, match="cannot be read: No such file"):
        load(here / "none.toml")
    (here / "translator.toml").write_bytes(b"to = '\xff'")
    with pytest.raises(InvalidOption, match="not UTF-8"):
        load()


@pytest.mark.parametrize(
    ("text", "key", "where"),
    [
        ("a.b.c = 1", ("a", "b", "c"), (1, 5)),
        ("[a]\nx = 1\n[a.b]\nx = 1", ("a", "b", "x"), (4, 1)),
        ('x = """\n[a]\nb = 1\n"""\n[a]\nb = 1', ("a", "b"), (6, 1)),
        ("x = '''\na.b = 1'''\r\n  a.b = 1".replace("\r", ""), ("a", "b"), (3, 5)),
        ('["a b"."c"]\n"d e" = 1', ("a b", "c", "d e"), (2, 1)),
        ("x = [ # a = 1\n 'a', # ]\n]\na = 1", ("a",), (4, 1)),
        ("a = { b = { c = 1 }, d = 2 }", ("a", "d"), (1, 22)),
        ("[ a . b ]\nc=1", ("a", "b"), (1, 7)),
    ],
)
def test_places_in_toml(text: str, key: tuple[str, ...], where: tuple[int, int]) -> None:
    assert place(text, key) == where


def test_settings_as_click_takes_them(here: Path) -> None:
    (here / "translator.toml").write_text(WHOLE)
    options = (
        click.Option(["--to", "to"], multiple=True),
        click.Option(["--from", "from_"]),
        click.Option(["--exclude"], multiple=True),
        click.Option(["--fail-on"]),
        click.Option(["-v", "--verbose"], is_flag=True),
        click.Option(["--option", "options"], multiple=True),
        click.Option(["--report-format"]),
    )
    shared: dict[str, Any] = {
        "exclude": ["old/**"],
        "verbose": True,
        "options": ["base_url=https://app.example.com"],
    }
    settings = load()
    assert default_map(settings, command("convert", *options)) == {**shared, "to": ["jambonz"], "fail_on": "warning"}
    assert default_map(settings, command("audit", *options)) == {
        **shared,
        "to": ["plivo", "cxml"],
        "report_format": "html",
    }
    assert default_map(settings, command("roundtrip", *options)) == {**shared, "to": ["jambonz"]}


@pytest.mark.parametrize(("name", "keys"), [("convert", KEYS), ("audit", AUDIT)])
def test_every_key_is_an_option_of_its_command(name: str, keys: dict[str, Any]) -> None:
    options = {option for each in import_module(f"translator.cli.{name}").command.params for option in each.opts}
    assert {f"--{key.replace('_', '-')}" for key in keys} <= options
