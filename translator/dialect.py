"""What a dialect table is made of. Imports neither pydantic nor lxml: tables are cheap to load.

A dialect file builds one `Dialect`: identity, envelope, rows, implied behaviour, notes, hints, neighbouring verbs.
Reading, writing, the loss report, the matrix, `explain`, the docs and the tests all come from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from translator.codecs import Codec, Illegal
from translator.loss import code_name
from translator.values import OMIT, UNKNOWN, Template, is_template

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping

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


def split_key(key: str, elements: Iterable[str]) -> tuple[str, str]:
    """The element and wire name of a raw key; an `@` that parts nothing is part of the name."""
    element, mark, wire = key.partition("@")
    return (element, wire) if mark and element and element in elements else ("", key)


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
        remark: hook that gives (attribute, words) for attributes that do something else than they say.
        prepare: hook run on what is asked for before writing, for what one attribute must say of several fields.
    """

    wire: str
    attributes: tuple[Attribute, ...]
    implied: Mapping[str, Any]
    notes: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    settle: Callable[[dict[str, Any]], None] | None = None
    effects: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    remark: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]] | None = None
    prepare: Callable[[dict[str, Any]], None] | None = None

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
    """A verb without a canonical step: what it does, and how bad its loss is."""

    does: str
    severity: str = "warning"


class Site:
    """One step while it is read or written: plain and cheap. `Conference` and `Foreign` are its public faces.

    Attributes:
        verb: its wire name; `#comment`, `#text` and the like stand for what is no verb.
        is_conference: whether it is the dialect's conference, rather than a foreign verb.
        said: field -> value, canonical and own fields alike.
        raw: attribute -> wire value, of what is no legal attribute or value.
        nodes: element -> (path, attributes as written); "" is the verb's own element.
        value: the raw value of a foreign step.
        branches: of a foreign step: (place, label, sites, path).
        children: (element, child) of what stands inside the verb and is kept for its own dialect: elements, texts.
    """

    __slots__ = ("branches", "children", "is_conference", "nodes", "path", "raw", "said", "value", "verb")

    def __init__(self, verb: str, path: str = "", value: Any = None, *, is_conference: bool = False) -> None:
        self.verb = verb
        self.is_conference = is_conference
        self.path = path
        self.value = value
        self.said: dict[str, Any] = {}
        self.raw: dict[str, Any] = {}
        self.nodes: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self.branches: list[Limb] = []
        self.children: list[tuple[str, Any]] = []


@dataclass(slots=True)
class Limb:
    """A branch of a foreign step: where its list stands in the raw value, its words, its sites, its path."""

    place: str
    label: str
    sites: list[Site]
    path: str = ""


class Note:
    """A remark of the reader: what only it could see. It is the origin of the loss that it becomes.

    Attributes:
        kind, field, severity: as of a loss.
        value: the wire value that it is about, None where it is about none.
        kept: the origin dialect gets it back as written.
        order: (conference, rank among its fields, turn) where it stands on one, None elsewhere: see `Reading._rank`.
    """

    __slots__ = ("_place", "_say", "document", "field", "kept", "kind", "order", "severity", "value")

    def __init__(
        self,
        kind: str,
        field: str,
        severity: str,
        place: tuple[str, str] | tuple[Site, str, str],
        say: tuple[str, str] | Callable[[Note], tuple[str, str]],
        document: Document,
        *,
        value: Any = None,
        kept: bool = True,
        order: tuple[int, int, int] | None = None,
    ) -> None:
        self.kind = kind
        self.field = field
        self.severity = severity
        self.value = value
        self.kept = kept
        self.order = order
        self.document = document
        self._place = place
        self._say = say

    def place(self, _: object = None) -> tuple[str, str]:
        """(path, source as written)."""
        if len(self._place) == 2:
            return self._place
        site, element, wire = self._place
        path, items = site.nodes[element]
        syntax = self.document.syntax
        return attribute_path(path, wire, syntax), source_text(wire, items.get(wire), syntax)

    def words(self, _: object = None) -> tuple[str, str]:
        """(message, remedy)."""
        return self._say(self) if callable(self._say) else self._say

    def locate(self, path: str) -> tuple[int, int]:
        return self.document.locate(path)


class Reading:
    """What an envelope reads a tree into.

    Attributes:
        origin: the dialect whose unsaid behaviour applies: the dialect itself, unless the document names another.
        in_order: fields are said in the order of their places.
    """

    __slots__ = ("conferences", "dialect", "document", "in_order", "origin", "remarks", "sites", "syntax")

    def __init__(self, dialect: Dialect, document: Document) -> None:
        self.dialect = dialect
        self.origin: Dialect | None = dialect
        self.document = document
        self.syntax = document.syntax
        self.in_order = True
        self.conferences = 0
        self.sites: list[Site] = []
        self.remarks: list[Note] = []

    def attributes(self, site: Site, element: str, path: str, items: Mapping[str, Any]) -> None:
        """Read the attributes of one element into a site."""
        site.nodes[element] = (path, items)
        readers = self.dialect.conference.readers.get(element, {})
        said = site.said
        for wire, value in items.items():
            reader = readers.get(wire)
            if reader is None:
                site.raw[raw_key(element, wire)] = value
                self._unknown(site, element, wire)
                continue
            known, field, row = reader
            try:
                meant = known[value]
            except (KeyError, TypeError):
                meant = self._read(site, reader, value)
                if meant is OMIT:
                    continue
            if field is not None:
                said[field] = meant
            else:
                said.update(row.fields_of(meant))
            if not row.confirmed:
                rank = self._rank(site, 0)
                self._note(site, element, wire, "unknown", row.names[0], "warning", _unconfirmed, rank)

    def _read(self, site: Site, reader: Reader, value: Any) -> Any:
        """What a wire value means; OMIT where it means nothing."""
        try:
            meant = reader.row.codec.read(value)
        except Illegal as error:
            return self._illegal(site, reader.row, value, error)
        if type(value) is str:
            remember(reader.known, value, meant)
        return meant

    def settle(self, site: Site) -> None:
        """Run the dialect's hooks, once all attributes are read."""
        verb = self.dialect.conference
        if verb.remark is not None:
            for wire, words in verb.remark(site.said):
                row = verb.by_wire[""][wire]
                say = (f"{row.title}: {words}.", "Check what the call really does.")
                self._note(site, "", wire, "invalid", row.names[0], "notice", say, None)
        if verb.settle is not None:
            before = len(site.said)
            verb.settle(site.said)
            if self.remarks and len(site.said) != before:
                self.in_order = False  # remarks count the fields that stood before them
        self.conferences += 1

    def _rank(self, site: Site, said: int) -> int:
        """The rank of a remark made now: even numbers are those of fields, in the order in which they are said."""
        return 2 * len(site.said) + said

    def _note(
        self,
        site: Site,
        element: str,
        wire: str,
        kind: str,
        field: str,
        severity: str,
        say: tuple[str, str] | Callable[[Note], tuple[str, str]],
        rank: int | None,
    ) -> None:
        order = None if rank is None else (self.conferences, rank, len(self.remarks) if rank % 2 else 0)
        place = (site, element, wire)
        value = site.nodes[element][1].get(wire)
        self.remarks.append(Note(kind, field, severity, place, say, self.document, value=value, order=order))

    def remark(
        self, kind: str, field: str, severity: str, path: str, message: str, remedy: str = "", *, kept: bool = True
    ) -> None:
        """Remark on a place that is no attribute."""
        self.remarks.append(Note(kind, field, severity, (path, ""), (message, remedy), self.document, kept=kept))

    def structure(self, path: str, message: str, severity: str, remedy: str = "", what: str = "document") -> None:
        """A shape that the dialect does not have, read nevertheless."""
        self.remark("structure", what, severity, path, message, remedy)

    def _illegal(self, site: Site, row: Attribute, value: Any, error: Illegal) -> Any:
        instead = row.instead(value, error)
        if is_template(value):
            return instead
        if not error.exact:
            site.raw[row.key] = value
        carried = instead is not OMIT
        severity = "notice" if carried else self.dialect.severity(row.names[0])
        if row.names[0] == "name" and not value:
            severity = "error"
        message = f"{source_text(row.wire, value, self.syntax) or 'The name'} {error.reason}."
        if carried and value:
            message += f" It was read as {_plain(instead)}."
        say = (message, f"Write {error.hint}." if error.hint else "Correct the source.")
        rank = self._rank(site, 2 if carried else 1)
        self._note(site, row.element, row.wire, "invalid", row.names[0], severity, say, rank)
        return instead

    def _unknown(self, site: Site, element: str, wire: str) -> None:
        verb = self.dialect.conference
        hint = verb.hints.get(wire, "")
        if not hint:
            from difflib import get_close_matches

            near = get_close_matches(wire, [name for name in verb.by_wire.get(element, ()) if name], 1, 0.8)
            hint = near[0] if near else ""
        message = f"{self.dialect.title} knows no {wire} on {element or verb.wire}; nothing was carried over."
        meant = f"Probably meant: {hint}." if hint else "Take it away, or find what was meant."
        # What was meant decides the weight: a misspelt `record` is a recording that is never made.
        target = verb.by_wire.get(element, {}).get(hint.partition(" ")[0].rstrip(","))
        severity = self.dialect.severity(target.names[0]) if target else "warning"
        self._note(site, element, wire, "unknown", code_name(wire), severity, (message, meant), self._rank(site, 1))


@dataclass(slots=True)
class Writing:
    """What an envelope writes from: sites whose `nodes` hold the attributes, and what else the document may hold."""

    dialect: Dialect
    sites: list[Site]
    syntax: str
    origin: Dialect | None = None
    remarks: list[Note] = field(default_factory=list)
    options: Mapping[str, str] = field(default_factory=dict)


def attribute_path(path: str, wire: str, syntax: str) -> str:
    """The path of an attribute (or, for "", of the element whose text it is)."""
    if syntax == "xml":
        return f"{path}/@{wire}" if wire else path
    from translator.syntax import pointer

    return pointer(path, wire)


def _unconfirmed(note: Note) -> tuple[str, str]:
    message = f"{note.place()[1]} is known to the vendor's SDK types only, not to its documentation; it may be ignored."
    return message, "Check what the platform does with it."


def _plain(value: Any) -> str:
    """A canonical value in words."""
    if isinstance(value, tuple):
        return " ".join(_plain(each) for each in value if each is not OMIT)
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def source_text(wire: str, value: Any, syntax: str) -> str:
    """An attribute as written: `beep="true"`, `"beep": true`, `beep: true`."""
    if syntax == "xml":
        return f'{wire}="{value}"' if wire else str(value if value is not None else "").strip()
    import json

    text = json.dumps(value, ensure_ascii=False)
    return f"{wire}: {text}" if syntax == "yaml" else f'"{wire}": {text}'


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
    sources: tuple[str, ...] = ()
    live: re.Pattern[str] | None = None
    canonical: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

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
        from translator.intent import FIELDS

        return FIELDS[name].dropped if name in FIELDS else "warning"


__all__ = [
    "OMIT",
    "UNKNOWN",
    "Attribute",
    "Dialect",
    "Envelope",
    "Limb",
    "Neighbour",
    "Note",
    "Reading",
    "Site",
    "Verb",
    "Writing",
    "attribute_path",
    "remember",
    "source_text",
    "split_key",
]
