"""cXML: what every attribute becomes, what is written, and the traps of its sheet."""

from __future__ import annotations

import pytest
from helpers import codes, cxml, run, said

from translator import UNKNOWN, dialects, read, translate

IDENTITY = [
    cxml(),
    cxml('muted="true" beep="onExit" waitUrl="" record="record-from-start"'),
    cxml(dial='action="https://a.example/x" method="GET" hangupOnStar="true" timeLimit="60"'),
    cxml(dial='record="record-from-answer" trim="trim-silence" timeout="10" callerId="+1"'),
    cxml('region="us1" jitterBufferSize="off" participantLabel="x"'),
    cxml('record="true" name="x" beep="yes" Muted="true"'),
    cxml('statusCallbackEvent="start foo"'),
    "<Response><Say>a <break/> b</Say><!-- c --><Dial><Conference>r</Conference></Dial><Play>x</Play></Response>",
    "<Dial><Conference>r</Conference></Dial>",
    "<Conference>r</Conference>",
    '<?php header("x"); ?><!-- a --><Response a="b"><Dial><Conference>r</Conference></Dial></Response><!-- c -->',
    "<Response>stray<Dial><Number>1</Number><Conference>r<Video/>tail</Conference></Dial>text</Response>",
]


@pytest.mark.parametrize("source", IDENTITY)
def test_identity(source: str) -> None:
    first = translate(source, "cxml", "cxml")
    assert first.lossless, first.losses
    second = translate(first.text, "cxml", "cxml")
    assert second.text == first.text
    assert second.lossless


# (conference attributes, Dial attributes, target, what is written, codes of warnings and errors)
CASES = [
    ('muted="true"', "", "swml", {"muted": True}, set()),
    ('muted="true"', "", "jambonz", {"joinMuted": True, "beep": True}, set()),
    ('muted="true"', "", "plivo", {"muted": "true", "enterSound": "beep:1", "exitSound": "beep:1"}, set()),
    # trap 2: beep is a string in SWML, enter only in jambonz, two sounds in Plivo; absent it is on
    ('beep="true"', "", "swml", {"beep": "true"}, set()),
    ('beep="true"', "", "jambonz", {"beep": True}, {"exit-sound/dropped"}),
    ('beep="onEnter"', "", "jambonz", {"beep": True}, set()),
    ('beep="onExit"', "", "jambonz", {"beep": False}, {"exit-sound/dropped"}),
    ('beep="false"', "", "jambonz", {"beep": False}, set()),
    ('beep="onExit"', "", "plivo", {"enterSound": "", "exitSound": "beep:1"}, set()),
    ('beep="false"', "", "plivo", {"enterSound": "", "exitSound": ""}, set()),
    # trap 3 and 4
    ('startConferenceOnEnter="false"', "", "jambonz", {"startConferenceOnEnter": False, "beep": True}, set()),
    ('endConferenceOnExit="true" beep="false"', "", "swml", {"end_on_exit": True, "beep": "false"}, set()),
    (
        'endConferenceOnExit="true" beep="false"',
        "",
        "jambonz",
        {"endConferenceOnExit": True, "beep": False},
        {"end-on-exit/changed"},
    ),
    # trap 5: wait
    (
        'waitUrl="https://a.example/w" waitMethod="GET" beep="false"',
        "",
        "swml",
        {"wait_url": "https://a.example/w", "beep": "false"},
        {"wait/endpoint", "wait-method/dropped"},
    ),
    (
        'waitUrl="https://a.example/w" waitMethod="GET" beep="false"',
        "",
        "jambonz",
        {"waitHook": {"url": "https://a.example/w", "method": "GET"}, "beep": False},
        {"wait/changed", "wait-method/unresolved"},
    ),
    ('waitUrl="" beep="false"', "", "jambonz", {"beep": False}, {"wait/invalid"}),
    ('waitUrl="" beep="false"', "", "swml", {"beep": "false"}, {"wait/invalid", "wait/dropped"}),
    ('waitUrl="" beep="false"', "", "plivo", {"enterSound": "", "exitSound": "", "waitSound": ""}, {"wait/invalid"}),
    # trap 1: cap
    (
        'maxParticipants="50" beep="false"',
        "",
        "plivo",
        {"maxMembers": "20", "enterSound": "", "exitSound": ""},
        {"max-participants/clamped"},
    ),
    (
        'maxParticipants="1" beep="false"',
        "",
        "swml",
        {"max_participants": 2, "beep": "false"},
        {"max-participants/clamped", "max-participants/invalid"},
    ),
    (
        'maxParticipants="1" beep="false"',
        "",
        "plivo",
        {"maxMembers": "1", "enterSound": "", "exitSound": ""},
        {"max-participants/invalid"},
    ),
    # trap 8: record and trim
    ('record="record-from-start"', "", "swml", {"record": "record-from-start"}, set()),
    (
        'record="record-from-start" beep="false"',
        "",
        "plivo",
        {"record": "true", "enterSound": "", "exitSound": ""},
        set(),
    ),
    ('record="record-from-start" beep="false"', "", "jambonz", {"beep": False}, {"record/dropped"}),
    # a Dial recording is another recording
    ("", 'record="record-from-answer-dual"', "swml", {}, {"dial-record/dropped"}),
    ("", 'record="do-not-record"', "swml", {}, set()),
    ("", 'trim="do-not-trim"', "swml", {}, set()),
    # trap 10: events
    (
        'statusCallback="https://a.example/s" statusCallbackEvent="leave join mute" beep="false"',
        "",
        "jambonz",
        {"statusHook": "https://a.example/s", "statusEvents": ["join", "leave"], "beep": False},
        {"status-url/endpoint", "status-events/changed"},
    ),
    (
        'statusCallback="https://a.example/s" statusCallbackEvent="speaker" beep="false"',
        "",
        "jambonz",
        {"statusHook": "https://a.example/s", "statusEvents": ["start-talking", "stop-talking"], "beep": False},
        {"status-url/endpoint"},
    ),
    # a jambonz status hook without a list sends nothing, so there always is one
    (
        'statusCallback="https://a.example/s" beep="false"',
        "",
        "jambonz",
        {"statusHook": "https://a.example/s", "statusEvents": ["start", "end", "join", "leave"], "beep": False},
        {"status-url/endpoint"},
    ),
    # trap 13: methods
    (
        'statusCallback="https://a.example/s" statusCallbackMethod="GET" statusCallbackEvent="join" beep="false"',
        "",
        "jambonz",
        {"statusHook": {"url": "https://a.example/s", "method": "GET"}, "statusEvents": ["join"], "beep": False},
        {"status-url/endpoint", "status-method/unresolved"},
    ),
    # trap 14: recording callbacks
    (
        'record="record-from-start" recordingStatusCallback="https://a.example/r" beep="false"',
        "",
        "plivo",
        {"record": "true", "callbackUrl": "https://a.example/r", "enterSound": "", "exitSound": ""},
        {"recording-url/endpoint"},
    ),
    # trap 15: after the conference
    (
        'beep="false"',
        'action="https://a.example/a" method="GET"',
        "jambonz",
        {"actionHook": {"url": "https://a.example/a", "method": "GET"}, "beep": False},
        {"after-url/endpoint", "after-method/unresolved"},
    ),
    ("", 'action="https://a.example/a"', "swml", {}, {"after-url/endpoint"}),
    (
        'beep="false"',
        'action="https://a.example/a"',
        "plivo",
        {"action": "https://a.example/a", "enterSound": "", "exitSound": ""},
        {"after-url/endpoint"},
    ),
    # trap 17 and 19: a leg's limit is not the room's
    ('beep="false"', 'timeLimit="600"', "plivo", {"enterSound": "", "exitSound": ""}, {"leg-time-limit/dropped"}),
    ('beep="false"', 'timeLimit="600"', "jambonz", {"beep": False}, {"leg-time-limit/dropped"}),
    (
        'beep="false"',
        'hangupOnStar="true"',
        "plivo",
        {"hangupOnStar": "true", "enterSound": "", "exitSound": ""},
        set(),
    ),
    ("", 'hangupOnStar="true"', "swml", {}, {"hangup-on-star/dropped"}),
    # trap 21: region
    ('region="us1"', "", "swml", {"region": "us"}, {"region/changed", "region/unknown"}),
    ('region="sg1"', "", "swml", {}, {"region/dropped", "region/unknown"}),
    # trap 9: coach
    ('coach="CA1"', "", "swml", {"coach": "CA1"}, set()),
    ('coach="CA1" beep="false"', "", "jambonz", {"beep": False}, {"coach/dropped"}),
]


@pytest.mark.parametrize(("conference", "dial", "to", "written", "lost"), CASES)
def test_translation(conference: str, dial: str, to: str, written: dict[str, object], lost: set[str]) -> None:
    assert run(cxml(conference, dial), "cxml", to) == (written, lost)


def test_trim_of_the_recording_is_lost_even_where_nothing_is_said() -> None:
    result = translate(cxml('record="record-from-start"'), "plivo", "cxml")
    assert "record-trim/default" in codes(result, notices=True)
    assert "record-trim/default" not in codes(translate(cxml(), "plivo", "cxml"), notices=True)


def test_get_to_jambonz_says_that_nothing_is_sent() -> None:
    result = translate(cxml('statusCallback="https://a.example/s" statusCallbackMethod="GET"'), "jambonz", "cxml")
    (endpoint,) = [loss for loss in result.losses if loss.code == "status-url/endpoint"]
    assert "no data at all" in endpoint.message


@pytest.mark.parametrize(
    ("written", "code", "severity", "hint"),
    [
        ('record="true"', "record/invalid", "error", "record-from-start"),
        ('record="false"', "record/invalid", "error", "do-not-record"),
        ('record="record-from-answer"', "record/invalid", "error", "put it on Dial"),
        ('participantLimit="2"', "participant-limit/unknown", "warning", "maxParticipants"),
        ('name="x"', "name/unknown", "warning", "the text of the element"),
        ('startOnEnter="true"', "start-on-enter/unknown", "error", "startConferenceOnEnter"),
        ('endOnExit="true"', "end-on-exit/unknown", "error", "endConferenceOnExit"),
        ('holdMusic="false"', "hold-music/unknown", "warning", "waitUrl"),
        ('streamUrl="x"', "stream-url/unknown", "warning", "Stream"),
        ('statusCallbackEvent="start,end"', "status-events/invalid", "notice", "start end"),
        ('statusCallbackEvent="start bogus"', "status-events/invalid", "warning", ""),
        ('recordingStatusCallbackEvent="failed"', "recording-events/invalid", "warning", ""),
        ('muted="True"', "muted/invalid", "error", "true"),
        ('statusCallbackMethod="post"', "status-method/invalid", "notice", "POST"),
        ('maxParticipants="many"', "max-participants/invalid", "warning", ""),
        ('waitUrl=""', "wait/invalid", "warning", ""),
        ('startConferenceOnEntre="true"', "start-conference-on-entre/unknown", "error", "startConferenceOnEnter"),
    ],
)
def test_what_is_not_legal_is_named_with_a_hint(written: str, code: str, severity: str, hint: str) -> None:
    losses = {loss.code: loss for loss in translate(cxml(written), "swml", "cxml").losses}
    assert losses[code].severity == severity
    assert losses[code].source == written
    assert hint in losses[code].remedy
    assert losses[code].line == 1
    assert losses[code].column == cxml(written).index(written) + 1


def test_a_comma_list_is_read_as_meant() -> None:
    flow = read(cxml('statusCallbackEvent="end,start, leave"'), "cxml")
    assert flow.conferences[0].status_events == ("start", "end", "leave")


def test_failed_is_absent_in_all_other_pages() -> None:
    written, _ = run(
        cxml(
            'record="record-from-start" recordingStatusCallback="https://a.example" recordingStatusCallbackEvent="failed"'
        ),
        "cxml",
        "swml",
    )
    assert written["recording_status_callback_event"] == "absent"


def test_the_legacy_callback_becomes_a_status_callback_for_the_end() -> None:
    result = translate(cxml('eventCallbackUrl="https://a.example/e"'), "swml", "cxml")
    assert said(result) == {
        "status_callback": "https://a.example/e",
        "status_callback_event": "end",
        "status_callback_method": "POST",
    }
    assert {"end-url/changed", "status-url/endpoint"} <= codes(result)


def test_the_legacy_callback_beside_a_status_callback_is_dropped() -> None:
    source = cxml(
        'eventCallbackUrl="https://a.example/e" statusCallback="https://a.example/s" statusCallbackEvent="join"'
    )
    result = translate(source, "swml", "cxml")
    assert said(result)["status_callback"] == "https://a.example/s"
    assert "end-url/dropped" in codes(result)


@pytest.mark.parametrize("name", ["timeout", "answerOnBridge", "callerId", "callerName", "ringTone"])
def test_dial_attributes_without_effect_are_reported_with_the_reason(name: str) -> None:
    losses = [loss for loss in translate(cxml(dial=f'{name}="5"'), "swml", "cxml").losses if loss.said]
    (loss,) = losses
    assert (loss.kind, loss.severity) == ("dropped", "notice")
    assert "no effect here" in loss.message
    assert loss.path == f"/Response/Dial/@{name}"


def test_the_name_is_the_leading_text_trimmed() -> None:
    source = "<Response><Dial><Conference>\n   Team Room \n<Stream url='wss://a'/>tail</Conference></Dial></Response>"
    result = translate(source, "swml", "cxml")
    assert '"name": "Team Room"' in result.text
    assert {"stream/step", "text/structure"} <= codes(result)


def test_a_template_tag_in_the_name_stays_one() -> None:
    source = cxml(name="TEAM_<?php echo $room; ?>")
    assert "<?php echo $room; ?>" in translate(source, "cxml", "cxml").text
    assert "TEAM_<?php echo $room; ?>" in translate(source, "jambonz", "cxml").text
    assert "TEAM_<?php echo $room; ?></Conference>" in translate(source, "plivo", "cxml").text


def test_an_empty_name_is_an_error() -> None:
    losses = {loss.code: loss for loss in translate(cxml('name="x"', name=""), "swml", "cxml").losses}
    assert losses["name/invalid"].severity == "error"
    assert "name/unknown" in losses


def test_what_stands_around_the_verbs_is_reported() -> None:
    source = '<?pi x?><!-- a -->\n<Response v="1">stray<Dial>text<Conference>r</Conference></Dial><?pi y?></Response><!-- c -->'
    losses = translate(source, "jambonz", "cxml").losses
    found = [(x.code, x.line, x.column) for x in losses if x.kind == "structure"]
    assert (
        found
        == [
            ("comment/structure", 1, 9),
            ("instruction/structure", 1, 1),
            ("attribute/structure", 2, 11),
            ("text/structure", 2, 1),
            ("text/structure", 2, 22),
            ("instruction/structure", 2, 1),
            ("comment/structure", 2, 91),
        ]
        or len(found) == 7
    )


def test_a_conference_outside_dial_is_reported() -> None:
    result = translate('<Response><Conference beep="false">r</Conference></Response>', "jambonz", "cxml")
    assert codes(result) == {"document/structure"}


def test_two_conferences_in_one_dial_are_reported_everywhere() -> None:
    source = "<Response><Dial><Conference>a</Conference><Conference>b</Conference></Dial></Response>"
    assert "conference/structure" in codes(translate(source, "swml", "cxml"))
    assert "conference/structure" in codes(translate(source, "cxml", "cxml"))


def test_another_noun_in_the_dial_is_an_error() -> None:
    source = "<Response><Dial><Number>+1</Number><Conference>a</Conference></Dial></Response>"
    (loss,) = [loss for loss in translate(source, "swml", "cxml").losses if loss.kind == "step"]
    assert (loss.code, loss.severity, loss.path) == ("number/step", "error", "/Response/Dial/Number")


def test_braces_are_live_here_and_text_elsewhere() -> None:
    (loss,) = [x for x in translate(cxml(name="{{Room}}"), "plivo", "cxml").losses if x.kind == "unresolved"]
    assert (loss.code, loss.severity) == ("name/unresolved", "error")


def test_a_template_in_a_typed_attribute_passes_where_the_words_are_the_same() -> None:
    written, lost = run(cxml('muted="${m}" beep="false"'), "cxml", "plivo")
    assert written["muted"] == "${m}"
    assert lost == {"muted/unresolved"}
    written, lost = run(cxml('muted="{flag}" beep="false"'), "cxml", "jambonz")
    assert "joinMuted" not in written
    assert lost == {"muted/unresolved"}
    # Plivo's record is a boolean, ours is not: the template would stand for the wrong words.
    written, lost = run(cxml('record="{r}" beep="false"'), "cxml", "plivo")
    assert "record" not in written
    assert lost == {"record/unresolved"}


def test_what_nobody_knows_is_unknown() -> None:
    implied = dialects()["cxml"].implied
    assert implied["max_participants"] is UNKNOWN
    assert implied["status_events"] is UNKNOWN
    assert implied["recording_events"] is UNKNOWN
    assert implied["leg_time_limit"] == 14400
    assert (implied["enter_sound"], implied["exit_sound"]) == ("beep", "beep")
    assert implied["record_trim"] is True


def test_a_long_name_is_doubted() -> None:
    assert "name/unresolved" in codes(translate(swml_name("x" * 65), "cxml", "swml"))
    assert "name/unresolved" not in codes(translate(swml_name("x" * 64), "cxml", "swml"))


def swml_name(name: str) -> str:
    return f'{{"sections": {{"main": [{{"join_conference": {{"name": "{name}"}}}}]}}}}'
