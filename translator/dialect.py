"""What a dialect table is made of. Imports neither pydantic nor lxml: tables are cheap to load.

A dialect file builds one `Dialect`: identity, envelope, rows, implied behaviour, notes, hints, neighbouring verbs.
Reading, writing, the loss report, the matrix, `explain`, the docs and the tests all come from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from translator.codecs import Codec, Illegal
from translator.loss import code_name
from translator.values import OMIT, Template, is_template

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping

    from translator.sites import Reading, Writing
    from translator.syntax import Document


REMEMBERED: Final = 1024
"""How many values of one attribute are remembered, with what they mean."""


def remember(known: dict[Any, Any], key: Any, value: Any) -> None:
    """Keep a result for the next document; what is remembered stays bounded, in number and in size."""
    if _is_long(key):
        return
    if len(known) >= REMEMBERED:
        known.clear()
    known[key] = value


def _is_long(key: Any) -> bool:
    if isinstance(key, str):
        return len(key) > 500
    return isinstance(key, tuple) and any(_is_long(each) for each in key)


@dataclass(frozen=True, eq=False)
class Attribute:
    """A row: one wire attribute, and the one or more fields that it carries.

    Args:
        wire: its name; "" is the text of the element.
        fields: canonical fields, or names of the dialect family's own (kept under `Conference.own`).
        codec: wire value <-> value; a tuple of values where there are several fields.
        element: the element that it stands on, where that is not the verb's own (cXML `Dial`).
        values: the documented values, where the codec does not say it.
        note: one line of plain words on this attribute.
        confirmed: false for what only an SDK's types know: read with a remark, written only to its own dialect.
        volunteers: false keeps it from being written when the author said nothing of its field.
        when_none: what to write where the source does nothing, to say so.
        when_unknown: what to write where nobody knows what the source does, and silence here would mean nothing.
        severity: of losing an own field; canonical fields have theirs in `translator.intent`.
        default: of an own field: what it means when absent, and so what nobody misses elsewhere.
        inert: the reason why it has no effect on a conference.
    """

    wire: str
    fields: str | tuple[str, ...]
    codec: Codec
    element: str = ""
    values: str = ""
    note: str = ""
    confirmed: bool = True
    volunteers: bool = True
    when_unknown: Any = None
    when_none: Any = None
    severity: str = "warning"
    default: Any = None
    inert: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (self.fields,) if isinstance(self.fields, str) else self.fields

    @cached_property
    def in_code_order(self) -> tuple[int, ...]:
        """The numbers of its fields in the order of their codes, in which losses of one place stand."""
        return tuple(sorted(range(len(self.names)), key=lambda index: code_name(self.names[index]) + "/"))

    @property
    def single(self) -> str | None:
        """The one field, or None where the codec reads to a tuple."""
        return self.fields if isinstance(self.fields, str) else None

    def meaning(self, wire: Any) -> dict[str, Any]:
        """The fields that a wire value is read as; none where it is illegal and means nothing plainly."""
        try:
            value = self.codec.read(wire)
        except Illegal as error:
            value = self.instead(wire, error)
            if value is OMIT:
                return {}
        return self.fields_of(value)

    def fields_of(self, value: Any) -> dict[str, Any]:
        """A value of the codec, as fields, in the order of their codes."""
        if isinstance(self.fields, str):
            return {self.fields: value}
        if type(value) is Template:
            return {self.names[index]: value for index in self.in_code_order}
        return {self.names[index]: value[index] for index in self.in_code_order if value[index] is not OMIT}

    def instead(self, wire: Any, error: Illegal) -> Any:
        """What an illegal wire value stands for: a template for itself, a plain fault for what was meant, or OMIT."""
        if is_template(wire):
            return wire if self.names[0] == "name" else Template(wire)
        return error.value

    @property
    def key(self) -> str:
        """How `Conference.raw` names it: `beep`, `Dial@timeout`."""
        return raw_key(self.element, self.wire)

    @property
    def title(self) -> str:
        """How a person names it: `beep`, `Dial action`, `the room name`."""
        if not self.wire:
            return "the text of the element"
        return f"{self.element} {self.wire}" if self.element else self.wire


def raw_key(element: str, wire: str) -> str:
    return f"{element}@{wire}" if element else wire


class Need(NamedTuple):
    """An own field that must be written. The caller gives it as an option; else a placeholder stands for it."""

    name: str
    option: str
    severity: str

    @property
    def placeholder(self) -> str:
        return f"<{self.option}>"


def extended(base: tuple[Attribute, ...], *rows: Attribute, without: tuple[str, ...] = ()) -> tuple[Attribute, ...]:
    """The rows of a family's base table, some of them in another form, some left out, and others added at the end.

    Args:
        without: keys (`Attribute.key`) of rows that the dialect does not have.
    """
    own = {row.key: row for row in rows}
    kept = [own.pop(row.key, row) for row in base if row.key not in without]
    return (*kept, *own.values())


class Reader(NamedTuple):
    """A row, ready to be read. `known` remembers what legal texts mean: they repeat, URLs too."""

    known: dict[str, Any]
    field: str | None
    row: Attribute


@dataclass(frozen=True, eq=False)
class Verb:
    """One verb of a dialect that has a canonical step.

    Args:
        wire: its wire name.
        attributes: the rows.
        implied: every canonical field -> value when nothing is said. None: there is nothing; `UNKNOWN`: nobody knows.
        notes: canonical field -> one line of plain words, where this platform is special.
        hints: wire name that is not an attribute, but is found in real documents -> what was meant.
        settle: hook run on what was said after reading: takes out what only seems to be said.
        effects: hook that gives what attributes do to each other, as fields that the author did not say.
        ignores: hook that gives what becomes of fields that are said and never used. A target's are losses; a source's
            are carried, as its author meant them.
        remark: hook that gives (attribute, words, severity) for attributes that do something else than they say.
        prepare: hook run on what is asked for before writing, for what one attribute must say of several fields.
        needs: what must be written, and only the caller can know where the source does not say it.
        terse: what only says the implied value is not written.
        senses: canonical field -> what its value means here, where equal values mean other things elsewhere.
    """

    wire: str
    attributes: tuple[Attribute, ...]
    implied: Mapping[str, Any]
    notes: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    settle: Callable[[dict[str, Any]], None] | None = None
    effects: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    ignores: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    remark: Callable[[Mapping[str, Any]], Iterable[tuple[str, str, str]]] | None = None
    prepare: Callable[[dict[str, Any]], None] | None = None
    needs: tuple[Need, ...] = ()
    terse: bool = False
    senses: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("implied", "notes", "hints", "senses"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def outcome(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the platform makes of what is said to it."""
        for hook in (self.effects, self.ignores):
            if hook is not None:
                said = {**said, **hook(said)}
        return said

    @cached_property
    def by_wire(self) -> dict[str, dict[str, Attribute]]:
        """element -> wire name -> row."""
        found: dict[str, dict[str, Attribute]] = {"": {}}
        for row in self.attributes:
            found.setdefault(row.element, {})[row.wire] = row
        return found

    @cached_property
    def readers(self) -> dict[str, dict[str, Reader]]:
        """element -> wire name -> what reading needs of its row, at hand."""
        return {
            element: {wire: Reader({}, row.single, row) for wire, row in rows.items()}
            for element, rows in self.by_wire.items()
        }

    @cached_property
    def by_field(self) -> dict[str, Attribute]:
        """field -> the row that carries it."""
        found: dict[str, Attribute] = {}
        for row in self.attributes:
            for name in row.names:
                found.setdefault(name, row)
        return found

    @cached_property
    def own(self) -> dict[str, Attribute]:
        """The rows of fields that are not canonical."""
        return {name: row for name, row in self.by_field.items() if name not in self.implied}


@dataclass(frozen=True)
class Neighbour:
    """A verb without a canonical step: what it does, and how bad its loss is.

    `only_branches`: it does nothing but choose between branches, whose own losses say it all.
    `absent`: the platform has no such verb; documents have it by mistake.
    """

    does: str
    severity: str = "warning"
    only_branches: bool = False
    absent: bool = False


class Envelope(Protocol):
    """Where the verb stands in a document, both ways."""

    def read(self, document: Document, reading: Reading) -> None:
        """Fill `reading.sites`; raise NoConference with a hint where there is none."""

    def write(self, writing: Writing) -> Any:
        """The tree."""

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        """How sure the shape is: 0 to 1, and why in a few words."""


@dataclass(frozen=True, eq=False)
class Dialect:
    """One wire language.

    Args:
        name: as in `from_` and `to`.
        title: as people write it.
        syntaxes: "xml", "json", "yaml"; the first is written.
        suffixes: of file names, `.cxml.xml`; the first is that of the first syntax.
        aliases: other names.
        envelope: where the verb stands.
        verbs: canonical step -> its verb.
        neighbours: known verbs without a canonical step.
        platform: who runs it; ids of calls are known within one platform only. Its own name, if not said.
        kin: other dialects that take the foreign verbs which both know as they are -> what may differ, or "".
        single: a document holds one conference and nothing else.
        sources: vendor page, version, date.
        live: pattern of expressions that this platform itself fills in at call time.
        canonical: says nothing of its own: what is unsaid stays what the flow's origin does (`intent`).
        about: the docstring of the dialect's file.
    """

    name: str
    title: str
    syntaxes: tuple[str, ...]
    suffixes: tuple[str, ...]
    envelope: Envelope
    verbs: Mapping[str, Verb]
    aliases: tuple[str, ...] = ()
    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)
    platform: str = ""
    kin: Mapping[str, str] = field(default_factory=dict)
    single: bool = False
    sources: tuple[str, ...] = ()
    live: re.Pattern[str] | None = None
    canonical: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The names that its conference goes by in a document."""
        return frozenset({self.conference.wire, *getattr(self.envelope, "synonyms", ())})

    @cached_property
    def conference(self) -> Verb:
        return self.verbs["conference"]

    @property
    def implied(self) -> Mapping[str, Any]:
        """Conference field -> what the platform does when nothing is said; `UNKNOWN` where nobody knows."""
        return self.conference.implied

    @property
    def notes(self) -> Mapping[str, str]:
        """Conference field -> what is special about it on this platform."""
        return self.conference.notes

    def severity(self, name: str) -> str:
        """How bad it is to lose a field that was said."""
        row = self.conference.own.get(name)
        if row is not None:
            return row.severity
        from translator.fields import FIELDS

        return FIELDS[name].dropped if name in FIELDS else "warning"
