"""Documents that differ in plain values only are filled in; whatever else differs is looked at anew."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from helpers import GOLDEN

from translator import (
    InvalidOption,
    Result,
    TranslatorError,
    UnsafeDocument,
    filled,
    registry,
    stencil,
    syntax,
    translate,
)
from translator.engine import Engine
from translator.syntax import limits

URL = "https://app.example.com/status"
CXML = '<Response>\n  <Dial action="{url}"><Conference {more}statusCallback="{status}">{room}</Conference></Dial>\n</Response>'
FULL = sorted(GOLDEN.glob("*-full/source.*"))


def cxml(room: str = "standup", url: str = "https://app.example.com/after", status: str = URL, more: str = "") -> str:
    return CXML.format(room=room, url=url, status=status, more=more)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    translate(cxml(), "plivo", "cxml")  # the first document of a process is not looked at
    with mock.patch.object(filled, "_memory", filled.Memory()):
        yield


def seen(source: str | bytes, to: str = "jambonz", from_: str | None = "cxml") -> None:
    """Translate a document twice: its stencil is remembered then."""
    for _ in range(2):
        translate(source, to, from_)


def as_engine(source: str | bytes, to: str = "jambonz", from_: str | None = "cxml", **options: str) -> Result:
    """The translation, which must be what it is with nothing remembered."""
    result = translate(source, to, from_, options=options)
    with limits.override(max_remembered=0):
        alone = translate(source, to, from_, options=options)
    assert result.text == alone.text
    assert [loss.as_dict() for loss in result.losses] == [loss.as_dict() for loss in alone.losses]
    return result


def is_filled(result: Result) -> bool:
    return bool(result.losses) and isinstance(result.losses[0].origin, filled.Filled)


def test_the_third_document_is_filled_in_with_its_own_values_and_places() -> None:
    first, second = translate(cxml(), "jambonz", "cxml"), translate(cxml("retro"), "jambonz", "cxml")
    assert not is_filled(first)
    assert not is_filled(second)
    third = as_engine(cxml("planning", "https://b.example.com/x"))
    assert is_filled(third)
    assert '"name": "planning"' in third.text
    assert "https://b.example.com/x" in third.text
    (loss,) = [loss for loss in third.losses if loss.code == "after-url/endpoint"]
    assert loss.source == 'action="https://b.example.com/x"'
    assert (loss.line, loss.column) == (2, 9)
    assert third.flow.conferences[0].name == "planning"
    assert pickle.loads(pickle.dumps(third)).losses == third.losses
    assert third.trace.given[0]["name"] == "planning"


@pytest.mark.parametrize("path", FULL, ids=lambda path: path.parent.name)
def test_every_full_document_is_filled_in_for_every_target(path: Path) -> None:
    dialect = registry.get(path.name.split(".")[1])
    source = path.read_bytes()
    document = syntax.parse(source, syntax.sniff(source))
    found = stencil.stencil(document, dialect)
    if dialect.name == "swaig":  # its room is named as something else in it
        assert found is None
        return
    assert found is not None
    assert len(found.values) >= 3, found.values
    for name, target in registry.dialects().items():
        known = filled.remembered(document, found, Engine(dialect, target))[1]
        assert known is not None, f"{dialect.name} to {name} is not remembered"


def test_whatever_is_not_plain_is_looked_at() -> None:
    seen(cxml())
    for source in (
        cxml(more='muted="true" '),
        cxml(more='beep="false" '),
        cxml("a b"),
        cxml("${room}"),
        cxml("none"),
        cxml("x" * 65),
        cxml(url="/after"),
        cxml(url="http://app.example.com/after"),
        cxml(url="https://app.example.com/{{room}}"),
        cxml(url="https://app.example.com/after?a=b"),
        cxml(url="https://user:password@app.example.com/after"),
        cxml(url="https://app.example.com/" + "a" * 300),
        cxml(url="music"),
        cxml(url=""),
        cxml(more='label="x" '),
        "<!-- first -->" + cxml(),
        cxml().replace("</Dial>", "<!-- in it --></Dial>"),
        cxml().replace("</Dial>", "</Dial><Hangup/>"),
        cxml().replace("<Response>", '<Response xmlns:x="urn:x">'),
        cxml()
        .replace("<Conference ", '<Conference x:beep="true" ')
        .replace("<Response>", '<Response xmlns:x="urn:x">'),
    ):
        assert not is_filled(as_engine(source)), source


def test_equal_values_are_one_value() -> None:
    seen(cxml(url=URL, status=URL))
    assert is_filled(as_engine(cxml(url="https://b.io/a", status="https://b.io/a")))
    assert not is_filled(as_engine(cxml(url="https://b.io/a", status="https://b.io/b")))


def test_every_direction_has_its_own() -> None:
    seen(cxml())
    assert not is_filled(as_engine(cxml(), "plivo"))
    assert not is_filled(as_engine(cxml(), "jambonz", "twiml"))
    assert not is_filled(as_engine(cxml(), document_url="https://app.example.com/doc"))
    translate(cxml(), "swml", "cxml", syntax="yaml")
    assert translate(cxml(), "swml", "cxml").syntax == "json"


def test_an_option_may_make_another_value_equal_to_a_plain_one() -> None:
    legs = '<Number url="/x">+15550100002</Number><Number url="{}">+15550100003</Number>'
    source = f"<Response><Dial>{legs}</Dial><Dial><Conference>room</Conference></Dial></Response>"
    for url in ("https://a.io/y", "https://a.io/z", "https://a.io/x"):
        assert not is_filled(as_engine(source.format(url), "jambonz", "twiml", base_url="https://a.io/"))
    with pytest.raises(InvalidOption):
        translate(cxml(), "jambonz", "cxml", options={"base_url": 1})  # type: ignore[dict-item]


def test_a_value_that_stands_where_others_do_not_is_looked_at() -> None:
    seen(cxml(more='label="https://b.io" '))
    assert is_filled(as_engine(cxml(status="https://c.io", more='label="https://b.io" ')))
    assert not is_filled(as_engine(cxml(status="https://b.io", more='label="https://b.io" ')))


@pytest.mark.parametrize(
    ("template", "first", "second", "from_", "to"),
    [
        (
            '[{"verb": "listen", "url": "wss://a.b/c", "metadata": {"verb": "conference", "name": "%s", "pad": "'
            + "x" * 455
            + '"}}, {"verb": "conference", "name": "room"}]',
            "abc",
            "n" * 40,
            "jambonz",
            "plivo",
        ),
        (
            "<Response><Dial><Conference>%s<!-- c -->" + "t" * 30 + "</Conference></Dial></Response>",
            "abc",
            "a" * 40,
            "twiml",
            "cxml",
        ),
        (
            "<Response><Say>" + "a " * 2030 + "<Play>%s</Play></Say><Dial><Conference>r</Conference></Dial></Response>",
            "https://a.b",
            "https://a.b/" + "x" * 100,
            "twiml",
            "cxml",
        ),
    ],
)
def test_what_is_part_of_something_whose_length_counts_is_looked_at(
    template: str, first: str, second: str, from_: str, to: str
) -> None:
    seen(template.replace("%s", first), to, from_)
    as_engine(template.replace("%s", second), to, from_)


def test_remarks_of_an_intent_keep_their_place() -> None:
    remark = '{"kind": "unknown", "field": "foo", "severity": "warning", "path": "/Response/Dial/@foo", "message": "m"}'
    steps = '"steps": [{"kind": "conference", "name": "%s"}]'
    template = '{"dialect": "twiml", ' + steps + ',\n"remarks": [' + remark + "]}"
    seen(template % "room-a", "cxml", "intent")
    (loss,) = [each for each in as_engine(template % "room-b", "cxml", "intent").losses if each.field == "foo"]
    assert loss.line == 2


def test_no_value_is_shared_by_two_reports() -> None:
    leg = '<Client>al<Parameter name="a" value="b"/></Client>'
    source = f"<Response><Dial><Conference>room</Conference></Dial><Dial>{leg}</Dial></Response>"
    seen(source, "jambonz", "twiml")
    for _ in range(2):
        result = as_engine(source, "jambonz", "twiml")
        assert is_filled(result)
        (loss,) = [each for each in result.losses if each.code == "target-client-parameters/dropped"]
        assert loss.asked == {"a": "b"}
        loss.asked.clear()


def test_the_layout_of_yaml_decides_the_order_of_losses() -> None:
    head = "sections:\n  main:\n"
    seen(f"{head}  - denoise: {{}}\n    join_conference: {{name: room-a}}\n", "twiml", "swml")
    as_engine(f"{head}  - {{denoise: {{}}, join_conference: {{name: room-a}}}}\n", "twiml", "swml")


def test_limits_hold_for_what_is_filled_in() -> None:
    plays = "<Play>%s</Play>" * 20
    source = f"<Response>{plays}<Dial><Conference>room</Conference></Dial></Response>"
    long = "https://a.b/" + "x" * 119
    with limits.override(max_output=2000):
        seen(source.replace("%s", "https://a.b"), "swml", "twiml")
        with pytest.raises(UnsafeDocument):
            translate(source.replace("%s", long), "swml", "twiml")
    with limits.override(max_depth=5000):
        deep = f'[{{"verb": "tag", "data": {"[" * 600}{"]" * 600}}}, {{"verb": "conference", "name": "room"}}]'
        assert translate(deep, "twiml", "jambonz").text


def test_hooks_and_frames() -> None:
    hooks = '[{"verb": "conference", "name": "room", "statusHook": {"url": "https://a.io/%s", "method": "GET"}}]'
    seen(hooks % "a", "twiml", "jambonz")
    assert is_filled(as_engine(hooks % "b", "twiml", "jambonz"))
    ids = '"node_id": "n", "call_id": "c"'
    frame = '{"jsonrpc": "2.0", "id": "1", "method": "calling.join_conference", "params": {"name": "%s", ' + ids + "}}"
    seen(frame % "room-a", "twiml", "relay")
    assert is_filled(as_engine(frame % "room-b", "twiml", "relay"))


def test_a_document_that_holds_a_stand_in_is_not_fooled() -> None:
    for room in ("stand-in-0x", "stand-in-1x", "stand-in-2x"):
        for more in ("", 'region="stand-in-0x" '):
            as_engine(cxml(room, url="https://stand-in-1x", more=more))
            as_engine(cxml(room, url="https://stand-in-1x", more=more))
            as_engine(cxml(room, url="https://stand-in-1x", more=more))


def test_where_filling_in_would_differ_nothing_is_filled_in() -> None:
    """A target whose table reads something out of a URL is found out by the first document."""
    with limits.override(max_remembered=0):
        other = translate(cxml("other"), "jambonz", "cxml")
    with mock.patch.object(filled.Remembered, "filled", return_value=other):
        seen(cxml())
    assert not is_filled(as_engine(cxml()))


def test_a_dialect_that_does_not_say_it_is_plain_is_never_filled_in() -> None:
    for name in ("cxml", "jambonz"):
        with mock.patch.dict(registry.get(name).__dict__, plain=None):
            seen(cxml())
            assert not is_filled(as_engine(cxml()))


def test_what_is_remembered_is_bounded_and_can_be_switched_off() -> None:
    with limits.override(max_remembered=0):
        seen(cxml())
        assert not is_filled(translate(cxml(), "jambonz", "cxml"))
        assert not filled._memory.known
        assert not filled._memory.seen
    with limits.override(max_remembered=300):
        for number in range(200):
            seen(cxml(more=f'maxParticipants="{number + 2}" '))
            assert filled._memory.weight == sum(each.weight for each in filled._memory.known.values()) <= 300
            assert len(filled._memory.seen) <= 300
        heavy = cxml(more=f'label="{"x" * 100_000}" ')
        seen(heavy)
        assert filled._memory.weight <= 300
        with mock.patch.object(filled, "remembered", side_effect=AssertionError):  # not tried again
            assert not is_filled(translate(heavy, "jambonz", "cxml"))


def test_an_error_is_the_documents_own() -> None:
    for room in ("first", "second", "third"):
        with pytest.raises(TranslatorError) as error:
            translate(f"<Response>\n<Dial>\n<conference>{room}</conference></Dial></Response>", "jambonz", "cxml")
        assert error.value.line == 3


def test_yaml_and_comments() -> None:
    source = (
        "version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: {room}\n        wait_url: {url}\n"
    )
    for room in ("first", "second"):
        translate(source.format(room=room, url=URL), "plivo", "swml")
    assert is_filled(as_engine(source.format(room="third", url="https://b.io"), "plivo", "swml"))
    assert not is_filled(as_engine("# why\n" + source.format(room="third", url="https://b.io"), "plivo", "swml"))
    seen(source.format(room="first", url=URL), "swml", "swml")
    assert (
        translate(source.format(room="no-1", url="https://b.io?a"), "swml", "swml").text.count('"https://b.io?a"') <= 1
    )


def test_long_texts_take_time_in_proportion() -> None:
    start = time.process_time()
    for text in ("s" * 300_000, "stand-in-" * 40_000, "a " * 150_000, "http://" * 50_000):
        assert stencil.put(text, []) == text
        assert stencil.STAND_IN.split(text) == [text]
        assert stencil._IS_URL(text) is stencil._IS_WORD(text) is None
    assert time.process_time() - start < 2  # minutes, where it is quadratic
