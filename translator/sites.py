"""What is read from a document, and written to one, while it is translated: plain and cheap.

An envelope finds the verbs and hands their attributes to a `Reading`; what they mean is the table's business.
`Conference` and `Foreign` are the public faces of a `Site` (see `translator.faces`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from translator.codecs import Illegal
from translator.dialect import raw_key, remember
from translator.errors import TranslatorError
from translator.loss import code_name
from translator.syntax import module
from translator.values import OMIT, is_template

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from translator.dialect import Attribute, Dialect, Verb
    from translator.syntax import Document


class Site:
    """One step while it is read or written: plain and cheap. `Conference` and `Foreign` are its public faces.

    Attributes:
        verb: its wire name; `#comment`, `#text` and the like stand for what is no verb.
        kind: the canonical step: `conference`, `say`; "" where it is a foreign verb.
        form: the verb that it was read as, or is written as; None for foreign verbs.
        said: field -> value, canonical and own fields alike.
        raw: attribute -> wire value, of what is no legal attribute or value.
        nodes: element -> (path, attributes as written); "" is the verb's own element.
        number: its place among all steps, from 1, where a reader tells it; 0 where none does.
        value: the raw value of a foreign step, and of others around the conference, for their own dialect.
        parts: nested steps, in order: prompts, targets.
        branches: of a foreign step: (place, label, sites, path).
        children: (element, child) of what stands inside the verb and is kept for its own dialect: elements, texts.
    """

    __slots__ = (
        "branches",
        "children",
        "form",
        "kind",
        "nodes",
        "number",
        "parts",
        "path",
        "raw",
        "said",
        "value",
        "verb",
    )

    def __init__(
        self, verb: str, path: str = "", value: Any = None, *, kind: str = "", form: Verb | None = None
    ) -> None:
        self.verb = verb
        self.kind = kind
        self.form = form
        self.path = path
        self.value = value
        self.number = 0
        self.said: dict[str, Any] = {}
        self.raw: dict[str, Any] = {}
        self.nodes: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self.branches: list[Limb] = []
        self.children: list[tuple[str, Any]] = []
        self.parts: list[Site] = []

    @property
    def is_conference(self) -> bool:
        return self.kind == "conference"


_NOTHING: Final[Mapping[Any, Any]] = {}
WRITTEN: Final = object()
"""The raw value of a step that another one writes: one wire verb was read as several steps."""


def deep(sites: Iterable[Site]) -> Iterator[Site]:
    """Sites, and those in their branches."""
    for site in sites:
        yield site
        for limb in site.branches:
            yield from deep(limb.sites)


def conceals(value: Any, verbs: Iterable[str]) -> bool:
    """Whether one of the verbs stands somewhere inside a raw value: as an element, a key, or what `verb` says."""
    verbs = set(verbs)
    if hasattr(value, "iter"):
        return next(value.iter(*verbs), None) is not None
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):  # an element as text
            if each.startswith("<") and any(f"<{verb}" in each for verb in verbs):
                return True
        elif isinstance(each, dict):
            if not verbs.isdisjoint(each) or each.get("verb") in tuple(verbs):
                return True
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return False


def nested(value: Any, verbs: Container[str]) -> list[str]:
    """The verbs that stand inside a raw value, in order: as elements, or as what `verb` says."""
    found: list[str] = []
    if isinstance(value, str) and value.startswith("<"):  # an element as text, or a text
        with suppress(TranslatorError):
            value = module("xml").from_fragment(value)
    if hasattr(value, "iterdescendants"):
        return [str(node.tag) for node in value.iterdescendants() if node.tag in verbs]
    waiting = list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, list) else []
    waiting.reverse()  # the next one is the last
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            verb = each.get("verb")
            if isinstance(verb, str) and verb in verbs:
                found.append(verb)
            waiting += reversed(each.values())
        elif isinstance(each, list):
            waiting += reversed(each)
    return found


@dataclass(eq=False, repr=False, slots=True)
class Limb:
    """A branch of a foreign step: where its list stands in the raw value, its words, its sites, its path.

    `conditional` is false where the steps always run: the step only wraps them.
    """

    place: str
    label: str
    sites: list[Site]
    path: str = ""
    conditional: bool = True


class Note:
    """A remark of the reader: what only it could see. It is the origin of the loss that it becomes.

    Attributes:
        kind, field, severity: as of a loss.
        value: the wire value that it is about, None where it is about none.
        kept: the origin dialect gets it back as written.
        order: (step, rank among what stands on it, turn) where it is about an attribute, None elsewhere.
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

    def path(self, _: object = None) -> str:
        """Where it stands."""
        if len(self._place) == 2:
            return self._place[0]
        site, element, wire = self._place
        syntax = self.document.syntax
        if wire.startswith("{") and syntax == "xml":
            wire = module("xml").prefixed(self.document, wire)
        return attribute_path(site.nodes[element][0], wire, syntax)

    def written(self, _: object = None) -> str:
        """What stands there, as written."""
        if len(self._place) == 2:
            return self._place[1]
        site, element, wire = self._place
        value = site.nodes[element][1].get(wire)
        if wire.startswith("{") and self.document.syntax == "xml":
            wire = module("xml").prefixed(self.document, wire)
        return source_text(wire, value, self.document.syntax)

    def words(self, _: object = None) -> tuple[str, str]:
        """(message, remedy)."""
        return self._say(self) if callable(self._say) else self._say

    def locate(self, path: str) -> tuple[int, int]:
        return self.document.locate(path)


class Reading:
    """What an envelope reads a tree into.

    Attributes:
        origin: the dialect whose unsaid behaviour applies: the dialect itself, unless the document names another.
        alone: no step but conferences was read.
        in_order: fields are said in the order of their places.
        numbered: steps are read in the order of their places, whatever stands around the conferences.
        made: it comes from a flow, that somebody may have made or changed by hand.
        usual: attributes that the document sets for all steps that come later and do not say them themselves.
        usual_behind: path of a step -> what is usual behind it, where other steps run in it.
    """

    __slots__ = (
        "alone",
        "dialect",
        "document",
        "in_order",
        "made",
        "numbered",
        "numbers",
        "origin",
        "remarks",
        "sites",
        "syntax",
        "usual",
        "usual_behind",
    )

    def __init__(self, dialect: Dialect, document: Document) -> None:
        self.dialect = dialect
        self.origin: Dialect | None = dialect
        self.document = document
        self.syntax = document.syntax
        self.alone = True
        self.in_order = True
        self.numbered = False
        self.numbers = 0
        self.made = False
        self.sites: list[Site] = []
        self.remarks: list[Note] = []
        self.usual: dict[str, Any] = {}
        self.usual_behind: dict[str, dict[str, Any]] = {}

    def number(self, site: Site) -> Site:
        """Give a step its number: they are numbered as they are read."""
        self.numbers += 1
        site.number = self.numbers
        return site

    def attributes(self, site: Site, element: str, path: str, items: Mapping[str, Any]) -> None:
        """Read the attributes of one element into a site."""
        if not site.number:
            self.number(site)
        site.nodes[element] = (path, items)
        meanings = self._verb(site).meanings.get(element, _NOTHING)
        said = site.said
        for wire, value in items.items():
            try:
                meant = meanings[wire].get(value)
            except (KeyError, TypeError):  # not known; a list, an object
                meant = None
            said.update(self._read(site, element, wire, value) if meant is None else meant)

    def _read(self, site: Site, element: str, wire: str, value: Any) -> Mapping[str, Any]:
        """The fields that an attribute says, with a remark where it is not known, or not legal."""
        verb = self._verb(site)
        row = verb.by_wire.get(element, {}).get(wire)
        if row is None:
            site.raw[raw_key(element, wire)] = value
            self._unknown(site, element, wire)
            return {}
        known, text = verb.meanings[element][wire], type(value) is str
        key = value if row.confirmed else (value,)
        meant = known.get(key) if text else None
        if meant is None:
            try:
                meant = row.fields_of(row.codec.read(value))
            except Illegal as error:
                found = self._illegal(site, row, value, error)
                if found is OMIT:
                    return {}
                meant = row.fields_of(found)
            else:
                if text:
                    remember(known, key, meant, value)
        if not row.confirmed:
            site.said.update(meant)
            self._note(site, element, wire, "unknown", row.names[0], "warning", _unconfirmed, self._rank(site, 0))
        return meant

    def step(self, verb: Verb, path: str, items: Mapping[str, Any], value: Any) -> Site:
        """Read a step around the conference from the attributes of its own element; more may follow."""
        site = Site(verb.name or verb.kind, path, value, kind=verb.kind, form=verb)
        self.alone = False
        self.in_order &= self.numbered
        self.attributes(site, "", path, items)
        return site

    def settle(self, site: Site) -> None:
        """Run the dialect's hooks, once all attributes are read."""
        verb = self._verb(site)
        for name, value in verb.says.items():
            site.said.setdefault(name, value)
        for name, rows in verb.doubled:
            self._contradiction(site, name, rows)
        if verb.remark is not None:
            for wire, words, severity in verb.remark(site.said):
                row = verb.by_wire[""][wire]
                say = (f"{row.title}: {words}.", "Check what the call really does.")
                self._note(site, "", wire, "invalid", row.names[0], severity, say, self._rank_of(site, row.names[0]))
        if verb.settle is not None:
            before = len(site.said)
            verb.settle(site.said)
            if self.remarks and len(site.said) != before:
                self.in_order = False  # remarks count the fields that stood before them

    def _contradiction(self, site: Site, name: str, rows: tuple[Attribute, ...]) -> None:
        """Remark on an attribute that says one thing of a field, where a later one says another: that counts."""
        for row in rows:
            items = site.nodes.get(row.element, ("", {}))[1]
            if row.wire not in items or row.key in site.raw:
                continue
            meant = row.meaning(items[row.wire])
            if name in meant and name in site.said and meant[name] != site.said[name]:
                words = f"Another attribute says otherwise than {row.title}, and was taken."
                say = (words, "Say it once.")
                self._note(site, row.element, row.wire, "invalid", row.names[0], "warning", say, None)

    def _rank(self, site: Site, said: int) -> int:
        """The rank of a remark made now: even numbers are those of fields, in the order in which they are said."""
        return 2 * len(site.said) + said

    def _rank_of(self, site: Site, name: str) -> int | None:
        """The rank of a remark on a field that was said."""
        return next((2 * number for number, said in enumerate(site.said, 1) if said == name), None)

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
        order = None if rank is None else (site.number, rank, len(self.remarks) if rank % 2 else 0)
        if site.kind and not site.is_conference:
            field, order = f"{site.kind}_{field}", (site.number, 2 * position(wire, site.nodes[element][1]), 0)
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
        unset = value == "" and self.syntax != "xml"  # builders of JSON write what is not set as an empty text
        severity = error.severity or ("notice" if carried or unset else self._verb(site).severity(row.names[0]))
        nothing = "The name" if site.is_conference else "The text"
        message = f"{source_text(row.wire, value, self.syntax) or nothing} {error.reason}."
        if carried and value and _plain(instead):
            message += f" It was read as {_plain(instead)}."
        say = (message, f"Write {error.hint}." if error.hint else "Correct the source.")
        fields = list(row.fields_of(instead)) if carried else []
        before = fields.index(row.names[0]) if row.names[0] in fields else 0  # fields of the row in the order of codes
        rank = self._rank(site, 2 * before + 2 if carried else 1)
        self._note(site, row.element, row.wire, "invalid", row.names[0], severity, say, rank)
        return instead

    def _verb(self, site: Site) -> Verb:
        return site.form or self.dialect.conference

    def _unknown(self, site: Site, element: str, wire: str) -> None:
        verb = self._verb(site)
        hint = verb.hints.get(wire, "")
        if not hint:
            from difflib import get_close_matches

            near = get_close_matches(wire, [name for name in verb.by_wire.get(element, ()) if name], 1, 0.8)
            hint = near[0] if near else ""
        name = wire.rpartition("}")[2]
        message = (
            f"{self.dialect.title} knows no {name} on {element or verb.name or verb.kind}; nothing was carried over."
        )
        meant = f"Probably meant: {hint}." if hint else "Take it away, or find what was meant."
        # What was meant decides the weight: a misspelt `record` is a recording that is never made.
        target = verb.by_wire.get(element, {}).get(hint.partition(" ")[0].rstrip(",")) if hint else None
        severity = verb.severity(target.names[0]) if target else "warning"
        self._note(site, element, wire, "unknown", code_name(name), severity, (message, meant), self._rank(site, 1))
        if conceals(site.nodes[element][1][wire], self.dialect.spellings):
            words = f"A conference stands inside {name}; it is not carried over."
            place = attribute_path(site.nodes[element][0], wire, self.syntax)
            self.structure(place, words, "error", "Translate it by itself.", "conference")


@dataclass(eq=False, repr=False, slots=True)
class Writing:
    """What an envelope writes from: sites whose `nodes` hold the attributes, and what else the document may hold."""

    dialect: Dialect
    sites: list[Site]
    syntax: str
    origin: Dialect | None = None
    remarks: list[Note] = field(default_factory=list)
    options: Mapping[str, str] = field(default_factory=dict)


def split_key(key: str, elements: Iterable[str]) -> tuple[str, str]:
    """The element and wire name of a raw key; an `@` that parts nothing is part of the name."""
    element, mark, wire = key.partition("@")
    return (element, wire) if mark and element and element in elements else ("", key)


def position(wire: str | None, items: Iterable[str]) -> int:
    """The place of an attribute among those of its element, from 1; 0 for the text, and for what are child elements."""
    return 0 if not wire or wire[0] == "<" or wire not in items else list(items).index(wire) + 1


def attribute_path(path: str, wire: str, syntax: str) -> str:
    """The path of an attribute (or, for "", of the element whose text it is)."""
    if syntax == "xml":
        return f"{path}/@{wire}" if wire else path
    from translator.syntax import pointer

    return pointer(path, wire)


def _unconfirmed(note: Note) -> tuple[str, str]:
    message = f"{note.written()} is known to the vendor's SDK types only, not to its documentation; it may be ignored."
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
