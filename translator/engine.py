"""The engine: read, express, read back, difference.

Every attribute that is written is read back with the target's own table. The report is the difference between the
intent asked for and the intent read back. No loss is made anywhere else. (That the whole target document, parsed
anew, says the very same is a law: see `tests/test_laws.py`.)
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from translator import registry, syntax
from translator.difference import SITE, Difference, in_order, remarked
from translator.errors import InvalidOption, NoConference, UnreadableDocument
from translator.fields import FIELDS
from translator.loss import Fixed, Loss, code_name
from translator.plan import Plan, plan
from translator.result import Result
from translator.sites import Limb, Reading, Site, Writing, conceals, deep, split_key
from translator.values import OMIT, is_template, is_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.detection import Detection
    from translator.dialect import Dialect
    from translator.flow import Flow
    from translator.syntax import Document

COMMON_OPTIONS = {"base_url": "absolute URL that relative URLs of the source are resolved against"}


def translate(
    source: str | bytes,
    to: str,
    from_: str | None = None,
    *,
    syntax: str | None = None,
    options: Mapping[str, str] | None = None,
) -> Result:
    """Translate a document.

    Args:
        source: the document; bytes are best, as their encoding is then the document's own affair.
        to: name or alias of the target dialect.
        from_: name or alias of the source dialect; None: detected from the document.
        syntax: "xml", "json" or "yaml", where the target has several; None: the source's where both are one
            dialect, else the target's first.
        options: `base_url`, and what the target dialect documents.

    Raises:
        TranslatorError: one of its family, and nothing else, whatever the bytes.
    """
    target = registry.get(to)
    document, dialect, detection = _open(source, from_)
    reading = read_document(document, dialect)
    result = _write(reading, document, target, dialect.name, syntax, options)
    result.detection = detection
    return result


def read(source: str | bytes, from_: str | None = None) -> Flow:
    """The canonical intent of a document. Arguments and errors as for `translate`."""
    from translator import faces

    document, dialect, _ = _open(source, from_)
    return faces.flow(read_document(document, dialect), document)


def write(flow: Flow, to: str, *, syntax: str | None = None, options: Mapping[str, str] | None = None) -> Result:
    """Write a flow in a dialect, with the report of what could not be said there."""
    from translator import faces

    target = registry.get(to)
    reading, document = faces.reading(flow)
    name = flow.dialect or "intent"
    result = _write(reading, document, target, name, syntax, options)
    result._flow = flow
    return result


def read_document(document: Document, dialect: Dialect) -> Reading:
    reading = Reading(dialect, document)
    dialect.envelope.read(document, reading)
    return reading


def _open(source: str | bytes, from_: str | None) -> tuple[Document, Dialect, Detection | None]:
    syntax.check_type(source)
    if from_ is None:
        from translator.detection import settle

        document, detection = settle(source)
        return document, registry.get(detection.dialect or ""), detection
    dialect = registry.get(from_)
    return syntax.parse(source, _syntax_of(source, dialect)), dialect, None


def _syntax_of(source: str | bytes, dialect: Dialect) -> str:
    """The syntax to read in: what the first character shows, where the dialect has it."""
    if len(dialect.syntaxes) == 1:
        return dialect.syntaxes[0]
    sniffed = syntax.sniff(source)
    if sniffed in dialect.syntaxes:
        return sniffed
    return dialect.syntaxes[0]


def _write(
    reading: Reading,
    document: Document,
    target: Dialect,
    source_name: str,
    syntax_name: str | None,
    options: Mapping[str, str] | None,
) -> Result:
    chosen = _chosen_syntax(target, reading, syntax_name)
    if not hasattr(options or {}, "items"):
        raise InvalidOption("Options are a mapping of names to values.")
    options = dict(options or {})
    if "base_url" in options:
        _check_base(options["base_url"])
    for name in options:
        if name not in COMMON_OPTIONS and name not in target.options:
            known = ", ".join([*COMMON_OPTIONS, *target.options])
            raise InvalidOption(f'{target.title} knows no option "{name}"; it knows: {known}.')
    translation = _Translation(plan(reading.origin, target), reading, document, options, chosen)
    sites = translation.sites(reading.sites)
    writing = Writing(target, sites, chosen, reading.origin, reading.remarks, options)
    try:
        text = syntax.write(target.envelope.write(writing), chosen)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        if not reading.made:
            raise
        words = f"The foreign steps of the flow are not those of {target.title}: {error}."
        raise UnreadableDocument(words) from None
    if reading.made and not target.canonical:
        translation.check(sites, text)
    result = Result(text, translation.losses(), source_name, target.name, chosen, reading, document)
    result._given = [given for _, _, given in translation.pairs]
    return result


def _check_base(base_url: Any) -> None:
    try:
        parts = urlsplit(base_url) if isinstance(base_url, str) else None
        _ = parts and parts.port
    except ValueError:
        parts = None
    if base_url != "" and (parts is None or not parts.scheme or not parts.netloc):
        raise InvalidOption(f'base_url is an absolute URL, such as https://app.example.com; not "{base_url}".')


def _chosen_syntax(target: Dialect, reading: Reading, asked: str | None) -> str:
    if asked is None:
        same = reading.origin is not None and reading.origin.name == target.name
        return reading.syntax if same and reading.syntax in target.syntaxes else target.syntaxes[0]
    if asked not in target.syntaxes:
        raise InvalidOption(f"{target.title} is not written in {asked}; it has: {', '.join(target.syntaxes)}.")
    return asked


class _Translation:
    """One run: expresses every site, and keeps what was asked for beside what is read back."""

    __slots__ = ("base_url", "document", "found", "in_order", "options", "pairs", "plan", "reading", "syntax")

    def __init__(
        self, plan: Plan, reading: Reading, document: Document, options: Mapping[str, str], syntax_name: str
    ) -> None:
        self.plan = plan
        self.reading = reading
        self.document = document
        self.options = options
        self.base_url = options.get("base_url", "")
        self.syntax = syntax_name
        self.pairs: list[tuple[Site, dict[str, Any], dict[str, Any]]] = []
        """(site, asked, given) of every conference, in document order."""
        self.found: list[Loss] = []
        self.in_order = reading.in_order and all([remark.order is not None for remark in reading.remarks])
        """Whether the order of sites and attributes is that of places, so that no place need be looked up."""

    # -- express ----------------------------------------------------------------------------------------------

    def sites(self, sites: list[Site]) -> list[Site]:
        """The sites to write. Branches stay where the target holds them; else they are laid flat."""
        keeps = self.plan.keeps
        result: list[Site] = []
        for site in sites:
            if site.is_conference and self.plan.target.single and self.pairs:
                words = self.plan.wording.surplus(site)
                self._add("structure", "error", "conference", (self._here(site), ""), {**site.said, **site.raw}, words)
            elif site.is_conference:
                result.append(self._express(site))
            elif self._holds(site):
                result.append(self._copy(site))
                if not keeps and self.plan.source is not None and self.plan.source.kin[self.plan.target.name]:
                    kin = self.plan.wording.kin(site)
                    self._add(kin.kind, kin.severity, kin.field, (site.path, ""), kin.asked, kin.words)
            else:
                self._leave(site)
                for limb in site.branches if not keeps else ():
                    if limb.conditional:
                        self._flatten(site, limb)
                    result += self.sites(limb.sites)
        return result

    def _holds(self, site: Site) -> bool:
        """Whether the target takes a foreign step as it is."""
        if site.verb == "#comment":
            return self.plan.keeps and (self.syntax != "json" or not self.plan.same)
        return self.plan.keeps or site.verb in self.plan.shared

    def _express(self, site: Site) -> Site:
        plan = self.plan
        verb = plan.target.conference
        asked = said = self._asked(site.said)
        if verb.prepare is not None and not plan.same:
            said = dict(asked)
            verb.prepare(said)
        given: dict[str, Any] = {}
        nodes: dict[str, tuple[str, dict[str, Any]]] = {element: ("", {}) for element in plan.elements}
        implied = plan.asked
        for row in plan.rows:
            name = row.single
            if name is None:
                value = row.several(said, implied)
            elif name in said:
                value = said[name]
            elif row.fill:
                value = row.unsaid(said, implied)
            else:
                continue
            if value is OMIT:
                continue
            try:
                wire, meant = row.known[type(value), value]
            except (KeyError, TypeError):
                wire, meant = row.say(value)
            if wire is not OMIT:
                nodes[row.element][1][row.wire] = wire
                given.update(meant)
        result = Site("conference", site.path, is_conference=True)
        result.nodes = nodes  # type: ignore[assignment]
        if plan.keeps:
            result.raw = site.raw
            result.children = site.children
            result.said = asked
        if plan.same:
            self._keep_raw(site, nodes, given)
        elif plan.keeps:
            given = dict(asked)
        if verb.settle is not None:
            verb.settle(given)
        if plan.outcome and not plan.keeps:
            given = verb.outcome(given)
        self.pairs.append((site, asked, given))
        if plan.same:
            result.value = site.value
        else:
            self._needs(site, asked, nodes, given)
        if not plan.keeps and not str(asked.get("name") or "").strip():
            self._add("invalid", "error", "name", (self._here(site), ""), None, _NAMELESS)
        return result

    def _needs(
        self,
        site: Site,
        asked: dict[str, Any],
        nodes: dict[str, tuple[str, dict[str, Any]]],
        given: dict[str, Any],
    ) -> None:
        """Write what the target cannot do without: from the caller's options, else a marked placeholder."""
        target = self.plan.target
        for need in target.conference.needs:
            if need.name in asked:
                continue
            row = target.conference.by_field[need.name]
            value = self.options.get(need.option, need.placeholder)
            nodes[row.element][1][row.wire] = given[need.name] = value
            if need.option not in self.options:
                words = self.plan.wording.placeholder(row, need)
                self._add("unresolved", need.severity, need.name, (self._here(site), ""), None, words)

    @staticmethod
    def _here(site: Site) -> str:
        return site.nodes[""][0] if "" in site.nodes else site.path

    def _keep_raw(self, site: Site, nodes: dict[str, tuple[str, dict[str, Any]]], given: dict[str, Any]) -> None:
        """Write what is no legal attribute or value of this dialect as it was written."""
        rows = self.plan.target.conference.by_wire
        for key, value in site.raw.items():
            element, wire = split_key(key, nodes)
            nodes[element][1][wire] = value
            row = rows.get(element, {}).get(wire)
            if row is not None:
                given.update(row.meaning(value))

    def _asked(self, said: dict[str, Any]) -> dict[str, Any]:
        """What is asked of the target: what was said, with relative URLs resolved and stand-ins for what it lacks."""
        asked = said
        source = self.plan.source
        if source is not None and source.conference.effects is not None and not self.plan.keeps:
            effects = source.conference.effects(said)
            asked = {**said, **effects}
            self.in_order &= not effects
        if self.base_url:
            asked = {name: self._absolute(name, value) for name, value in asked.items()}
        for name, pairs in self.plan.instead.items():
            if asked.get(name) is not None and not any(other in asked for other, _ in pairs):
                asked = {**asked, **{other: asked[name] if value == "=" else value for other, value in pairs}}
                self.in_order = False
        return asked

    def _absolute(self, name: str, value: Any) -> Any:
        facts = FIELDS.get(name)
        if facts is None or not isinstance(value, str) or not (facts.format or name.endswith("_url")):
            return value
        if not is_url(value) or is_template(value) or "://" in value:
            return value
        try:
            return urljoin(self.base_url, value)
        except ValueError:  # no URL at all
            return value

    def _copy(self, site: Site) -> Site:
        result = Site(site.verb, site.path, site.value)
        result.branches = [Limb(b.place, b.label, self.sites(b.sites), b.path, b.conditional) for b in site.branches]
        return result

    def _leave(self, site: Site) -> None:
        """A step that the target cannot hold: a loss, unless its branches already say it all."""
        if site.verb.startswith("#") or site.branches:
            self.in_order = False
        known = self.plan.source.neighbours.get(site.verb) if self.plan.source else None
        if site.branches and known is not None and known.only_branches:
            return
        step = self.plan.wording.step(site, self.plan.source)
        self._add(step.kind, step.severity, step.field, (site.path, ""), step.asked, step.words)
        if self.plan.source is not None and not site.branches and conceals(site.value, self.plan.source.spellings):
            words = (f"A conference stands inside {site.verb}; it is not carried over.", "Translate it by itself.")
            self._add("structure", "error", "conference", (site.path, ""), None, words)

    def _flatten(self, site: Site, limb: Limb) -> None:
        words = self.plan.wording.branch(site, limb)
        self._add("structure", "error", site.verb, (limb.path or site.path, ""), limb.label, words)

    def check(self, sites: list[Site], text: str) -> None:
        """Read the document of a flow made by hand: a step that has no place in it is a loss."""
        written = Reading(self.plan.target, syntax.parse(text, self.syntax))
        with suppress(NoConference):
            written.dialect.envelope.read(written.document, written)
        there = list(deep(written.sites))
        wanted = Counter(str(given.get("name") or "").strip() for _, _, given in self.pairs)
        for name in wanted - Counter(str(s.said.get("name") or "").strip() for s in there if s.is_conference):
            words = (f'The conference "{name}" has no place in the document.', _PLACELESS)
            self._add("structure", "error", "conference", ("", ""), None, words)
        wanted = Counter(site.verb for site in deep(sites) if not site.is_conference)
        for verb in wanted - Counter(site.verb for site in there if not site.is_conference):
            words = (f"The step {verb} has no place in the document.", _PLACELESS)
            self._add("step", "error", code_name(verb.removeprefix("#")), ("", ""), None, words)
        if not self.plan.keeps and not self.reading.remarks:
            for site, _, _ in self.pairs:
                for key, value in site.raw.items():
                    words = (f"{key} is kept for its own dialect only; it is not carried over.", _PLACELESS)
                    self._add("unknown", "warning", code_name(key), (self._here(site), ""), value, words)

    # -- difference -------------------------------------------------------------------------------------------

    def losses(self) -> tuple[Loss, ...]:
        found = self.found
        known = self.in_order and not found
        for number, (site, asked, given) in enumerate(self.pairs):
            found += Difference(self.plan, self.document, site, number << SITE).find(asked, given)
        found += [remarked(note) for note in self.reading.remarks if not (note.kept and self.plan.keeps)]
        return in_order(found, known=known)

    def _add(
        self, kind: str, severity: str, field: str, place: tuple[str, str], asked: Any, words: tuple[str, str]
    ) -> None:
        self.found.append(Loss(kind, severity, field, True, asked, None, Fixed(place, words, self.document.locate)))


_PLACELESS = "Put it where its dialect has a place for it."
_NAMELESS = ("The conference has no name; every platform needs one.", "Give it a name.")
