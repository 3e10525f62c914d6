"""Documents that differ in plain values only are filled in; whatever else differs is looked at anew."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from helpers import GOLDEN

from translator import Result, TranslatorError, registry, stencil, syntax, translate
from translator.engine import Engine
from translator.syntax import limits

URL = "https://app.example.com/status"
CXML = '<Response>\n  <Dial action="{url}"><Conference {more}statusCallback="{status}">{room}</Conference></Dial>\n</Response>'
FULL = sorted(GOLDEN.glob("*-full/source.*"))


def cxml(room: str = "standup", url: str = "https://app.example.com/after", status: str = URL, more: str = "") -> str:
    return CXML.format(room=room, url=url, status=status, more=more)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    with mock.patch.object(stencil, "_memory", stencil.Memory()):
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
    return bool(result.losses) and isinstance(result.losses[0].origin, stencil.Filled)


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
    assert found is not None
    assert len(found.values) >= (0 if dialect.name in ("relay", "swaig") else 3), found.values
    for name, target in registry.dialects().items():
        known = stencil.remembered(document, found, Engine(dialect, target))[1]
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


def test_options_are_the_same_for_all_of_a_batch() -> None:
    relative = cxml(url="/after")
    for _ in range(2):
        translate(relative, "jambonz", "cxml", options={"base_url": "https://app.example.com"})
    other = relative.replace("standup", "retro")
    assert is_filled(as_engine(other, base_url="https://app.example.com"))
    assert not is_filled(as_engine(other, base_url="https://b.example.com"))


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
    with mock.patch.object(stencil.Remembered, "filled", return_value=other):
        seen(cxml())
    assert not is_filled(as_engine(cxml()))


def test_a_dialect_that_does_not_say_it_is_plain_is_never_filled_in() -> None:
    for name in ("cxml", "jambonz"):
        with mock.patch.dict(registry.get(name).__dict__, plain=False):
            seen(cxml())
            assert not is_filled(as_engine(cxml()))


def test_what_is_remembered_is_bounded_and_can_be_switched_off() -> None:
    with limits.override(max_remembered=0):
        seen(cxml())
        assert not is_filled(translate(cxml(), "jambonz", "cxml"))
        assert not stencil._memory.known
        assert not stencil._memory.seen
    with limits.override(max_remembered=300):
        for number in range(200):
            seen(cxml(more=f'maxParticipants="{number + 2}" '))
            assert stencil._memory.weight == sum(each.weight for each in stencil._memory.known.values()) <= 300
            assert len(stencil._memory.seen) <= 300
        heavy = cxml(more=f'label="{"x" * 100_000}" ')
        seen(heavy)
        assert stencil._memory.weight <= 300
        with mock.patch.object(stencil, "remembered", side_effect=AssertionError):  # not tried again
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
