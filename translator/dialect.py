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

    from translator.fields import Kind
    from translator.sites import Reading, Site, Writing
    from translator.syntax import Document


REMEMBERED: Final = 1024
"""How many values of one attribute are remembered, with what they mean."""


LONG: Final = 500
"""Characters of a text that is not remembered."""


def remember(known: dict[Any, Any], key: Any, found: Any, value: Any) -> None:
    """Keep what was found out about a value for the next document; it stays bounded, in number and size."""
    if type(value) is str:
        if len(value) > LONG:
            return
    elif isinstance(value, str | tuple) and len(str(value)) > LONG:
        return
    if len(known) >= REMEMBERED:
        known.clear()
    known[key] = found


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
    """A field that must be written. The caller gives it as an option; else a placeholder stands for it.

    `whole`: without it the verb is not written at all.
    """

    name: str
    option: str
    severity: str
    whole: bool = False

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


@dataclass(frozen=True, eq=False, repr=False)  # a representation would be the whole table
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
        grave_senses: canonical field -> the value whose other sense is as grave as losing it.
        kind: the canonical step.
        says: what is said by this very verb, where one kind of step has several: `Reject` says a cause.
        takes: whether it is the verb for what is asked, where a kind has several; the first that takes it is written.
        reads: whether an element or object of this name is it, where several verbs share one name.
        unanswered: hook run on what is said by a verb that is reached before the call is answered.
        answered: the same of a verb that is reached when it is.
        proviso: hook that gives (severity, words) of what must be so beside the document, given what is written.
        answers: whether running it answers a call that still rings; None where nobody knows.
        only_ringing: it is skipped once the call is answered.
        only_answered: it is skipped as long as the call is not answered.
        stopped_by: the field that ends what is repeated for ever.
        one_at_a_time: it takes one URL, where `play` has several.
        holds: how many nested steps it takes, where that is limited.
        alike: all of them must be of one verb.
        shares: attributes that all nested steps have in common.
        nests: kinds of nested steps that it takes, where not all that the kind knows.
        fixed: attributes that stand on it always, where one name has several verbs; they say nothing else.
        lower: hook that makes the wire verbs of a site, where the envelope's own way is not enough.
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
    grave_senses: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "conference"
    says: Mapping[str, Any] = field(default_factory=dict)
    takes: Callable[[Mapping[str, Any]], bool] | None = None
    reads: Callable[[Mapping[str, Any]], bool] | None = None
    unanswered: Callable[[dict[str, Any]], None] | None = None
    answered: Callable[[dict[str, Any]], None] | None = None
    proviso: Callable[[Mapping[str, Any]], tuple[str, str] | None] | None = None
    answers: bool | None = True
    only_ringing: bool = False
    only_answered: bool = False
    stopped_by: str = ""
    one_at_a_time: bool = False
    holds: int | None = None
    alike: bool = False
    nests: tuple[str, ...] | None = None
    shares: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    lower: Callable[[Site], list[Any]] | None = None

    def __post_init__(self) -> None:
        for name in ("implied", "notes", "hints", "senses", "grave_senses", "says", "fixed"):
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
    def meanings(self) -> dict[str, dict[str, dict[Any, dict[str, Any]]]]:
        """element -> wire name -> legal text -> the fields that it says: remembered, as texts repeat, URLs too.

        What is known to an SDK's types alone stands under the text in a tuple: it is to be remarked on each time.
        """
        return {element: {wire: {} for wire in rows} for element, rows in self.by_wire.items()}

    @cached_property
    def by_field(self) -> dict[str, Attribute]:
        """field -> the row that carries it."""
        found: dict[str, Attribute] = {}
        for row in self.attributes:
            for name in row.names:
                found.setdefault(name, row)
        return found

    @cached_property
    def doubled(self) -> tuple[tuple[str, tuple[Attribute, ...]], ...]:
        """The fields that several rows carry, with those rows: a document may contradict itself."""
        rows = {name: tuple(row for row in self.attributes if name in row.names) for name in self.by_field}
        return tuple((name, found) for name, found in rows.items() if len(found) > 1)

    @cached_property
    def own(self) -> dict[str, Attribute]:
        """The rows of fields that are not canonical."""
        return {name: row for name, row in self.by_field.items() if name not in self.implied}

    @cached_property
    def shapes(self) -> dict[str, str]:
        """Attributes that stand for child elements, in XML -> the tag of these: `<Parameter>` -> `Parameter`."""
        return {wire: wire.strip("<>") for wire in self.by_wire[""] if wire.startswith("<")}

    @property
    def implicit(self) -> bool:
        """Whether nothing stands for it in a document: the verbs behind it do it by themselves."""
        return self.wire == "" and self.kind != "target"

    @cached_property
    def facts(self) -> Kind:
        """The kind of step that it is."""
        from translator.step_fields import STEPS

        return STEPS[self.kind]

    @cached_property
    def name(self) -> str:
        """Its wire name, without what it stands in: `Stream` of `Start/Stream`."""
        return self.wire.rpartition("/")[2]

    def severity(self, name: str) -> str:
        """How bad it is to lose a field that was said."""
        row = self.own.get(name)
        if row is not None:
            return row.severity
        fields = self.facts.fields
        return fields[name].dropped if name in fields else "warning"


class Neighbour(NamedTuple):
    """A verb without a canonical step: what it does, and how bad its loss is.

    `only_branches`: it does nothing but choose between branches, whose own losses say it all.
    `absent`: the platform has no such verb; documents have it by mistake.
    `holds`: other verbs stand in it, so that it is not passed on to kin as it is, and what it holds is told.
    `differs`: what is another thing where it is passed on to kin as it is, and as bad as losing it.
    """

    does: str
    severity: str = "warning"
    only_branches: bool = False
    absent: bool = False
    holds: bool = False
    differs: str = ""


class Jump(NamedTuple):
    """Where a step goes: a section of its own document, and whether it comes back."""

    section: str
    returns: bool


class Plain(NamedTuple):
    """How `translator.stencil` knows the verbs of a dialect in JSON, beside keys that are names of verbs.

    Attributes:
        named_by: the key by which an object in a list names its verb, or "".
        beside: the key that names a verb and the key that its attributes stand under, where they stand in one object.
    """

    named_by: str = ""
    beside: tuple[str, str] = ("", "")


class Envelope(Protocol):
    """Where the verb stands in a document, both ways."""

    def read(self, document: Document, reading: Reading) -> None:
        """Fill `reading.sites`; raise NoConference with a hint where there is none."""

    def write(self, writing: Writing) -> Any:
        """The tree."""

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        """How sure the shape is: 0 to 1, and why in a few words."""


@dataclass(frozen=True, eq=False, repr=False)  # the same
class Dialect:
    """One wire language.

    Args:
        name: as in `from_` and `to`.
        title: as people write it.
        syntaxes: "xml", "json", "yaml"; the first is written.
        suffixes: of file names, `.cxml.xml`; the first is that of the first syntax.
        aliases: other names.
        envelope: where the verb stands.
        verbs: name -> verb; `conference` is one, others are named by their kind of step: `say`, `hangup`, and
            `hangup/Reject` where a kind has several.
        neighbours: known verbs without a canonical step.
        platform: who runs it; ids of calls are known within one platform only. Its own name, if not said.
        kin: other dialects that take the foreign verbs which both know as they are -> what may differ, or "".
        single: a document holds one conference and nothing else.
        sources: vendor page, version, date.
        live: pattern of expressions that this platform itself fills in at call time.
        canonical: says nothing of its own: what is unsaid stays what the flow's origin does (`intent`).
        about: the docstring of the dialect's file.
        falls_through: a URL that answers nothing lets the next verb run, though it was to take over.
        continued: kinds of steps whose after URL is said by a redirect right behind them.
        afterwards: what happens when all steps have run, in a few words; "" where nobody knows.
        answered: the call is answered before the first step runs.
        folds: hook that tells whether nothing is lost with a foreign step: later steps were read with what it sets, or
            it does what every other dialect does.
        leaves: hook that tells whether behind all steps a foreign step ends the call, or what else would go on then.
        jumps: hook that gives the local section that a foreign step goes to, or None.
        landings: hook that gives the paths of the foreign steps that other steps of the document jump to.
        plain: of plain URLs nothing is read but their scheme and whether they have a query, of plain words that say
            which room or label nothing but whether they hold a blank: documents that differ in them only are filled
            in (`translator.filled`; the law `filled_in` holds the tables to it). None: something else may be read.
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
    falls_through: bool = False
    continued: tuple[str, ...] = ()
    afterwards: str = ""
    jumps: Callable[[Site], Jump | None] | None = None
    folds: Callable[[Site], bool] | None = None
    answered: bool = False
    leaves: Callable[[Site], bool] | None = None
    landings: Callable[[list[Site]], frozenset[str]] | None = None
    plain: Plain | None = None

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

    @cached_property
    def forms(self) -> dict[str, tuple[Verb, ...]]:
        """Kind of step -> its verbs."""
        found: dict[str, tuple[Verb, ...]] = {}
        for verb in self.verbs.values():
            found[verb.kind] = (*found.get(verb.kind, ()), verb)
        return found

    @cached_property
    def around(self) -> dict[str, tuple[Verb, ...]]:
        """Wire name -> the verbs around the conference that go by it."""
        found: dict[str, tuple[Verb, ...]] = {}
        for verb in self.verbs.values():
            if verb.kind != "conference":
                found[verb.wire] = (*found.get(verb.wire, ()), verb)
        return found

    @cached_property
    def holders(self) -> frozenset[str]:
        """What is no verb itself, but holds one: `Start` of `Start/Stream`."""
        return frozenset(wire.partition("/")[0] for wire in self.around if "/" in wire)

    def form(self, wire: str, items: Mapping[str, Any]) -> Verb | None:
        """The verb that an element or object is: of those of its name, the one that its attributes tell of."""
        for verb in self.around.get(wire, ()):
            if verb.reads is None or verb.reads(items):
                return verb
        return None

    @cached_property
    def known_verbs(self) -> Mapping[str, Neighbour]:
        """Every verb around the conference: what it does, and how bad its loss is."""
        found = {
            verb.wire.partition("/")[0]: Neighbour(verb.facts.meaning, verb.facts.severity)
            for verb in reversed(list(self.verbs.values()))
            if verb.kind not in ("conference", "target") and verb.wire
        }
        return {**found, **self.neighbours}
