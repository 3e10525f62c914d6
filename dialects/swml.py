"""SignalWire Markup Language (SWML), method `join_conference`.

Sources: SignalWire docs, reference of `join_conference`, with its JSON Schema (github.com/signalwire/docs, folder
specs/swml/calling), 2026-08-21, called the docs schema; JSON Schema of PyPI `signalwire-sdk` 3.7.5, 2026-10-25,
called the SDK schema, older in content. The server is closed: its unsaid defaults are documented, not proven.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dialects.families import swml as table
from dialects.families.swml_lift import folds
from dialects.families.swml_steps import (
    METHOD,
    jumps,
    landings,
    methods,
    read_document,
    read_section,
    read_step,
    write_document,
)
from dialects.families.swml_verbs import FOLLOWED, VERBS, goes_on
from translator.dialect import Dialect, Plain, Verb
from translator.errors import NoConference
from translator.registry import OURS
from translator.sites import Site, deep

if TYPE_CHECKING:
    from translator.sites import Reading, Writing
    from translator.syntax import Document


class SwmlEnvelope:
    """`{"version", "sections": {"main": [step, ...], ...}}`; conferences wherever steps may stand."""

    def read(self, document: Document, reading: Reading) -> None:
        root = document.root
        comments = [
            (place, Site("#comment", f"/#comment[{number}]", text))
            for number, (place, text) in enumerate(document.comments, 1)
        ]
        if isinstance(root, dict) and isinstance(root.get("sections"), dict):
            reading.sites = read_document(root, "", reading, comments)
        elif isinstance(root, list):
            reading.structure("", "A bare list of steps stands where a document belongs.", "notice", _WRAP)
            reading.sites = read_section(root, "", reading, comments)
        elif isinstance(root, dict) and len(root) == 1 and next(iter(root)) in {METHOD, *reading.dialect.known_verbs}:
            reading.structure("", "A single step stands where a document belongs.", "notice", _WRAP)
            reading.sites = read_step(root, "", reading)
        behind = [comment for _, comment in comments]
        last = reading.sites[-1] if reading.sites else None
        if last is not None and last.verb == "section" and last.branches:
            last.branches[0].sites += behind
        else:
            reading.sites += behind
        if not any(site.is_conference for site in deep(reading.sites)):
            raise self._nothing(document)

    def _nothing(self, document: Document) -> NoConference:
        root = document.root
        for path, name in methods(root, ""):
            if name in ("conference", "joinConference", "join_room"):
                line, column = document.locate(path)
                what = "joins a video room, not a conference" if name == "join_room" else f"is no method; {METHOD} is"
                return NoConference("No SWML conference here.", line=line, column=column, cause=f'"{name}" {what}')
        if isinstance(root, list) and any(isinstance(each, dict) and "sections" in each for each in root):
            cause = "several documents stand in a list; each is one of its own"
            return NoConference("No SWML conference here.", line=1, column=1, cause=cause)
        if isinstance(root, dict) and "sections" not in root:
            return NoConference("No SWML document: it has no sections.", line=1, column=1)
        return NoConference("No SWML conference here.", line=1, column=1)

    def write(self, writing: Writing) -> Any:
        return write_document(writing.sites)

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        root = document.root
        if isinstance(root, dict) and isinstance(root.get("sections"), dict):
            return 0.97, "an object with sections"
        known = {METHOD, *(name for name, each in dialect.known_verbs.items() if not each.absent)}
        if isinstance(root, dict) and len(root) == 1 and METHOD in root:
            return 0.5, f"a single {METHOD}"
        if isinstance(root, list) and root:
            names = [name for _, name in methods(root, "")]
            ours = [name for name in names if name in known]
            if ours and not any(isinstance(step, dict) and ("verb" in step or "action" in step) for step in root):
                return 0.85 * len(ours) / len(names) * (1 if METHOD in ours else 0.6), f"a list of {' '.join(ours)}"
        return 0.0, ""


_WRAP = 'Write {"version": "1.0.0", "sections": {"main": [...]}}.'

CONFERENCE = Verb(
    METHOD, table.ATTRIBUTES, table.IMPLIED, table.NOTES, table.HINTS, prepare=goes_on, senses=table.SENSES
)

DIALECT = Dialect(
    **OURS["swml"]._asdict(),
    plain=Plain(),
    platform="SignalWire",
    kin={"swaig": ""},
    envelope=SwmlEnvelope(),
    verbs={"conference": CONFERENCE, **VERBS},
    neighbours=table.NEIGHBOURS,
    live=re.compile(r"[$%]\{"),
    jumps=jumps,
    landings=landings,
    folds=folds,
    afterwards="the call is ended",  # documented for conferences, inferred for the rest
    continued=FOLLOWED,
    sources=(
        "SignalWire docs, SWML reference of join_conference and its JSON Schema, 2026-08-21",
        "PyPI signalwire-sdk 3.7.5, schema.json, 2026-10-25",
    ),
    about=__doc__ or "",
)
