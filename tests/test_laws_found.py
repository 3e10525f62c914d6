"""What the laws found: the smallest document of each fault, and one line why it was one."""

from __future__ import annotations

import json

from translator import read, registry, translate
from translator.dialect import REMEMBERED
from translator.plan import plan


def codes(source: str, to: str, from_: str) -> set[str]:
    return {loss.code for loss in translate(source, to, from_).losses}


def jambonz(*verbs: dict[str, object]) -> str:
    return json.dumps([*verbs, {"verb": "conference", "name": "r"}])


def swml(*steps: object) -> str:
    return json.dumps({"version": "1.0.0", "sections": {"main": [*steps, {"join_conference": "r"}]}})


def xml(verbs: str) -> str:
    return f"<Response>{verbs}<Dial><Conference>r</Conference></Dial></Response>"


def intent(*steps: dict[str, object], dialect: str | None = None) -> str:
    return json.dumps({"dialect": dialect, "steps": [*steps, {"kind": "conference", "name": "r"}]})


def own(source: str, dialect: str) -> str:
    """Through the intent, and back to its own dialect."""
    return translate(translate(source, "intent", dialect).text, dialect, "intent").text


def test_elements_in_a_text_are_never_taken_for_the_text_that_they_equal() -> None:
    """What was remembered of the plain text was true of the markup as well: the second document got another output."""
    plain, markup = xml("<Say>Hi &lt;break/&gt;</Say>"), xml("<Say>Hi <break/></Say>")
    first = translate(markup, "plivo", "twiml").text
    translate(plain, "plivo", "twiml")
    assert translate(markup, "plivo", "twiml").text == first
    assert read(markup, "twiml").steps[0].ssml is True


def test_elements_in_a_message_are_told_and_are_no_text() -> None:
    """Only a text that is spoken holds elements; in a message they went through as they were."""
    source = xml('<Sms to="+1" from="+2">Hi<Body>x</Body></Sms>')
    assert "body/step" in codes(source, "plivo", "twiml")
    assert "Body" not in translate(source, "plivo", "twiml").text


def test_what_a_prompt_for_digits_says_of_speech_is_told() -> None:
    """A SWML prompt for digits may hold no key about speech: they were left out in silence."""
    source = xml('<Gather input="dtmf" language="de-DE" hints="one"/>')
    assert {"gather-language/dropped", "gather-hints/dropped"} <= codes(source, "swml", "twiml")


def test_an_empty_step_comes_back_empty() -> None:
    """Through the intent `{}` came back as null."""
    assert json.loads(own(swml({}), "swml"))["sections"]["main"][0] == {}


def test_an_attribute_in_angle_brackets_is_no_child() -> None:
    """The intent names nested elements so: the attribute was lost on the way back."""
    source = '{"version": "1.0.0", "sections": {"main": [{"join_conference": {"name": "r", "<inputs>": ""}}]}}'
    assert json.loads(own(source, "swml")) == json.loads(source)


def test_a_verb_that_lacks_what_it_must_have_comes_back_through_the_intent() -> None:
    """It was left out, as for a stranger: its own author wrote it so."""
    for verb in ("dial", "listen", "stream", "pause"):
        (found, _) = json.loads(own(jambonz({"verb": verb, "x": 7}), "jambonz"))
        assert (found["verb"], found["x"]) == (verb, 7)


def test_a_ringing_call_is_refused_and_not_let_in() -> None:
    """jambonz skips `hangup` while the call rings: the caller came into the conference that the source keeps him from."""
    source = swml({"hangup": {"reason": "hangup"}})
    assert json.loads(translate(source, "jambonz", "swml").text)[0] == {"verb": "sip:decline", "status": 603}
    source = intent({"kind": "hangup", "cause": "${x}"})
    assert json.loads(translate(source, "jambonz", "intent").text)[0] == {"verb": "sip:decline", "status": 603}


def test_a_call_is_answered_behind_a_conference_in_a_single_action() -> None:
    """One SWAIG action counted as one step: what stood behind its conference was taken for the first of the call."""
    steps = [{"join_conference": "r"}, {"hangup": {}}]
    reply = {"action": [{"SWML": {"version": "1.0.0", "sections": {"main": steps}}}]}
    assert json.loads(translate(json.dumps(reply), "jambonz", "swaig").text)[-1] == {"verb": "hangup"}


def test_an_action_of_the_name_of_a_key_of_the_reply_stays_an_action() -> None:
    """It was moved beside the actions, where it is another thing; and a SWML that is no document was emptied."""
    actions = [{"post_process": True}, {"SWML": "no document"}, {"SWML": json.loads(swml())}]
    assert json.loads(translate(json.dumps({"action": actions}), "swaig", "swaig").text) == {"action": actions}


def test_a_conference_that_is_no_object_is_told_even_to_its_own_dialect() -> None:
    """`true` came back as `{}`, and nobody was told."""
    source = '{"version": "1.0.0", "sections": {"main": [{"join_conference": true}]}}'
    losses = translate(source, "swml", "swml").losses
    assert [loss.code for loss in losses] == ["method/structure"]
    assert "True" in losses[0].message


def test_a_sound_that_cannot_be_written_is_invalid_where_it_is_read() -> None:
    """It was read as a URL, and written nowhere; and a voice beside recordings alone was dropped in silence."""
    source = swml({"play": {"url": "tone:x", "say_gender": "male"}})
    assert {"play-urls/invalid", "play-say-gender/unknown"} <= codes(source, "plivo", "swml")
    assert json.loads(own(source, "swml")) == json.loads(translate(source, "swml", "swml").text)


def test_silence_has_no_loudness_and_no_place_before_the_answer() -> None:
    """A play of silences is written as pauses, and was reported as if it were still a play."""
    source = intent({"kind": "play", "urls": ["silence:2"], "volume": 7, "early_media": True})
    assert {"play-volume/dropped", "play-early-media/dropped"} <= codes(source, "plivo", "intent")


def test_a_list_of_no_recordings_is_no_play() -> None:
    """It was divided by."""
    assert "play/step" in codes(intent({"kind": "play", "urls": []}), "plivo", "intent")


def test_a_flow_that_begins_with_an_end_of_the_call_is_read() -> None:
    """A KeyError left the library: the canonical dialect has no verb that answers."""
    assert codes(intent({"kind": "hangup"}, dialect="twiml"), "twiml", "intent") == set()


def test_a_prompt_that_is_heard_early_stays_so_in_its_own_dialect() -> None:
    """Through the intent earlyMedia of a nested say was left out, as for a stranger."""
    verb = {"verb": "gather", "say": {"text": "Hi", "earlyMedia": True}}
    assert json.loads(own(jambonz(verb), "jambonz"))[0]["say"]["earlyMedia"] is True


def test_a_template_is_no_shape_of_a_document() -> None:
    """A template for whether it is heard early made a PreAnswer of it."""
    source = intent({"kind": "play", "urls": ["https://a/b.mp3"], "early_media": "${x}"})
    assert "PreAnswer" not in translate(source, "plivo", "intent").text


def test_a_template_for_a_list_of_sounds_is_one_sound() -> None:
    """It was taken apart letter by letter."""
    text = translate(intent({"kind": "play", "urls": "{x}"}, dialect="swml"), "swml", "intent").text
    assert json.loads(text)["sections"]["main"][0] == {"play": {"url": "{x}"}}


def test_a_step_that_its_own_dialect_cannot_write_is_told() -> None:
    """A flow made by hand may hold what no document can: it was left out in silence."""
    steps = {"kind": "play", "urls": ["tone:x"]}
    assert "play/step" in codes(intent(steps, dialect="swml"), "swml", "intent")


def test_two_attributes_that_contradict_each_other_are_told() -> None:
    """The later one was taken, and the other one forgotten."""
    both = {"bidirectionalAudio": {"enabled": True}, "disableBidirectionalAudio": True}
    source = jambonz({"verb": "listen", "url": "wss://a", **both})
    assert "start-stream-both-ways/invalid" in codes(source, "twiml", "jambonz")


def test_a_frame_without_an_id_comes_back_without_one() -> None:
    """A null was put in: in JSON-RPC that is another thing."""
    frame = {"jsonrpc": "2.0", "method": "calling.join_conference", "params": {"name": "r"}}
    assert json.loads(translate(json.dumps(frame), "relay", "relay").text) == frame


def test_a_key_that_another_one_silences_is_told() -> None:
    """No prompt of SWML holds a speech timeout without listening to speech: in a flow made by hand it went in silence."""
    source = intent({"kind": "gather", "inputs": ["digits"], "speech_timeout": 3}, dialect="swml")
    assert codes(source, "swml", "intent") == {"gather-speech-timeout/dropped"}
    source = intent({"kind": "gather", "prompt": [{"kind": "say", "text": "Hi", "early_media": True}]}, dialect="swml")
    assert codes(source, "swml", "intent") == {"say-early-media/dropped"}


def test_prompts_that_differ_in_loudness_are_told() -> None:
    """Only voices were compared: the second loudness was lost in silence."""
    prompt = [{"kind": "play", "urls": ["https://a/b.mp3"], "volume": volume} for volume in (0, 7)]
    assert "gather-prompt/changed" in codes(intent({"kind": "gather", "prompt": prompt}), "swml", "intent")


def test_blanks_around_the_text_of_an_element_are_told() -> None:
    """They were written, and are not read."""
    losses = translate(intent({"kind": "redirect", "url": " x "}), "cxml", "intent").losses
    assert [(loss.asked, loss.given) for loss in losses if loss.field == "redirect_url"] == [(" x ", "x")]


def test_one_template_for_several_fields_of_an_attribute() -> None:
    """A ValueError left the library: a free text that looks like a template is none of its type."""
    source = intent({"kind": "say", "text": "Hi", "voice": "{{x}}", "voice_gender": "{{x}}"})
    assert 'voice="{{x}}"' in translate(source, "plivo", "intent").text


def test_a_hook_that_is_never_asked_is_told() -> None:
    """The dial's own confirmHook was forgotten where each target has one."""
    target = {"type": "phone", "number": "+15550100002", "confirmHook": {"url": "https://a/b"}}
    source = jambonz({"verb": "dial", "confirmHook": "https://a/c", "target": [target]})
    assert "target-screen-url/structure" in codes(source, "twiml", "jambonz")


def test_a_word_of_other_dialects_is_no_recording() -> None:
    """`<Play>silence:2</Play>` became a pause: TwiML asks for a URL of that name."""
    source = "<Response><Play>silence:2</Play><Dial><Conference>r</Conference></Dial></Response>"
    assert "play-urls/invalid" in codes(source, "swml", "twiml")
    assert "silence:2" in own(source, "twiml")


def test_a_side_of_the_call_is_no_number() -> None:
    """`src="call.from"` was taken for our own word, and left out where it was written."""
    source = '<Response><Conference>r</Conference><Message src="call.from" dst="15550100002">Hi</Message></Response>'
    assert "message-sender/invalid" in codes(source, "twiml", "plivo")
    assert "call.from" in own(source, "plivo")


def test_what_an_equal_word_shapes_is_lost_with_it() -> None:
    """Words were not asked, only numbers and switches: jambonz asks on nothing too, but nobody is left to ask."""
    source = '<Response><Gather actionOnEmptyResult="true"/><Dial><Conference>r</Conference></Dial></Response>'
    assert "gather-on-nothing/dropped" in codes(source, "jambonz", "cxml")


def test_a_text_of_two_templates_is_no_element() -> None:
    """lxml's ValueError left the library."""
    text = "&lt;?php a ?&gt;&lt;?php b ?&gt;"
    source = f"<Response>{text}<Dial><Conference>r</Conference></Dial></Response>"
    assert "text/structure" in codes(source, "jambonz", "cxml")


def test_an_engine_of_an_unknown_vendor_comes_back_through_the_intent() -> None:
    """It was left out where the vendor is not written as ours."""
    say = {"verb": "say", "text": "x", "synthesizer": {"vendor": "AWS", "voice": "Joanna", "engine": "standard"}}
    assert json.loads(own(jambonz(say), "jambonz"))[0] == say


def test_the_loudness_of_silence_in_a_prompt_is_told() -> None:
    """Silence became a pause, and what else was said of it went in silence."""
    prompt = [{"kind": "play", "urls": ["silence:2"], "volume": 7}]
    assert "play-volume/dropped" in codes(intent({"kind": "gather", "prompt": prompt}), "cxml", "intent")


def test_a_sleep_without_a_duration_is_no_second() -> None:
    assert json.loads(own(swml({"sleep": {}}), "swml"))["sections"]["main"][0] == {"sleep": {}}


def test_silence_for_ever_in_a_prompt_is_told() -> None:
    """It became one pause."""
    prompt = [{"kind": "play", "urls": ["silence:2"], "repeat": "forever"}]
    assert "play-repeat/dropped" in codes(intent({"kind": "gather", "prompt": prompt}), "cxml", "intent")
    prompt = [{"kind": "play", "urls": ["silence:2"], "repeat": 3}]
    assert "play-repeat/dropped" not in codes(intent({"kind": "gather", "prompt": prompt}), "cxml", "intent")


def test_a_target_with_a_hook_of_its_own_takes_nothing_of_the_dials() -> None:
    """It took the method of the dial's hook for its own URL."""
    hooks = {"confirmHook": {"url": "https://a/dial", "method": "GET"}}
    own_hook = {"type": "phone", "number": "+15550100002", "confirmHook": {"url": "https://a/own"}}
    other = {"type": "phone", "number": "+15550100003"}
    text = translate(jambonz({"verb": "dial", **hooks, "target": [own_hook, other]}), "twiml", "jambonz").text
    assert '<Number url="https://a/own">' in text
    assert '<Number url="https://a/dial" method="GET">' in text


def test_names_of_own_fields_do_not_fill_the_memory() -> None:
    """What became of each was remembered for ever: the names are the document's."""
    known = plan(registry.get("cxml"), registry.get("plivo")).verdicts
    for number in range(REMEMBERED + 10):
        step = {"kind": "conference", "name": "r", "own": {f"k{number}": 1}}
        translate(json.dumps({"dialect": "cxml", "steps": [step]}), "plivo", "intent")
    assert len(known) <= REMEMBERED


def test_what_stands_deep_in_a_value_may_be_anything() -> None:
    """A TypeError left the library: a list where a word belongs cannot be looked up."""
    say = {"verb": "say", "text": "x", "synthesizer": {"vendor": "aws", "voice": "Joanna", "gender": ["MALE"]}}
    assert "say-voice/invalid" in codes(jambonz(say), "plivo", "jambonz")
    prompt = {"prompt": {"play": "say:x", "<inputs>": []}}
    assert "conference" in {step.kind for step in read(swml(prompt), "swml").steps}


def test_a_template_tag_as_the_text_of_a_step_is_told_and_written_once() -> None:
    source = "<Response><Play><?php echo $x ?></Play><Conference>r</Conference></Response>"
    assert "instruction/structure" in codes(source, "jambonz", "plivo")
    through = translate(translate(source, "intent", "plivo").text, "plivo", "intent").text
    assert through.count("<?php") == 1


def test_a_hook_with_a_strange_key_is_told_in_the_order_of_codes() -> None:
    hook = {"url": "https://a/b", "method": "GET", "Beep": ""}
    source = jambonz({"verb": "conference", "name": "r", "startConferenceOnEnter": True, "waitHook": hook})
    found = [(loss.line, loss.column, loss.code) for loss in translate(source, "swml", "jambonz").losses]
    assert found == sorted(found)


def test_a_voice_of_a_prompt_that_speaks_nothing_is_told() -> None:
    source = swml({"prompt": {"play": "https://a.example/x.mp3", "say_language": "de-DE"}}, "join_conference")
    assert "say-language/invalid" in {loss.code for loss in translate(source, "twiml", "swml").losses}


def test_what_shares_a_place_in_yaml_is_told_in_the_order_of_codes() -> None:
    source = 'version: 1.0.0\nsections:\n  main:\n  - join_conference: {name: r}\n    "<inputs>": ""\n'
    found = [(loss.line, loss.column, loss.code) for loss in translate(source, "relay", "swml").losses]
    assert found == sorted(found)
