"""The Python interface, as scripts use it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

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
        "message": 'cXML beep="true" has no counterpart in jambonz. There, exit sound is none. '
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
