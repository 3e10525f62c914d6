"""Policy: what counts for the exit status, and the baseline of what is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import cxml

from translator import translate
from translator.errors import InvalidOption, NoConference
from translator.policy import Baseline, Policy
from translator.report import Outcome

LOUD = cxml('record="record-from-start" beep="true"')


def outcome(document: str = LOUD, source: str = "room.cxml.xml", to: str = "jambonz") -> Outcome:
    return Outcome(source, "cxml", to, losses=translate(document, to, "cxml").losses)


def judged(policy: Policy, each: Outcome) -> set[str]:
    """The codes that still count, notices left out."""
    policy.judge(each)
    return {loss.code for i, loss in enumerate(each.losses) if i not in each.waived and loss.severity != "notice"}


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    """A baseline with the losses of one document."""
    path = tmp_path / "ci" / "baseline.json"
    path.parent.mkdir()
    known = Baseline(path)
    known.add(outcome(source=str(tmp_path / "rooms" / "room.cxml.xml")))
    known.write()
    return path


# -- accept and fail-on ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fail_on", "accept", "fails"),
    [
        ("error", (), True),
        ("never", (), False),
        ("error", ("record/*",), False),
        ("warning", ("record/*",), True),
        ("warning", ("record/*", "exit-sound/*"), False),
        ("notice", ("*",), False),
        ("error", ("Record/*",), True),
    ],
)
def test_what_fails(fail_on: str, accept: tuple[str, ...], fails: bool) -> None:
    policy, each = Policy(fail_on, accept), outcome()
    policy.judge(each)
    assert policy.fails(each) is fails


def test_a_document_that_failed_always_counts() -> None:
    policy, each = Policy("never", ("*",)), Outcome("a.xml", None, "jambonz", error=NoConference("No conference."))
    policy.judge(each)
    assert policy.fails(each)


@pytest.mark.parametrize(
    ("accept", "counts"),
    [
        ("legacy/*:record/*", {"exit-sound/dropped"}),
        ("other/*:record/*", {"record/dropped", "exit-sound/dropped"}),
        ("*/room.cxml.xml:*", set()),
        ("C:/legacy/*:*", {"record/dropped", "exit-sound/dropped"}),
    ],
)
def test_a_glob_of_files_before_the_code_accepts_there_alone(accept: str, counts: set[str]) -> None:
    assert judged(Policy(accept=(accept,)), outcome(source=str(Path("legacy/a/room.cxml.xml")))) == counts


# -- baseline --------------------------------------------------------------------------------------------------------


def test_known_losses_do_not_count_and_new_ones_do(baseline: Path, tmp_path: Path) -> None:
    policy = Policy("notice", baseline=Baseline.read(baseline))
    same = outcome(source=str(tmp_path / "rooms" / "room.cxml.xml"))
    assert judged(policy, same) == set()
    assert set(same.waived.values()) == {"baseline"}
    assert not policy.fails(same)

    policy = Policy("warning", baseline=Baseline.read(baseline))
    more = outcome(cxml('record="record-from-start" beep="true" coach="CA1"'), same.source)
    assert judged(policy, more) == {"coach/dropped"}
    assert policy.fails(more)


def test_a_loss_that_moved_is_not_new(baseline: Path, tmp_path: Path) -> None:
    moved = "\n\n" + LOUD.replace("<Dial>", "<Pause length='1'/>\n  <Dial>")
    each = outcome(moved, str(tmp_path / "rooms" / "room.cxml.xml"))
    assert {loss.line for loss in each.losses if loss.code == "record/dropped"} == {4}
    assert judged(Policy(baseline=Baseline.read(baseline)), each) == set()


def test_steps_may_move_in_json_too(tmp_path: Path) -> None:
    def document(*before: dict[str, Any]) -> str:
        return json.dumps([*before, {"verb": "conference", "name": "r", "memberTag": "guest"}])

    def of(text: str) -> Outcome:
        return Outcome("r.json", "jambonz", "plivo", losses=translate(text, "plivo", "jambonz").losses)

    known = Baseline(tmp_path / "b.json")
    known.add(of(document()))
    known.write()
    moved = of(document({"verb": "pause", "length": 1}))
    assert "/1/memberTag" in {loss.path for loss in moved.losses}
    assert judged(Policy(baseline=Baseline.read(known.path)), moved) == set()


def test_of_two_equal_losses_one_is_new_where_the_baseline_has_one(tmp_path: Path) -> None:
    one = "<Response><Say voice='alice'>a</Say><Dial><Conference>r</Conference></Dial></Response>"
    two = one.replace("<Dial>", "<Say voice='alice'>a</Say><Dial>")
    known = Baseline(tmp_path / "b.json")
    known.add(outcome(one, to="plivo"))
    known.write()
    codes = [loss.code for loss in outcome(two, to="plivo").losses]
    again = outcome(two, to="plivo")
    Policy(baseline=Baseline.read(known.path)).judge(again)
    for code in {loss.code for loss in again.losses if loss.code.startswith("say-")}:
        assert codes.count(code) == 2
        assert [i in again.waived for i, loss in enumerate(again.losses) if loss.code == code] == [True, False]


def test_a_baseline_is_of_one_file_target_and_value(tmp_path: Path) -> None:
    known = Baseline(tmp_path / "b.json")
    known.add(outcome(cxml('coach="CA1"')))
    known.write()
    for each, new in [
        (outcome(cxml('coach="CA1"')), set()),
        (outcome(cxml('coach="CA2"')), {"coach/dropped"}),
        (outcome(cxml('coach="CA1"'), "other.cxml.xml"), {"coach/dropped"}),
        (outcome(cxml('coach="CA1"'), to="plivo"), {"coach/dropped"}),
    ]:
        assert "coach/dropped" in {loss.code for loss in each.losses}
        assert judged(Policy(baseline=Baseline.read(known.path)), each) & {"coach/dropped"} == new


def test_entries_that_no_longer_occur_are_counted(baseline: Path, tmp_path: Path) -> None:
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    (rooms / "room.cxml.xml").write_text(LOUD)
    known = Baseline.read(baseline)
    assert known.gone == 0, "a run over other files says nothing of this one"
    known.covered(outcome(cxml('record="record-from-start"'), str(rooms / "room.cxml.xml")))
    assert known.note() == "1 entry of the baseline no longer occurs; --write-baseline writes it anew."
    (rooms / "room.cxml.xml").unlink()
    known = Baseline.read(baseline)
    assert known.gone == len(known) > 1, "the file itself is no more"
    assert "entries of the baseline no longer occur;" in known.note()


def test_a_file_that_fails_takes_nothing_from_the_baseline(baseline: Path, tmp_path: Path) -> None:
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    (rooms / "room.cxml.xml").write_text("<Response>")
    known = Baseline.read(baseline)
    known.covered(Outcome(str(rooms / "room.cxml.xml"), "cxml", "jambonz", error=NoConference("No conference.")))
    assert (known.gone, known.note()) == (0, "")


def test_accepting_wins_and_uses_the_baseline_up(baseline: Path, tmp_path: Path) -> None:
    each = outcome(source=str(tmp_path / "rooms" / "room.cxml.xml"))
    policy = Policy("notice", ("record/*",), Baseline.read(baseline))
    policy.judge(each)
    assert {each.losses[i].code for i, why in each.waived.items() if why == "accepted"} == {"record/dropped"}
    assert policy.baseline is not None
    assert policy.baseline.gone == 0


def test_any_name_of_a_file_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is longer than a name may be; and any, in a working directory that was removed."""
    known = Baseline(tmp_path / "known.json")
    known.add(outcome(source="n" * 5000))
    known.write()
    baseline = Baseline.read(tmp_path / "known.json")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert judged(Policy(baseline=baseline), outcome(source="room.xml"))
    assert baseline.gone == len(baseline)


def test_the_file_is_sorted_relative_and_the_same_whatever_the_order(tmp_path: Path) -> None:
    texts = []
    sources = [str(tmp_path / "rooms" / name) for name in ("b.cxml.xml", "a.cxml.xml", "c/é.cxml.xml")]
    for order in (sources, sources[::-1]):
        known = Baseline(tmp_path / "ci.json")
        for source in order:
            known.add(outcome(source=source))
            known.add(outcome(source=source))
        known.write()
        texts.append(known.path.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    data = json.loads(texts[0])
    assert data["version"] == 1
    assert list(dict.fromkeys(each["source"] for each in data["losses"])) == [
        "rooms/a.cxml.xml",
        "rooms/b.cxml.xml",
        "rooms/c/é.cxml.xml",
    ]
    assert {each["count"] for each in data["losses"]} == {2}
    assert len(texts[0].splitlines()) == len(data["losses"]) + 5  # one entry a line


def test_a_document_in_json_lines_may_move_if_it_has_an_id(tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    known = Baseline(tmp_path / "b.json")
    known.add(outcome(source=f"{file}:7 (id 12)"))
    known.add(outcome(source=f"{file}:8"))
    known.add(outcome(source="-:7 (id 12)"))
    known.write()
    for name, new in [
        (f"{file}:3 (id 12)", False),
        (f"{file}:3 (id 13)", True),
        (f"{file}:8", False),
        (f"{file}:9", True),
    ]:
        assert bool(judged(Policy(baseline=Baseline.read(known.path)), outcome(source=name))) is new
    assert judged(Policy(baseline=Baseline.read(known.path)), outcome(source="-:1 (id 12)")) == set()
    file.write_text("")
    assert Baseline.read(known.path).gone == 0
    file.unlink()
    entries = [each["source"] for each in json.loads(known.path.read_text())["losses"]]
    assert Baseline.read(known.path).gone == sum(not each.startswith("-") for each in entries) > 0


def test_an_empty_baseline_is_one(tmp_path: Path) -> None:
    Baseline(tmp_path / "b.json").write()
    assert json.loads((tmp_path / "b.json").read_text()) == {"version": 1, "losses": []}
    assert len(Baseline.read(tmp_path / "b.json")) == 0


def test_no_password_is_written_and_the_loss_is_known_all_the_same(tmp_path: Path) -> None:
    document = cxml('coach="https://user:hunter2@example.com/?token=t0ps3cret"')
    known = Baseline(tmp_path / "b.json")
    known.add(outcome(document))
    known.write()
    text = known.path.read_text()
    assert "coach/dropped" in text
    assert "hunter2" not in text
    assert "t0ps3cret" not in text
    assert judged(Policy(baseline=Baseline.read(known.path)), outcome(document)) == set()


ENTRY = '{"source": "a", "to": "swml", "code": "x/dropped", "path": "/a", "asked": 1, "given": null, "count": 1}'


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("{", "1:2", "not JSON"),
        ('{\n  "version": 1,\n  "losses": [,]\n}', "3:14", "not JSON"),
        ("[]", "1:1", 'an object with "version" and "losses"'),
        ('{"version": 1, "results": []}', "1:1", 'an object with "version" and "losses"'),
        ('{\n  "version": 2,\n  "losses": []\n}', "2:3", "version 1 of baselines"),
        ('{"version": true, "losses": []}', "1:2", "version 1 of baselines"),
        (f'{{"version": 1, "losses": [\n{ENTRY},\n  {{}}]}}', "3:3", "an entry has source, to, code"),
        (f'{{"version": 1, "losses": [\n{ENTRY.replace("1}", "0}")}]}}', "2:93", "count is a whole number from 1"),
        (f'{{"version": 1, "losses": [\n{ENTRY.replace(chr(34) + "a" + chr(34), "7", 1)}]}}', "2:2", "source is text"),
        ("[" * 100_000, "1:1", "not JSON in UTF-8"),
    ],
)
def test_a_broken_or_foreign_baseline_is_told_with_its_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(InvalidOption) as caught:
        Baseline.read(path)
    assert caught.value.message.startswith(f"{path}:{place}: not a baseline of this tool: ")
    assert words in caught.value.message


def test_a_missing_or_unreadable_baseline_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match=r"There is no baseline .* --write-baseline writes one"):
        Baseline.read(tmp_path / "none.json")
    with pytest.raises(InvalidOption, match="cannot be read"):
        Baseline.read(tmp_path)
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidOption, match="UTF-8"):
        Baseline.read(tmp_path / "bytes.json")
