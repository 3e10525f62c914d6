"""The Python interface, as scripts use it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import cxml

import translator
from translator import (
    UNKNOWN,
    AmbiguousDialect,
    Conference,
    Flow,
    InvalidOption,
    LossyTranslation,
    NoConference,
    TranslatorError,
    UnknownDialect,
    detect,
    dialects,
    read,
    translate,
    write,
)
from translator.flow import Branch, Foreign

SOURCE = cxml('beep="true" endConferenceOnExit="true" statusCallback="https://a.example/s" statusCallbackEvent="join"')


def test_a_result_has_what_the_contract_names() -> None:
    result = translate(SOURCE, to="jambonz")
    assert json.loads(result.text)[0]["verb"] == "conference"
    assert (result.source_dialect, result.target_dialect, result.syntax) == ("twiml", "jambonz", "json")
    assert isinstance(result.losses, tuple)
    assert result.lossless is False
    assert result.flow.conferences[0].end_on_exit == "any"
    assert result.detection is not None
    assert translate(SOURCE, "jambonz", "cxml").detection is None


def test_a_loss_has_what_the_contract_names() -> None:
    losses = {loss.code: loss for loss in translate(SOURCE, "jambonz", "cxml").losses}
    loss = losses["exit-sound/dropped"]
    assert loss.as_dict() == {
        "code": "exit-sound/dropped",
        "kind": "dropped",
        "severity": "warning",
        "field": "exit_sound",
        "said": True,
        "path": "/Response/Dial/Conference/@beep",
        "line": 1,
        "column": 29,
        "source": 'beep="true"',
        "asked": "beep",
        "given": "none",
        "message": 'cXML beep="true": its exit sound has no counterpart in jambonz. There, it is none. '
        "jambonz: There is no exit tone, ever.",
        "remedy": "Play the sound from the application.",
    }
    default = losses["leg-time-limit/default"]
    assert (default.said, default.source, default.asked, default.given) == (False, "", 14400, None)
    assert losses["relay-digits/default"].asked == "unknown"
    assert loss == translate(SOURCE, "jambonz", "cxml").losses[0] or loss in translate(SOURCE, "jambonz", "cxml").losses


def test_losses_can_be_sent_to_another_process() -> None:
    losses = translate(SOURCE, "plivo", "cxml").losses
    assert pickle.loads(pickle.dumps(losses)) == losses
    assert len(set(losses)) == len(losses)
    assert "exit-sound" in repr(translate(SOURCE, "jambonz", "cxml").losses)


def test_raise_for_losses() -> None:
    result = translate(SOURCE, "jambonz", "cxml")
    with pytest.raises(LossyTranslation) as caught:
        result.raise_for_losses()
    assert {loss.severity for loss in caught.value.losses} == {"warning"}
    result.raise_for_losses("error")
    with pytest.raises(LossyTranslation):
        result.raise_for_losses("notice")
    translate(SOURCE, "cxml", "cxml").raise_for_losses("notice")
    with pytest.raises(InvalidOption):
        result.raise_for_losses("fatal")


def test_flows_are_frozen_and_can_be_changed_by_copy() -> None:
    flow = read(SOURCE, "cxml")
    conference = flow.conferences[0]
    with pytest.raises(ValueError, match="frozen"):
        conference.muted = True  # type: ignore[misc]
    changed = flow.model_copy(update={"steps": (conference.model_copy(update={"muted": True}),)})
    assert 'muted="true"' in write(changed, "plivo").text


def test_a_flow_made_by_hand_says_only_what_it_says() -> None:
    result = write(Flow(steps=(Conference(name="r", muted=True),)), "swml")
    assert json.loads(result.text)["sections"]["main"] == [{"join_conference": {"name": "r", "muted": True}}]
    assert result.lossless
    assert result.source_dialect == "intent"


def test_write_finds_places_in_the_document_that_was_read() -> None:
    losses = {loss.code: loss for loss in write(read(SOURCE, "cxml"), "jambonz").losses}
    assert (losses["exit-sound/dropped"].line, losses["exit-sound/dropped"].column) == (1, 29)


def test_dialects_show_their_tables() -> None:
    found = dialects()
    assert list(found) == ["swml", "swaig", "relay", "cxml", "twiml", "jambonz", "plivo", "intent"]
    cxml_ = found["cxml"]
    assert (cxml_.name, cxml_.title, cxml_.syntaxes, cxml_.suffixes) == ("cxml", "cXML", ("xml",), (".cxml.xml",))
    assert "laml" in cxml_.aliases
    assert {"beep", "waitUrl"} <= {row.wire for row in cxml_.verbs["conference"].attributes}
    assert cxml_.implied["muted"] is False
    assert found["plivo"].implied["wait"] is UNKNOWN
    assert repr(UNKNOWN) == "UNKNOWN"
    assert not UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("cxlm", "cxml"),
        ("twimml", "twiml"),
        ("Jambons", "jambonz"),
        ("plivo_xml", None),
        ("LAML", None),
        (" SWML ", None),
    ],
)
def test_names(name: str, meant: str | None) -> None:
    if meant is None:
        assert translate(SOURCE, name, "cxml").text
        return
    with pytest.raises(UnknownDialect, match=f"Did you mean {meant}") as caught:
        translate(SOURCE, name)
    assert meant in caught.value.suggestions


def test_the_callers_word_wins() -> None:
    direct = "<Response><Conference beep='false'>r</Conference></Response>"
    assert detect(direct).dialect == "plivo"
    assert translate(direct, "swml", "cxml").source_dialect == "cxml"


def test_options() -> None:
    with pytest.raises(InvalidOption, match="base_url"):
        translate(SOURCE, "jambonz", "cxml", options={"base": "x"})
    with pytest.raises(InvalidOption, match="not written in yaml"):
        translate(SOURCE, "jambonz", "cxml", syntax="yaml")
    assert translate(SOURCE, "swml", "cxml", syntax="yaml").text.startswith("version:")


def test_errors_are_one_family() -> None:
    for name in translator.__all__:
        value = getattr(translator, name)
        if isinstance(value, type) and issubclass(value, Exception):
            assert issubclass(value, TranslatorError)
    with pytest.raises(AmbiguousDialect) as caught:
        translate("<Response><Conference mute='true' hold='true' tag='x'>r</Conference></Response>", "swml")
    assert set(caught.value.candidates) <= set(dialects())
    with pytest.raises(NoConference):
        translate("<Response><Say>x</Say></Response>", "swml", "cxml")
    with pytest.raises(AttributeError):
        translator.nothing  # noqa: B018
    assert set(translator.__all__) <= set(dir(translator))


def test_an_intent_that_is_none_is_named_with_its_place() -> None:
    with pytest.raises(translator.UnreadableDocument, match="muted") as caught:
        translate('{"steps": [{"kind": "conference",\n "muted": 7}]}', "swml", "intent")
    assert caught.value.line == 2
    with pytest.raises(translator.UnreadableDocument, match="own"):
        translate('{"steps": [{"kind": "conference", "own": {"muted": true}}]}', "swml", "intent")
    with pytest.raises(NoConference):
        translate('{"steps": []}', "swml", "intent")


def imported_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return set(output.splitlines()[-1].split())


def test_importing_the_package_imports_next_to_nothing() -> None:
    modules = imported_by("import translator")
    assert not {"lxml", "pydantic", "yaml", "click"} & modules
    assert not any(name.startswith("dialects") for name in modules)


def test_yaml_is_loaded_only_for_yaml() -> None:
    code = f"from translator import translate\ntranslate({SOURCE!r}, 'plivo', 'cxml').losses"
    assert "yaml" not in imported_by(code)


def test_the_command_loads_only_what_one_document_needs(tmp_path: Path) -> None:
    path, other = tmp_path / "room.cxml.xml", tmp_path / "room.swml.json"
    path.write_text(SOURCE)
    other.write_text(translate(SOURCE, "swml", "cxml").text)
    code = (
        "import os\nfrom translator.cli import main\nos.chdir({!r})\nsys.argv = 'translator convert {} --to {}'.split()\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code"
    )
    never = {"yaml", "pydantic", "tomllib", "difflib", "secrets", "hashlib", "shutil", "importlib.metadata"}
    never |= {"translator.jsonlines", "translator.intent", "translator.web", "multiprocessing"}
    assert not (never | {"json"}) & imported_by(code.format(str(tmp_path), path.name, "jambonz"))
    assert not (never | {"json", "pydantic_core"}) & imported_by(code.format(str(tmp_path), path.name, "plivo"))
    assert not (never | {"pydantic_core"}) & imported_by(code.format(str(tmp_path), other.name, "plivo"))


@pytest.mark.parametrize("base", ["http://[bad", "foo", 3])
def test_a_base_url_is_absolute(base: object) -> None:
    with pytest.raises(InvalidOption, match="base_url"):
        translate(cxml('waitUrl="/w"'), "swml", "cxml", options={"base_url": base})  # type: ignore[dict-item]


def test_what_is_no_url_is_passed_on_beside_a_base_url() -> None:
    result = translate(cxml('waitUrl="//[x/y"'), "swml", "cxml", options={"base_url": "https://a.example"})
    assert "//[x/y" in result.text


@pytest.mark.parametrize("call", [detect, read, lambda x: translate(x, "swml"), lambda x: write(x, "swml")])
def test_what_is_no_document_is_refused(call: object) -> None:
    with pytest.raises(TranslatorError):
        call(None)  # type: ignore[operator]


def test_flows_are_equal_by_what_they_say() -> None:
    source = '[{"verb":"say","text":"x"},{"verb":"conference","name":"x"}]'
    assert read(source, "jambonz") == read(source.replace(",", " , "), "jambonz")
    assert read(source, "jambonz") != read(source.replace('"name":"x"', '"name":"y"'), "jambonz")


def test_flows_and_results_go_to_other_processes() -> None:
    flow = read("<Response><Dial><Conference>a<b/></Conference></Dial></Response>", "cxml")
    copy = pickle.loads(pickle.dumps(flow))
    assert copy == flow
    assert write(copy, "cxml").text == write(flow, "cxml").text
    result = translate('[{"verb":"conference","name":"x"}]', "cxml", "jambonz")
    copied = pickle.loads(pickle.dumps(result))
    assert (copied.text, copied.flow, copied.losses) == (result.text, result.flow, result.losses)
    assert [loss.message for loss in copied.losses] == [loss.message for loss in result.losses]


def test_tables_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        dialects()["plivo"].conference.implied["muted"] = True  # type: ignore[index]


def test_a_loss_of_a_changed_field_does_not_quote_the_old_source() -> None:
    flow = read(cxml('maxParticipants="10" beep="false"'), "cxml")
    (step,) = flow.steps
    changed = flow.model_copy(update={"steps": (step.model_copy(update={"max_participants": 500}),)})
    (loss,) = [loss for loss in write(changed, "plivo").losses if loss.code == "max-participants/clamped"]
    assert loss.source == ""
    assert "10" not in loss.message


HANDMADE = [
    (
        "jambonz",
        '{"kind":"conference","name":"a"},{"kind":"foreign","verb":"cond","branches":'
        '[{"place":"/a","label":"l","steps":[{"kind":"conference","name":"b"}]}]}',
        {"conference/structure", "cond/step"},
    ),
    (
        "swml",
        '{"kind":"foreign","verb":"result","branches":[{"place":"/result/0/then","label":"l","steps":'
        '[{"kind":"conference","name":"a"}]}]},{"kind":"conference","name":"b"}',
        {"conference/structure", "result/step"},
    ),
    ("relay", '{"kind":"conference","name":"a"},{"kind":"foreign","verb":"zip","raw":{"a":1}}', {"zip/step"}),
]


@pytest.mark.parametrize(("dialect", "steps", "lost"), HANDMADE)
def test_a_step_of_a_flow_made_by_hand_that_has_no_place_is_a_loss(dialect: str, steps: str, lost: set[str]) -> None:
    result = translate(f'{{"dialect": "{dialect}", "steps": [{steps}]}}', dialect, "intent")
    assert {loss.code for loss in result.losses if loss.severity == "error"} == lost


def test_raw_steps_that_are_none_of_the_dialect_are_refused() -> None:
    steps = '{"kind":"conference","name":"a"},{"kind":"foreign","verb":"#attribute","raw":{"a b":"c"}}'
    with pytest.raises(TranslatorError, match="not those of cXML"):
        translate(f'{{"dialect": "cxml", "steps": [{steps}]}}', "cxml", "intent")


@pytest.mark.parametrize("target", ["swml", "cxml", "jambonz", "plivo"])
def test_an_empty_name_is_no_name(target: str) -> None:
    result = translate('{"steps": [{"kind": "conference", "name": " "}]}', target, "intent")
    assert "name/invalid" in {loss.code for loss in result.losses}


@pytest.mark.parametrize(
    ("source", "dialect", "place"),
    [
        (
            "<Response><Dial><Conference>a</Conference></Dial>"
            "<Gather><Dial><Conference>b</Conference></Dial></Gather></Response>",
            "cxml",
            "<Dial><Conference>b",
        ),
        (
            '[{"verb":"conference","name":"a"},{"verb":"gather","nested":[{"verb":"conference","name":"b"}]}]',
            "jambonz",
            '"nested"',
        ),
        (
            '[{"verb":"conference","name":"a"},{"verb":"gather","nested":[{"verb":"room","name":"b"}]}]',
            "jambonz",
            '"nested"',
        ),
    ],
)
def test_a_conference_inside_a_verb_that_is_not_carried_over_is_named(source: str, dialect: str, place: str) -> None:
    losses = {loss.code: loss for loss in translate(source, "swml", dialect).losses}
    assert losses["conference/structure"].severity == "error"
    assert losses["conference/structure"].column == source.index(place) + 1


def test_the_remarks_of_an_intent_document_stand_in_it() -> None:
    intent = translate("sections:\n  main:\n  - join_conference: {name: q, muted: no}\n", "intent", "swml").text
    losses = {loss.code: loss for loss in translate(intent, "plivo", "intent").losses}
    line = losses["muted/invalid"].line
    assert '"invalid"' in "".join(intent.splitlines()[line - 1 : line + 2])
    assert detect(intent).dialect == "intent"


def test_what_the_target_could_not_read_back_is_not_written() -> None:
    huge = "9" * 30
    result = translate(f'[{{"verb":"conference","name":"a","maxParticipants":{huge}}}]', "cxml", "jambonz")
    assert huge not in result.text
    assert "max-participants/dropped" in {loss.code for loss in result.losses}


TEMPLATES = [
    (cxml('beep="{{x}}" region="{{x}}"', 'record="{{x}}"'), "twiml"),
    (
        "sections:\n  main:\n  - join_conference: {name: r, beep: '${vars.b}', stream: '${vars.s}', "
        "status_callback: 'https://a.example', status_callback_event_type: '{{x}}', muted: '${vars.m}'}\n",
        "swml",
    ),
    (
        '[{"verb":"conference","name":"{{n}}","beep":"${vars.x}","waitHook":"{{w}}","record":{"path":"{{p}}"}}]',
        "jambonz",
    ),
    (
        '{"response":"","action":[{"SWML":{"sections":{"main":[{"join_conference":{"name":"r","result":"${x}"}}]}}}]}',
        "swaig",
    ),
]


@pytest.mark.parametrize(("source", "dialect"), TEMPLATES)
@pytest.mark.parametrize("target", ["swml", "swaig", "relay", "cxml", "twiml", "jambonz", "plivo"])
def test_templates_survive_the_intent(source: str, dialect: str, target: str) -> None:
    direct = translate(source, target, dialect)
    by_flow = write(read(source, dialect), target)
    by_text = translate(translate(source, "intent", dialect).text, target, "intent")
    for other in (by_flow, by_text):
        assert sorted(loss.code for loss in other.losses) == sorted(loss.code for loss in direct.losses)
        if direct.syntax == other.syntax:
            assert other.text == direct.text


@pytest.mark.parametrize("word", ["music", "silence", "none", "beep", "beep:2"])
@pytest.mark.parametrize("attribute", ["waitUrl", "statusCallback", "eventCallbackUrl", "recordingStatusCallback"])
def test_a_relative_url_that_reads_like_a_word_comes_back_and_is_told(word: str, attribute: str) -> None:
    source = cxml(f'{attribute}="{word}"')
    for dialect in ("cxml", "twiml"):
        result = translate(source, dialect, dialect)
        assert f'{attribute}="{word}"' in result.text
        assert result.lossless
        told = [loss for loss in translate(source, "plivo", dialect).losses if loss.kind == "invalid"]
        assert [loss.source for loss in told] == [f'{attribute}="{word}"']


def test_a_conference_made_by_hand_that_nobody_reaches_is_a_loss() -> None:
    steps = (
        Foreign(verb="play", raw={"join_conference": {"name": "q"}}),
        Foreign(
            verb="play", raw={"play": {}}, branches=(Branch(place="/no", label="l", steps=(Conference(name="b"),)),)
        ),
    )
    codes = {loss.code for loss in write(Flow(dialect="swml", steps=steps), "swml").losses}
    assert codes == {"conference/structure", "play/step"}


def test_raw_attributes_made_by_hand_are_told() -> None:
    flow = Flow(dialect="twiml", steps=(Conference(name="r", raw={"maxParticipants": "many"}),))
    assert "max-participants/unknown" in {loss.code for loss in write(flow, "jambonz").losses}
    assert write(flow, "twiml").lossless


def test_a_nameless_conference_is_no_lost_one() -> None:
    source = '{"sections": {"main": [{"join_conference": {"name": null}}]}}'
    direct = {loss.code for loss in translate(source, "cxml", "swml").losses}
    assert {loss.code for loss in write(read(source, "swml"), "cxml").losses} == direct


@pytest.mark.parametrize("template", ["{{a\nb}}", "${a\nb}", "<% a\n b %>", "<?= a\n", "$x", "%s", "' + x + '"])
def test_any_template_where_a_type_belongs_is_an_intent(template: str) -> None:
    names = ("joinMuted", "maxParticipants", "endConferenceOnExit", "statusEvents", "record")
    source = json.dumps([{"verb": "conference", "name": "r", **dict.fromkeys(names, template)}])
    flow = read(source, "jambonz")
    assert flow.conferences[0].muted == template
    assert write(flow, "jambonz").text == translate(source, "jambonz", "jambonz").text
