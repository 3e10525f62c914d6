"""A document is read with its own dialect's tables, and with nobody else's."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from translator import dialects, pages, syntax, translate
from translator.dialect import Dialect
from translator.engine import read_document
from translator.sites import deep

SWML = {
    "version": "1.0.0",
    "sections": {"main": [{"answer": {"max_duration": 60}}, {"join_conference": {"name": "room"}}]},
}
CXML = '<Response><Say loop="2">Hello.</Say><Dial><Conference>room</Conference></Dial></Response>'
JAMBONZ = [{"verb": "play", "url": "https://a.example/a.mp3", "loop": 2}, {"verb": "conference", "name": "room"}]
PLIVO = '<Response><Speak loop="2">Hello.</Speak><Conference>room</Conference></Response>'


def without(dialect: Dialect, verb: str, wire: str) -> Dialect:
    table = dialect.verbs[verb]
    rows = tuple(row for row in table.attributes if row.wire != wire)
    assert len(rows) < len(table.attributes)
    return replace(dialect, verbs={**dialect.verbs, verb: replace(table, attributes=rows)})


@pytest.mark.parametrize(
    ("name", "verb", "wire", "field", "document"),
    [
        ("swml", "answer", "max_duration", "time_limit", SWML),
        ("swaig", "answer", "max_duration", "time_limit", {"action": [{"SWML": SWML}]}),
        ("cxml", "say", "loop", "repeat", CXML),
        ("twiml", "say", "loop", "repeat", CXML),
        ("plivo", "say", "loop", "repeat", PLIVO),
        ("jambonz", "play", "loop", "repeat", JAMBONZ),
    ],
)
def test_a_step_is_read_with_the_rows_of_its_own_dialect(
    name: str, verb: str, wire: str, field: str, document: Any
) -> None:
    text = document if isinstance(document, str) else json.dumps(document)
    dialect = dialects()[name]
    for table, known in ((dialect, True), (without(dialect, verb, wire), False)):
        reading = read_document(syntax.parse(text, dialect.syntaxes[0]), table)
        step = next(site for site in deep(reading.sites) if site.kind == table.verbs[verb].kind)
        assert (field in step.said) is known


def test_a_voice_without_an_engine_is_the_one_that_jambonz_takes() -> None:
    say = {"verb": "say", "text": "Hello.", "synthesizer": {"vendor": "aws", "voice": "Joanna"}}
    text = translate(json.dumps([say, JAMBONZ[1]]), "twiml", "jambonz").text
    assert 'voice="Polly.Joanna-Neural"' in text


def test_what_is_often_written_and_never_legal_is_shown_of_every_verb() -> None:
    for dialect in dialects().values():
        page = pages.dialect_page(dialect, markdown=False)
        for verb in dialect.verbs.values():
            for wire, meant in verb.hints.items():
                assert any(wire in line and meant in line for line in page.splitlines()), (dialect.name, wire)
