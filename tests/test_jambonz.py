"""jambonz: shapes of documents, hooks, every attribute, and the traps of its sheet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import codes, jambonz, run, said

from translator import UNKNOWN, NoConference, dialects, read, translate

IDENTITY = [
    jambonz(),
    jambonz(beep=True, joinMuted=False, endConferenceOnExit=True, maxParticipants=2, endConferenceDuration=0),
    jambonz(
        waitHook={"url": "/w", "method": "GET"}, enterHook="/e", actionHook="/a", statusHook="/s", statusEvents=["end"]
    ),
    jambonz(record={"path": "/a.mp3"}, listen={"url": "wss://a"}, stream={"url": "wss://b"}, id="x", endHook="/never"),
    jambonz(waitHook={"url": "/w", "username": "u", "password": "p"}, statusEvents=["say-start", "start"]),
    jambonz(beep="true", maxParticipants="", name="", unknown=[1], joinMuted=None, **{"a@b": 1}),
    jambonz(memberTag="a", speakOnlyTo="b", startConferenceOnEnter=True),
    '{"verb": "conference", "name": "r"}',
    '[{"conference": {"name": "r"}}, {"say": {"text": "x"}}]',
    '[{"verb": "room", "name": "r"}]',
    '[{"verb": "say", "text": "x"}, {"verb": "conference", "name": "a"}, {"verb": "conference", "name": "b"}, 7]',
]


@pytest.mark.parametrize("source", IDENTITY)
def test_identity(source: str) -> None:
    first = translate(source, "jambonz", "jambonz")
    assert first.lossless, first.losses
    second = translate(first.text, "jambonz", "jambonz")
    assert second.text == first.text
    assert second.lossless


# what jambonz does when nothing is said must be said elsewhere: no tones
QUIET_SWML = {"beep": "false"}
QUIET_PLIVO = {"waitSound": "", "relayDTMF": "false"}

CASES: list[tuple[dict[str, Any], str, dict[str, Any], set[str]]] = [
    ({}, "swml", QUIET_SWML, set()),
    ({}, "cxml", QUIET_SWML, set()),
    ({}, "plivo", QUIET_PLIVO, set()),
    # trap 2: beep is on entering only
    ({"beep": True}, "cxml", {"beep": "onEnter"}, set()),
    ({"beep": True}, "plivo", {"enterSound": "beep:1", **QUIET_PLIVO}, set()),
    ({"beep": False}, "plivo", {"enterSound": "", **QUIET_PLIVO}, set()),
    # trap 4: the last moderator ends it
    ({"endConferenceOnExit": True}, "swml", {"end_on_exit": True, **QUIET_SWML}, {"end-on-exit/changed"}),
    # a grace time is no time limit
    (
        {"endConferenceDuration": 30, "endConferenceOnExit": True},
        "plivo",
        {"endConferenceOnExit": "true", **QUIET_PLIVO},
        {"moderator-grace/dropped", "end-on-exit/changed"},
    ),
    ({"maxParticipants": 40}, "plivo", {"maxMembers": "20", **QUIET_PLIVO}, {"max-participants/clamped"}),
    # trap 20: digits
    (
        {"distributeDtmf": True, "joinMuted": True},
        "plivo",
        {"muted": "true", "waitSound": "", "relayDTMF": "true"},
        set(),
    ),
    # hooks
    ({"waitHook": "/w"}, "cxml", {"waitUrl": "/w", **QUIET_SWML}, {"wait/endpoint", "wait/invalid", "wait/unresolved"}),
    (
        {"waitHook": "/w"},
        "plivo",
        {**QUIET_PLIVO, "waitSound": "/w"},
        {"wait/endpoint", "wait/invalid", "wait/unresolved"},
    ),
    (
        {"waitHook": {"url": "https://a.example/w", "method": "get"}},
        "cxml",
        {"waitUrl": "https://a.example/w", "waitMethod": "GET", **QUIET_SWML},
        {"wait/endpoint", "wait/invalid"},
    ),
    # trap 6: a private prompt is not a sound for the room
    ({"enterHook": "https://a.example/e"}, "plivo", QUIET_PLIVO, {"entry-prompt/dropped"}),
    (
        {"actionHook": "https://a.example/a"},
        "cxml",
        {"Dial@action": "https://a.example/a", **QUIET_SWML},
        {"after-url/endpoint"},
    ),
    ({"actionHook": "https://a.example/a"}, "swml", QUIET_SWML, {"after-url/endpoint"}),
    (
        {"statusHook": "https://a.example/s", "statusEvents": ["join", "start"]},
        "swml",
        {"status_callback": "https://a.example/s", "status_callback_event": "start join", **QUIET_SWML},
        {"status-url/endpoint"},
    ),
    (
        {"statusHook": "https://a.example/s", "statusEvents": ["start-talking", "stop-talking"]},
        "cxml",
        {"statusCallback": "https://a.example/s", "statusCallbackEvent": "speaker", **QUIET_SWML},
        {"status-url/endpoint"},
    ),
    # one of the two talking events alone is less than speaker
    (
        {"statusHook": "https://a.example/s", "statusEvents": ["start-talking"]},
        "cxml",
        {"statusCallback": "https://a.example/s", "statusCallbackEvent": "speaker", **QUIET_SWML},
        {"status-url/endpoint", "status-events/changed"},
    ),
    # without a list nothing is sent here, and nobody knows what comes there
    (
        {"statusHook": "https://a.example/s"},
        "cxml",
        {"statusCallback": "https://a.example/s", **QUIET_SWML},
        {"status-url/endpoint"},
    ),
    (
        {"statusHook": {"url": "https://a.example/s", "method": "GET"}, "statusEvents": ["join"]},
        "swml",
        {
            "status_callback": "https://a.example/s",
            "status_callback_method": "GET",
            "status_callback_event": "join",
            **QUIET_SWML,
        },
        {"status-url/endpoint"},
    ),
    (
        {"record": {"path": "/r.mp3"}},
        "swml",
        {"record": "record-from-start", "trim": "do-not-trim", **QUIET_SWML},
        {"record-path/dropped"},
    ),
    ({"memberTag": "a", "speakOnlyTo": "b"}, "cxml", QUIET_SWML, {"speak-only-to/dropped"}),
    ({"listen": {"url": "wss://a"}}, "swml", QUIET_SWML, {"listen/dropped"}),
    ({"name": "a b"}, "plivo", QUIET_PLIVO, set()),
]


@pytest.mark.parametrize(("attributes", "to", "written", "lost"), CASES)
def test_translation(attributes: dict[str, Any], to: str, written: dict[str, Any], lost: set[str]) -> None:
    assert run(jambonz(**attributes), "jambonz", to) == (written, lost)


@pytest.mark.parametrize(
    ("attributes", "code", "severity", "hint"),
    [
        ({"beep": "true"}, "enter-sound/invalid", "warning", ""),
        ({"joinMuted": 1}, "muted/invalid", "error", ""),
        ({"maxParticipants": ""}, "max-participants/invalid", "notice", ""),
        ({"maxParticipants": 1.5}, "max-participants/invalid", "warning", ""),
        ({"waitHook": ""}, "wait/invalid", "notice", ""),
        ({"waitHook": {"method": "GET"}}, "wait/invalid", "warning", ""),
        ({"actionHook": {"url": "/a", "method": "PUT"}}, "after-url/invalid", "notice", ""),
        ({"statusHook": {"url": "/a", "basicAuth": {}}}, "status-url/invalid", "notice", ""),
        ({"record": True}, "record/invalid", "error", "path"),
        ({"record": {}}, "record/invalid", "error", "path"),
        ({"statusEvents": ["end-talking"]}, "status-events/invalid", "warning", ""),
        ({"statusEvents": "start"}, "status-events/invalid", "warning", "start"),
        ({"startOnEnter": True}, "start-on-enter/unknown", "error", "startConferenceOnEnter"),
        ({"endOnExit": False}, "end-on-exit/unknown", "error", "endConferenceOnExit"),
        ({"name": ""}, "name/invalid", "error", ""),
        ({"name": 12}, "name/invalid", "notice", '"12"'),
    ],
)
def test_what_is_not_legal_is_named_with_a_hint(attributes: Any, code: str, severity: str, hint: str) -> None:
    losses = {loss.code: loss for loss in translate(jambonz(**attributes), "cxml", "jambonz").losses}
    assert losses[code].severity == severity
    assert hint in losses[code].remedy


def test_end_talking_is_read_as_stop_talking() -> None:
    flow = read(jambonz(statusHook="/s", statusEvents=["end-talking"]), "jambonz")
    assert flow.conferences[0].status_events == ("speaker-stop",)
    (loss,) = [
        x for x in translate(jambonz(statusEvents=["end-talking"]), "cxml", "jambonz").losses if x.kind == "invalid"
    ]
    assert "the platform ignores it" in loss.message


@pytest.mark.parametrize("flag", ["startConferenceOnEnter", "endConferenceOnExit", "joinMuted"])
def test_speak_only_to_mutes_beside_a_flag(flag: str) -> None:
    result = translate(jambonz(speakOnlyTo="x", **{flag: True}), "swml", "jambonz")
    assert said(result)["muted"] is True
    assert "speak-only-to/invalid" in codes(result, notices=True)
    assert (
        "muted" not in said(translate(jambonz(speakOnlyTo="x", **{flag: False}), "swml", "jambonz"))
        or flag == "joinMuted"
    )


def test_distribute_dtmf_alone_has_no_effect() -> None:
    result = translate(jambonz(distributeDtmf=True), "plivo", "jambonz")
    assert said(result)["relayDTMF"] == "false"
    assert "relay-digits/invalid" in codes(result, notices=True)


def test_a_wait_hook_of_a_starter_is_never_asked() -> None:
    result = translate(jambonz(waitHook="/w", startConferenceOnEnter=True), "cxml", "jambonz")
    assert "wait/invalid" in codes(result, notices=True)


@pytest.mark.parametrize(("name", "doubted"), [("a b", True), ("a@b", True), ("+1", True), ("a-b_c.1", False)])
def test_names_unsafe_on_the_command_line_of_the_media_server(name: str, doubted: bool) -> None:
    source = f"<Response><Conference>{name}</Conference></Response>"
    assert ("name/unresolved" in codes(translate(source, "jambonz", "plivo"))) is doubted


@pytest.mark.parametrize("url", ["voice.php", "./x", "../x", "www.example.com"])
def test_a_url_without_slash_is_an_error_on_the_server(url: str) -> None:
    source = f'<Response><Dial action="{url}"><Conference>r</Conference></Dial></Response>'
    assert "after-url/unresolved" in codes(translate(source, "jambonz", "cxml"))
    resolved = translate(source, "jambonz", "cxml", options={"base_url": "https://a.example/dir/"})
    assert "after-url/unresolved" not in codes(resolved)
    assert json.loads(resolved.text)[0]["actionHook"].startswith("https://a.example/")


def test_relative_hooks_are_normal_here_and_need_a_base_elsewhere() -> None:
    source = jambonz(statusHook="/s", statusEvents=["join"])
    assert "status-url/unresolved" in codes(translate(source, "plivo", "jambonz"))
    resolved = translate(source, "plivo", "jambonz", options={"base_url": "https://a.example"})
    assert said(resolved)["callbackUrl"] == "https://a.example/s"
    assert "status-url/unresolved" not in codes(resolved)


def test_a_conference_without_a_name_is_an_error() -> None:
    for target in ("swml", "cxml", "plivo"):
        (loss,) = [x for x in translate('[{"verb": "conference"}]', target, "jambonz").losses if x.field == "name"]
        assert (loss.code, loss.severity, loss.line) == ("name/invalid", "error", 1)
    assert translate('[{"verb": "conference"}]', "jambonz", "jambonz").lossless


def test_a_single_object_and_room_are_read_with_a_notice() -> None:
    result = translate('{"verb": "room", "name": "r"}', "cxml", "jambonz")
    assert {"document/structure", "verb/invalid"} <= codes(result, notices=True)
    assert codes(result) == set()


def test_the_keyed_form_is_read() -> None:
    result = translate('[{"conference": {"name": "r", "beep": "x"}}]', "cxml", "jambonz")
    (loss,) = [x for x in result.losses if x.kind == "invalid"]
    assert loss.path == "/0/conference/beep"


def test_a_misspelt_verb_is_named() -> None:
    with pytest.raises(NoConference, match="Conference"):
        translate('[{"verb": "Conference", "name": "r"}]', "cxml", "jambonz")


def test_record_is_never_written_without_a_path() -> None:
    source = '<Response><Conference record="true">r</Conference></Response>'
    result = translate(source, "jambonz", "plivo")
    assert "record" not in said(result)
    assert "record/dropped" in codes(result)


def test_what_the_platform_does_by_itself() -> None:
    implied = dialects()["jambonz"].implied
    assert implied["wait"] == "silence"
    assert implied["exit_sound"] == "none"
    assert implied["status_events"] == ()
    assert implied["relay_digits"] is False
    assert implied["record_format"] is UNKNOWN


def test_a_cap_that_the_server_ignores_is_no_room_for_one() -> None:
    result = translate(jambonz(maxParticipants=1), "plivo", "jambonz")
    assert "maxMembers" not in said(result)
    assert "max-participants/invalid" in codes(result)


def test_a_relative_hook_may_begin_like_a_word() -> None:
    source = jambonz(startConferenceOnEnter=False, waitHook="beep-hook")
    result = translate(source, "cxml", "jambonz", options={"base_url": "https://a.example"})
    assert said(result)["waitUrl"] == "https://a.example/beep-hook"
    assert "wait/endpoint" in codes(result)


@pytest.mark.parametrize("target", ["twiml", "cxml", "plivo", "swml"])
def test_a_websocket_is_no_url_that_others_ask(target: str) -> None:
    source = jambonz(statusHook="wss://a.example/ws", statusEvents=["join"])
    assert "status-url/unresolved" in codes(translate(source, target, "jambonz"))
    assert "status-url/unresolved" not in codes(translate(source, "jambonz", "jambonz"))


def test_jambonz_listens_to_websockets_only() -> None:
    source = '{"version": "1.0.0", "sections": {"main": [{"tap": {"uri": "rtp://192.0.2.4:5000"}}, {"join_conference": "r"}]}}'
    assert "start-stream-url/unresolved" in codes(translate(source, "jambonz", "swml"))
