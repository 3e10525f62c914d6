"""There and back: what comes back different is found, and must have been reported."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from helpers import CORPUS, GOLDEN, corpus, cxml, jambonz, plivo, reads_as, swml

from translator import AmbiguousDialect, TranslatorError, registry
from translator import Result as Translation
from translator import translate as really_translate
from translator.cli import group
from translator.detection import by_name
from translator.roundtrip import Difference, default_ways, roundtrip

STEPS = "<Response>{}<Dial><Conference>room</Conference></Dial>{}</Response>"
AMBIGUOUS = (CORPUS / "bxml" / "002.bxml.xml").read_bytes()
ALL = [*corpus("swml", "swaig", "relay", "cxml", "twiml", "jambonz", "plivo"), *sorted(GOLDEN.glob("*/source.*"))]


def run(*arguments: str | Path, stdin: str | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(group, ["roundtrip", *map(str, arguments)], input=stdin, env=env)


def found(source: str, via: str, from_: str) -> dict[tuple[str, int, str], tuple[Any, Any]]:
    trip = roundtrip(source, via, from_)
    assert not trip.unreported, trip.unreported
    return {(each.kind, each.number, each.field): (each.before, each.after) for each in trip.differences}


# -- what is found -----------------------------------------------------------------------------------------------


def test_what_comes_back_as_it_was_is_no_difference() -> None:
    assert found(cxml('beep="false"'), "twiml", "cxml") == {}
    trip = roundtrip(swml(), "relay")
    assert trip.differences == ()
    assert (trip.there.target_dialect, trip.back.target_dialect) == ("relay", "swml")


@pytest.mark.parametrize(
    ("source", "via", "from_", "difference"),
    [
        (cxml('beep="true"'), "jambonz", "cxml", {("conference", 1, "exit_sound"): ("beep", "none")}),
        (plivo('maxMembers="12"', "r"), "swml", "plivo", {}),
        (cxml('maxParticipants="200"'), "plivo", "cxml", {("conference", 1, "max_participants"): (200, 20)}),
        (jambonz(memberTag="a", beep=True), "plivo", "jambonz", {("conference", 1, "label"): ("a", None)}),
        (
            STEPS.format('<Say voice="Polly.Joanna">Hi</Say>', ""),
            "plivo",
            "twiml",
            {},
        ),
        (STEPS.format("", "<Enqueue>support</Enqueue>"), "plivo", "twiml", {("Enqueue", 1, ""): None}),
        (STEPS.format("<!-- first -->", ""), "plivo", "twiml", {("#comment", 1, ""): (" first ", None)}),
        (cxml('holdMusic="false"'), "plivo", "cxml", {("conference", 1, "holdMusic"): ("false", None)}),
    ],
)
def test_what_comes_back_different(source: str, via: str, from_: str, difference: dict[Any, Any]) -> None:
    differences = found(source, via, from_)
    for key, values in difference.items():
        assert key in differences
        assert values in (None, differences[key])
    if not difference:
        assert differences == {}


def test_what_the_platform_does_by_itself_counts() -> None:
    """Plivo does not beep unless told to, cXML does: said or not, the value that works is compared."""
    assert found("<Response><Conference>r</Conference></Response>", "cxml", "plivo") == {}
    assert found(cxml('beep="true"'), "plivo", "cxml") == {}


def test_unknown_never_counts() -> None:
    # SWML: nobody knows the cap where none is said
    assert ("conference", 1, "max_participants") not in found(swml(), "plivo", "swml")


def test_what_has_no_effect_does_not_count() -> None:
    assert found(cxml('beep="false" waitMethod="GET" waitUrl="" trim="do-not-trim"'), "jambonz", "cxml").keys() <= {
        ("conference", 1, "wait"),
        ("conference", 1, "waitUrl"),
    }


def test_a_list_of_recordings_may_come_back_one_by_one() -> None:
    play = {"play": {"urls": ["https://a.example/1.mp3", "silence:2", "https://a.example/2.mp3"]}}
    source = json.dumps({"version": "1.0.0", "sections": {"main": [play, {"join_conference": {"name": "r"}}]}})
    assert found(source, "twiml", "swml") == {}


def test_the_right_one_of_several_steps_is_the_lost_one() -> None:
    rooms = "".join(f"<Dial><Conference>{name}</Conference></Dial>" for name in ("one", "two", "three"))
    differences = found(f"<Response>{rooms}</Response>", "relay", "twiml")
    assert {key for key in differences if key[2] == ""} == {("conference", 2, ""), ("conference", 3, "")}


def test_a_section_may_come_back_in_the_place_where_it_runs() -> None:
    main = [{"execute": {"dest": "other"}}, {"join_conference": {"name": "b", "muted": True}}]
    other = [{"join_conference": {"name": "a"}}]
    source = json.dumps({"version": "1.0.0", "sections": {"main": main, "other": other}})
    for differences in (found(source, via, "swml") for via in ("twiml", "jambonz")):
        assert not {key for key in differences if key[2] in ("name", "muted", "place", "")}


def test_the_report_has_teeth(monkeypatch: pytest.MonkeyPatch) -> None:
    """A translation that keeps one loss to itself is found out."""

    def forgetful(*arguments: Any, **more: Any) -> Translation:
        result = really_translate(*arguments, **more)
        result.losses = tuple(loss for loss in result.losses if loss.code != "coach/dropped")
        return result

    source = cxml('coach="CA1" beep="true"')
    assert not roundtrip(source, "jambonz", "cxml").unreported
    monkeypatch.setattr("translator.roundtrip.translate", forgetful)
    (difference,) = roundtrip(source, "jambonz", "cxml").unreported
    assert (difference.kind, difference.number, difference.field) == ("conference", 1, "coach")
    assert (difference.before, difference.after, difference.reported) == ("CA1", None, False)


def test_a_loss_of_another_step_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(*arguments: Any, **more: Any) -> Translation:
        result = really_translate(*arguments, **more)
        result.losses = tuple(loss for loss in result.losses if "Dial[1]" not in loss.path)
        return result

    rooms = "".join(f'<Dial><Conference coach="CA{n}">r{n}</Conference></Dial>' for n in (1, 2))
    source = f"<Response>{rooms}</Response>"
    assert not roundtrip(source, "jambonz", "cxml").unreported
    monkeypatch.setattr("translator.roundtrip.translate", forgetful)
    coaches = [each for each in roundtrip(source, "jambonz", "cxml").differences if each.field == "coach"]
    assert [(each.number, each.reported) for each in coaches] == [(1, False), (2, True)]


def test_a_lost_or_moved_step_must_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*arguments: Any, **more: Any) -> Translation:
        result = really_translate(*arguments, **more)
        result.losses = ()
        return result

    monkeypatch.setattr("translator.roundtrip.translate", silent)
    trip = roundtrip(STEPS.format("", "<Enqueue>support</Enqueue>"), "plivo", "twiml")
    assert ("Enqueue", "", False) in [(each.kind, each.field, each.reported) for each in trip.unreported]


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_real_documents_come_back_or_it_is_reported(path: Path) -> None:
    from_ = by_name(path.name) or reads_as(path)
    for via in default_ways(from_):
        try:
            trip = roundtrip(path.read_bytes(), via, from_)
        except TranslatorError:
            continue
        assert not trip.unreported, via


def test_the_default_ways_are_all_other_platforms() -> None:
    assert default_ways("cxml") == ("swml", "swaig", "relay", "twiml", "jambonz", "plivo")
    assert "intent" not in default_ways("intent")
    assert len(default_ways("intent")) == len(registry.names()) - 1


def test_the_intent_is_a_way_that_loses_nothing() -> None:
    assert found(cxml('beep="true" coach="CA1" holdMusic="no"'), "intent", "cxml") == {}


def test_errors_are_of_the_family() -> None:
    with pytest.raises(AmbiguousDialect):
        roundtrip(AMBIGUOUS, "swml")
    with pytest.raises(TranslatorError):
        roundtrip(b"\x00", "swml", "cxml")
    with pytest.raises(TranslatorError, match="There is no dialect"):
        roundtrip(cxml(), "nobody", "cxml")


def test_a_difference_as_data() -> None:
    assert Difference("say", 2, "voice", "a", None, "/Response/Say[2]", ("say-voice/dropped",)).as_dict() == {
        "step": "say",
        "number": 2,
        "field": "voice",
        "before": "a",
        "after": None,
        "path": "/Response/Say[2]",
        "reported": True,
        "codes": ["say-voice/dropped"],
    }


# -- the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.cxml.xml"
    path.write_text(cxml('beep="true" coach="CA1"'), encoding="utf-8")
    return path


def test_the_text_report(room: Path) -> None:
    result = run(room, "--via", "jambonz", "--via", "twiml")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        f"{room} via jambonz: 2 differences, all reported",
        '    conference 1 exit_sound: was "beep", is "none"  reported (exit-sound/dropped)',
        '    conference 1 coach: was "CA1", is nothing  reported (coach/dropped)',
        f"{room} via twiml: nothing came back different",
        "1 document, 2 ways: 2 differences, all reported.",
    ]


def test_without_via_it_goes_every_way(room: Path) -> None:
    ways = [line.split(":")[0].rpartition(" ")[2] for line in run(room).stdout.splitlines() if " via " in line]
    assert ways == ["swml", "swaig", "relay", "twiml", "jambonz", "plivo"]


def test_what_is_not_reported_is_status_1(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*arguments: Any, **more: Any) -> Translation:
        result = really_translate(*arguments, **more)
        result.losses = ()
        return result

    monkeypatch.setattr("translator.roundtrip.translate", silent)
    result = run(room, "--via", "jambonz")
    assert result.exit_code == 1
    assert '    conference 1 coach: was "CA1", is nothing  UNREPORTED' in result.stdout.splitlines()
    assert result.stdout.splitlines()[-1] == "1 document, 1 way: 2 differences, 2 UNREPORTED."
    data = json.loads(run(room, "--via", "jambonz", "--report-format", "json").stdout)
    assert data["results"][0]["status"] == "unreported"


def test_the_json_report(room: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.cxml.xml"
    bad.write_text("<Response>", encoding="utf-8")
    result = run(room, bad, "--via", "jambonz", "--via", "twiml", "--report-format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["version"] == 1
    first, second, third = data["results"]
    assert (first["source"], first["from"], first["via"], first["status"], first["error"]) == (
        str(room),
        "cxml",
        "jambonz",
        "reported",
        None,
    )
    assert first["differences"][1] == {
        "step": "conference",
        "number": 1,
        "field": "coach",
        "before": "CA1",
        "after": None,
        "path": "/Response/Dial/Conference",
        "reported": True,
        "codes": ["coach/dropped"],
    }
    assert (second["via"], second["status"], second["differences"]) == ("twiml", "same", [])
    assert (third["via"], third["status"], third["error"]["type"]) == (None, "failed", "UnreadableDocument")
    assert data["summary"] == {
        "files": 2, "ways": 2, "same": 1, "reported": 1, "unreported": 0, "failed": 1,
        "differences": {"reported": 2, "unreported": 0},
    }  # fmt: skip


def test_a_tree_is_walked_and_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "a").mkdir(parents=True)
    (tree / "a" / "one.cxml.xml").write_text(cxml(), encoding="utf-8")
    (tree / "bad.cxml.xml").write_text("<Response>", encoding="utf-8")
    (tree / "other.xml").write_text("<note/>", encoding="utf-8")
    (tree / "notes.txt").write_text("nothing", encoding="utf-8")
    result = run(tree, "--via", "twiml", "-v")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"{tree / 'bad.cxml.xml'}: failed  line 1, column 11: Not XML")
    assert lines[1] == f"{tree / 'a' / 'one.cxml.xml'} via twiml: nothing came back different"
    assert lines[2].startswith(f"{tree / 'other.xml'}: skipped, no known dialect")
    assert lines[3] == "2 documents, 1 way: nothing came back different; 1 document failed. 1 was skipped."
    assert "other.xml" not in run(tree, "--via", "twiml").stdout


def test_no_link_is_followed(tmp_path: Path) -> None:
    tree, elsewhere = tmp_path / "tree", tmp_path / "elsewhere"
    for directory in (tree, elsewhere):
        directory.mkdir()
        (directory / "room.cxml.xml").write_text(cxml(), encoding="utf-8")
    (tree / "link.cxml.xml").symlink_to(elsewhere / "room.cxml.xml")
    (tree / "directory").symlink_to(elsewhere)
    assert run(tree, "--via", "twiml").stdout.splitlines()[-1].startswith("1 document, 1 way")


def test_nothing_is_written(room: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*")}
    run(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_an_empty_tree_is_no_fault(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert (result.exit_code, result.stdout) == (0, "No document was found.\n")


def test_standard_input() -> None:
    result = run("-", "--from", "cxml", "--via", "twiml", stdin=cxml())
    assert result.stdout.splitlines()[0] == "- via twiml: nothing came back different"
    assert run("-", stdin=cxml()).stdout.startswith("- via swml: ")  # assumed TwiML
    result = run("-", stdin=AMBIGUOUS.decode())
    assert result.exit_code == 1
    assert "-: failed  Several dialects fit" in result.stdout


def test_what_cannot_be_read_fails(tmp_path: Path) -> None:
    result = run(tmp_path / "no.xml")
    assert result.exit_code == 1
    assert f"{tmp_path / 'no.xml'}: failed  No such file or directory" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 document failed."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Missing argument"),
        (["x.xml", "--via", "cxlm"], "Did you mean cxml"),
        (["x.xml", "--from", "no"], "There is no dialect"),
        (["x.xml", "--report-format", "sarif"], "sarif"),
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_colour_passwords_and_tricks(tmp_path: Path, room: Path) -> None:
    assert "\x1b[" in run(room, "--color", "always").stdout
    assert "\x1b[" not in run(room, "--color", "never", env={"FORCE_COLOR": "1"}).stdout
    path = tmp_path / "tricks.jambonz.json"
    hook = "https://user:secret@a.example/s"
    path.write_text(jambonz("a\u202eb\x1b[31m", enterHook=hook, memberTag="x\u202e"), encoding="utf-8")
    for form in ("text", "json"):
        result = run(path, "--report-format", form)
        assert "secret" not in result.stdout
        assert "user:***@" in result.stdout
        assert "\x1b" not in result.stdout
        assert "\u202e" not in result.stdout or form == "json"


def test_a_name_that_is_no_text_is_escaped(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.cxml.xml"))
    path.write_text(cxml(), encoding="utf-8")
    assert "bad\\xff.cxml.xml via twiml" in run(path, "--via", "twiml").stdout


def test_names_of_dialects_are_completed() -> None:
    from click.shell_completion import ShellComplete

    complete = ShellComplete(group, {}, "translator", "_TRANSLATOR_COMPLETE")
    assert [each.value for each in complete.get_completions(["roundtrip", "--via"], "ja")] == ["jambonz"]
    assert "roundtrip" in [each.value for each in complete.get_completions([], "ro")]


def test_our_own_corpus(tmp_path: Path) -> None:
    result = run(CORPUS / "jambonz", CORPUS / "swaig")
    assert result.exit_code == 0, result.stdout
    assert "all reported" in result.stdout.splitlines()[-1]


def test_of_two_steps_that_say_the_same_the_one_that_is_told_is_the_lost_one() -> None:
    branch = {"switch": {"variable": "v", "case": {"1": [{"hangup": {}}]}}}
    main = [branch, {"join_conference": {"name": "r"}}, {"hangup": {}}]
    source = json.dumps({"version": "1.0.0", "sections": {"main": main}})
    lost = [key for key in found(source, "twiml", "swml") if key[0] == "hangup"]
    assert lost == [("hangup", 1, "")]
