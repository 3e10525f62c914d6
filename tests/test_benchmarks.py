"""The benchmarks compare like with like, and their guard fails for a cost, and not for noise."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import chain, repeat
from pathlib import Path

import pytest
from lxml import etree

from translator import translate

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import by_hand
import documents
import run
from measure import Race, Work, command, cost, python


def conferences(text: str) -> list[tuple[str | None, dict[str, str]]]:
    """What an XML document says, without the order of attributes and white space between elements."""
    return [(node.text, dict(node.attrib)) for node in etree.fromstring(text.encode()).iter("Conference")]


RECORDED = b"""<Response><Dial><Conference beep="false" waitUrl="" maxParticipants="8" record="record-from-start"
    recordingStatusCallback="https://app.example.com/r" recordingStatusCallbackMethod="GET">A</Conference></Dial>
    <Dial><Conference beep="true" record="do-not-record">B</Conference></Dial></Response>"""


@pytest.mark.parametrize("dialect", ["cxml", "twiml"])
def test_the_stylesheet_says_what_we_say(dialect: str) -> None:
    for document in (documents.full(dialect), documents.small(dialect), RECORDED):
        assert conferences(run.stylesheet(document)) == conferences(translate(document, "plivo", dialect).text)


def test_what_is_written_by_hand_says_what_we_say() -> None:
    for document in (documents.full("cxml"), documents.small("cxml")):
        ours = translate(document, "jambonz", "cxml").text
        assert json.loads(by_hand.cxml_to_jambonz(document)) == json.loads(ours)
        assert json.loads(by_hand.cxml_to_jambonz_fast(document)) == json.loads(ours)
        ours = translate(document, "plivo", "cxml").text
        assert conferences(by_hand.cxml_to_plivo(document)) == conferences(ours)


def test_documents_with_values_of_their_own_differ_and_lose_the_same() -> None:
    first, second = documents.own(documents.full("cxml"), 2)
    assert first != second
    codes = [[loss.code for loss in translate(each, "jambonz", "cxml").losses] for each in (first, second)]
    assert codes[0] == codes[1]
    assert codes[0] == [loss.code for loss in translate(documents.full("cxml"), "jambonz", "cxml").losses]


def test_every_goal_of_the_guard_is_measured(tmp_path: Path) -> None:
    """A goal whose measure has another name would be left out without a word."""
    measured = run.contestants().keys() | run.batches().keys() | run.starts(tmp_path).keys()
    assert measured >= {name for part in run.GUARDED for goal in run.GOALS[part] for name in goal.measures}


def race(**seconds: list[float]) -> Race:
    """Functions that take these times, the last one for ever."""
    now = 0.0

    def work(times: list[float]) -> Work:
        left = chain(times, repeat(times[-1]))

        def turn() -> None:
            nonlocal now
            now += next(left)

        return turn

    return Race({name: work(times) for name, times in seconds.items()}, lambda: now)


GOAL = run.Goal("ours", "theirs", 2)


def test_the_guard_fails_for_a_cost() -> None:
    found = run.kept_over(race(ours=[3.0], theirs=[1.0]), [GOAL], 1)
    assert found == ["ours / theirs: 3.00, held to 2, goal 2"]


def test_what_misses_its_goal_may_not_get_worse() -> None:
    goal = GOAL._replace(held=4.0)
    assert run.kept_over(race(ours=[4.0], theirs=[1.0]), [goal], 1) == []
    assert run.kept_over(race(ours=[4.1 * run.SLACK], theirs=[1.0]), [goal], 1) != []


def test_the_guard_measures_on_until_noise_is_gone() -> None:
    noisy = [9.0] * 4 + [2.0]  # three are taken for the number of calls, and one is measured
    assert run.kept_over(race(ours=noisy, theirs=[1.0]), [GOAL], 1) == []


def test_the_guard_allows_its_slack_and_no_more() -> None:
    limit = GOAL.most * run.SLACK
    assert run.kept_over(race(ours=[limit], theirs=[1.0]), [GOAL], 1) == []
    assert run.kept_over(race(ours=[limit * 1.01], theirs=[1.0]), [GOAL], 1) != []


def test_what_is_taken_off_counts_in_no_ratio() -> None:
    goal = run.Goal("yaml", "events", 1.6, less="json")
    assert goal.ratio({"yaml": [10.0], "json": [4.0], "events": [4.0]}) == 1.5
    assert not goal.is_measured({"yaml": [], "events": []})


def test_the_page_says_which_goals_are_met_and_what_was_before() -> None:
    goal = run.GOALS["memory"][0]
    rows = run.goals([goal], {goal.what: [2.0], goal.against: [1.0]}, {goal.what: [1.0], goal.against: [1.0]})
    assert rows == [[goal.what, goal.against, "1", "2", "1.15", "not met"]]
    assert run.goals([goal], {goal.what: [1.0], goal.against: [1.0]}, {})[0][-1] == "met"


def test_the_memory_of_a_program_is_its_own() -> None:
    ballast = bytearray(100_000_000)  # of this process: no part of it
    little, much = (cost(python(f"bytearray({size})")).memory for size in (0, 50_000_000))
    assert little < 50_000_000 < much < len(ballast)


def test_a_program_that_fails_is_not_fast() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        cost(python("raise SystemExit(1)"))
    with pytest.raises(subprocess.CalledProcessError):
        command(*python("raise SystemExit(1)"))()


def test_a_ratio_is_of_what_was_measured_at_the_same_time() -> None:
    """A machine that is twice as fast for one turn makes no ratio better."""
    assert GOAL.ratio({"ours": [3.0, 1.5, 6.0, 1.0], "theirs": [1.0, 0.5, 2.0, 1.0]}) == 3
