"""What a call really does, in the order in which steps run: who answers it, how it ends, which voice speaks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from translator import Result, translate

ROOM: dict[str, Any] = {"join_conference": {"name": "r"}}
HELLO = {"play": {"url": "say:Hello"}}


def swml(*main: Any, **sections: Any) -> str:
    return json.dumps({"version": "1.0.0", "sections": {"main": list(main), **sections}})


def jambonz(*verbs: Any) -> str:
    return json.dumps([*verbs, {"verb": "conference", "name": "r"}])


def plivo(verbs: str) -> str:
    return f"<Response>{verbs}<Conference>r</Conference></Response>"


def codes(result: Result) -> dict[str, str]:
    """Code -> gravest severity, but for notices."""
    rising = sorted(result.losses, key=lambda loss: loss.severity != "error", reverse=True)
    return {loss.code: loss.severity for loss in rising if loss.severity != "notice"}


def test_a_play_that_is_stopped_ends_in_its_own_dialect_alone() -> None:
    verb = {"verb": "play", "url": "https://a.example.com/a.mp3", "loop": "forever", "timeoutSecs": 10}
    found = codes(translate(jambonz(verb), "twiml", "jambonz"))
    assert found["conference/structure"] == "error"
    assert found["play-stop-after/dropped"] == "warning"
    assert "conference/structure" not in codes(translate(jambonz(verb), "swml", "jambonz"))


def test_a_list_that_is_repeated_for_ever_says_what_is_repeated() -> None:
    verb = {"verb": "play", "url": ["https://a.io/a.mp3", "https://a.io/b.mp3"], "loop": "forever"}
    (loss,) = [each for each in translate(jambonz(verb), "plivo", "jambonz").losses if each.field == "play_repeat"]
    assert "the list is played once, then its last recording for ever" in loss.message
    assert loss.severity == "warning"


@pytest.mark.parametrize(
    "urls", [["silence_stream://2000", "silence_stream://1000"], ["https://a.io/a.mp3", "tone_stream://L=3"]]
)
def test_a_list_that_is_repeated_for_ever_and_ends_elsewhere(urls: list[str]) -> None:
    result = translate(jambonz({"verb": "play", "url": urls, "loop": "forever"}), "twiml", "jambonz")
    (loss,) = [each for each in result.losses if each.code == "conference/structure"]
    assert loss.severity == "error"
    assert "TwiML does reach it" in loss.message
    assert not any("its last recording" in each.message for each in result.losses)


@pytest.mark.parametrize("target", ["twiml", "cxml", "plivo"])
def test_a_user_of_one_account_is_no_user_of_another(target: str) -> None:
    verb = {"verb": "dial", "target": [{"type": "user", "name": "al@sip.example.com"}]}
    assert codes(translate(jambonz(verb), target, "jambonz"))["target-address/unresolved"] == "error"


@pytest.mark.parametrize(
    ("steps", "sections", "twiml", "plivo_", "lost"),
    [
        ([{"answer": {}}, {"hangup": {"reason": "busy"}}], {}, "<Hangup/>", '<Hangup reason="busy"/>', "answer"),
        ([{"hangup": {"reason": "busy"}}], {}, '<Reject reason="busy"/>', '<Hangup reason="busy"/>', ""),
        ([{"execute": {"dest": "a"}}, {"hangup": {}}], {"a": [{"answer": {}}]}, "<Hangup/>", "<Hangup/>", "hangup"),
        ([{"execute": {"dest": "a"}}], {"a": [{"hangup": {}}]}, '<Reject reason="rejected"/>', "<Hangup", ""),
        ([{"execute": {"dest": "a"}}], {"a": [{"execute": {"dest": "a"}}, {"hangup": {}}]}, "<Reject", "<Hangup", ""),
    ],
)
def test_a_call_that_was_answered_is_ended_and_one_that_rings_is_refused(
    steps: list[Any], sections: dict[str, Any], twiml: str, plivo_: str, lost: str
) -> None:
    source = swml(*steps, ROOM, **sections)
    assert twiml in translate(source, "twiml", "swml").text
    result = translate(source, "plivo", "swml")
    assert plivo_ in result.text
    grave = {code for code, severity in codes(result).items() if severity == "error" and "execute" not in code}
    assert {code.partition("-")[0].partition("/")[0] for code in grave} == ({lost} if lost else set())


def test_a_usual_voice_speaks_in_the_order_in_which_steps_run() -> None:
    brian, amy = ({"set": {"say_voice": f"amazon.{name}"}} for name in ("Brian", "Amy"))

    def voices(*main: Any, **sections: Any) -> list[str]:
        text = translate(swml(*main, ROOM, **sections), "twiml", "swml").text
        return [part.partition('"')[0] for part in text.split('voice="Polly.')[1:]]

    assert voices({"execute": {"dest": "setup"}}, HELLO, setup=[brian]) == ["Brian"]
    assert voices(HELLO, brian, HELLO, {"unset": "say_voice"}, HELLO) == ["Salli", "Brian", "Salli"]
    assert voices(brian, {"execute": {"dest": "a"}}, HELLO, a=[HELLO, amy]) == ["Brian", "Amy"]
    unreached = json.dumps({"sections": {"es": [brian, HELLO], "main": [HELLO, ROOM]}, "version": "1.0.0"})
    assert "Polly.Salli" in translate(unreached, "twiml", "swml").text
    twice = swml(brian, {"execute": {"dest": "a"}}, amy, {"execute": {"dest": "a"}}, ROOM, a=[HELLO])
    assert codes(translate(twice, "twiml", "swml"))["section/structure"] == "warning"
    assert translate(twice, "swml", "swml").lossless


def test_numbers_without_a_plus_are_the_same_numbers() -> None:
    text = '<Dial callerId="15550100001"><Number>15550100002</Number></Dial><Message src="15550100001" dst="15550100002">x</Message>'
    for target in ("twiml", "cxml", "swml", "jambonz"):
        result = translate(plivo(text), target, "plivo").text
        assert result.count("+1555") == 4, result
        assert '"1555' not in result
    assert text in translate(plivo(text), "plivo", "plivo").text.replace("\n  ", "").replace("  <", "<")
    assert 'src="ACME"' in translate(plivo('<Message src="ACME" dst="1">x</Message>'), "plivo", "plivo").text


def test_a_language_that_the_basic_voice_does_not_speak() -> None:
    for target in ("twiml", "cxml"):
        polish = translate(plivo('<Speak language="pl-PL">x</Speak>'), target, "plivo")
        assert codes(polish)["say-language/changed"] == "warning"
        german = translate(plivo('<Speak language="de-DE">x</Speak>'), target, "plivo")
        assert "say-language/changed" not in codes(german)


def test_input_that_nobody_is_told_of() -> None:
    prompt = {"prompt": {"play": "say:hi", "speech_language": "en-US"}}
    assert codes(translate(swml(prompt, ROOM), "plivo", "swml"))["gather/unresolved"] == "error"


def test_digits_that_were_to_stay_out_of_logs() -> None:
    verb = '<GetDigits action="https://a.example.com" log="false"><Speak>x</Speak></GetDigits>'
    assert codes(translate(plivo(verb), "twiml", "plivo"))["gather-log/dropped"] == "error"


def test_a_queue_and_a_payment_are_others_on_the_other_platform() -> None:
    source = "<Response><Pay/><Enqueue>q</Enqueue><Sim>x</Sim><Dial><Conference>r</Conference></Dial></Response>"
    result = translate(source, "cxml", "twiml")
    found = codes(result)
    assert found == {"pay/unresolved": "error", "enqueue/unresolved": "error", "sim/step": "error"}
    assert "<Sim>" not in result.text


def test_audio_may_be_answered_where_audio_or_markup_is_taken() -> None:
    frame = {"jsonrpc": "2.0", "id": "1", "method": "calling.join_conference"}
    source = json.dumps({**frame, "params": {"node_id": "n", "call_id": "c", "name": "r", "wait_url": "https://a.io"}})
    assert "wait/endpoint" not in codes(translate(source, "twiml", "relay"))
    assert "wait/endpoint" in codes(translate(source, "cxml", "relay"))


def test_digits_without_a_plus_are_no_loss_where_they_mean_the_same() -> None:
    dial = '<Dial callerId="15551230000"><Number>15551110000</Number></Dial><Sms to="15551110000" from="15551230000">x</Sms>'
    source = f"<Response>{dial}<Dial><Conference>r</Conference></Dial></Response>"
    result = translate(source, "plivo", "twiml")
    assert not codes(result)
    assert result.text.count("15551110000") == 2


def test_a_section_changes_the_voice_that_it_is_entered_with() -> None:
    german, french = ({"set": {"say_language": name}} for name in ("de-DE", "fr-FR"))
    back = swml({"execute": {"dest": "g"}}, HELLO, ROOM, g=[german, {"return": {}}, french])
    assert '"language": "de-DE"' in translate(back, "jambonz", "swml").text
    joanna = {"set": {"say_voice": "amazon.Joanna"}}
    beep = {"play": {"url": "https://a.example.com/beep.mp3"}}
    twice = swml({"execute": {"dest": "g"}}, joanna, {"execute": {"dest": "g"}}, HELLO, ROOM, g=[beep])
    result = translate(twice, "twiml", "swml")
    assert 'voice="Polly.Joanna"' in result.text
    assert "section/structure" not in codes(result)


@pytest.mark.parametrize(
    ("steps", "sections"),
    [
        ([{"execute": {"dest": "g"}}], {"g": [{"cond": [{"when": "open", "then": [{"return": {}}]}]}, {"hangup": {}}]}),
        ([{"goto": {"label": "in", "when": "open"}}, {"hangup": {}}, {"label": "in"}], {}),
    ],
)
def test_a_room_that_is_reached_where_it_is_open_is_not_called_unreached(
    steps: list[Any], sections: dict[str, Any]
) -> None:
    for target in ("plivo", "jambonz", "twiml"):
        result = translate(swml(*steps, ROOM, **sections), target, "swml")
        (loss,) = [each for each in result.losses if each.code == "conference/structure"]
        assert loss.severity == "error"
        assert "SWML reaches the conference r" in loss.message


def test_a_label_that_nobody_goes_to_is_no_way_in() -> None:
    result = translate(swml({"hangup": {}}, {"label": "x"}, ROOM), "twiml", "swml")
    (loss,) = [each for each in result.losses if each.code == "conference/structure"]
    assert loss.severity == "warning"
    assert "never reaches" in loss.message
