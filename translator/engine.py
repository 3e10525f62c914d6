"""The engine: read, express, read back, difference.

The report is the difference between the intent asked for and the intent that is read back from the target
document. No loss is made anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from translator import registry, syntax
from translator.dialect import Limb, Note, Reading, Site, Writing, attribute_path, source_text
from translator.errors import InvalidOption, LossyTranslation, TranslatorError, UnreadableDocument
from translator.flow import Flow
from translator.intent import FIELDS
from translator.loss import Loss, at_least
from translator.plan import Plan, plan, relevant
from translator.syntax import NOWHERE, Document
from translator.values import OMIT, UNKNOWN, Template, is_template, is_url
from translator.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Dialect

COMMON_OPTIONS = {"base_url": "absolute URL that relative URLs of the source are resolved against"}


class Result:
    """A translated document with its report.

    Attributes:
        text: the target document.
        losses: ordered by place, then code; the same for the same bytes, always.
        source_dialect, target_dialect: names.
        syntax: of `text`: "xml", "json" or "yaml".
    """

    def __init__(
        self, text: str, losses: tuple[Loss, ...], source: str, target: str, syntax_name: str, reading: Reading, document: Document
    ) -> None:
        self.text = text
        self.losses = losses
        self.source_dialect = source
        self.target_dialect = target
        self.syntax = syntax_name
        self._reading = reading
        self._document = document
        self._flow: Flow | None = None

    @property
    def flow(self) -> Flow:
        """The canonical intent read from the source."""
        if self._flow is None:
            from translator import faces

            self._flow = faces.flow(self._reading, self._document)
        return self._flow

    @property
    def lossless(self) -> bool:
        """No losses at all."""
        return not self.losses

    def raise_for_losses(self, severity: str = "warning") -> None:
        """Raise `LossyTranslation` with the losses at or above a severity: "notice", "warning" or "error"."""
        if severity not in ("notice", "warning", "error"):
            raise InvalidOption(f'"{severity}" is no severity; one of: notice, warning, error.')
        found = [loss for loss in self.losses if at_least(loss.severity, severity)]
        if found:
            raise LossyTranslation(found)

    def __repr__(self) -> str:
        return f"Result({self.source_dialect!r} -> {self.target_dialect!r}, {len(self.losses)} losses)"


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
    document, dialect = _open(source, from_)
    reading = read_document(document, dialect)
    return _write(reading, document, target, dialect.name, syntax, options)


def read(source: str | bytes, from_: str | None = None) -> Flow:
    """The canonical intent of a document. Arguments and errors as for `translate`."""
    from translator import faces

    document, dialect = _open(source, from_)
    return faces.flow(read_document(document, dialect), document)


def write(
    flow: Flow, to: str, *, syntax: str | None = None, options: Mapping[str, str] | None = None
) -> Result:
    """Write a flow in a dialect, with the report of what could not be said there."""
    from translator import faces

    target = registry.get(to)
    reading, document = faces.reading(flow)
    name = flow.dialect or "intent"
    result = _write(reading, document, target, name, syntax, options)
    result._flow = flow
    return result


def read_document(document: Document, dialect: Dialect, *, quiet: bool = False) -> Reading:
    reading = Reading(dialect, document.syntax, quiet=quiet)
    dialect.envelope.read(document, reading)
    return reading


def _open(source: str | bytes, from_: str | None) -> tuple[Document, Dialect]:
    if not isinstance(source, str | bytes):
        raise UnreadableDocument(f"A document is str or bytes, not {type(source).__name__}.")
    if from_ is None:
        from translator.detection import settle

        document, name = settle(source)
        return document, registry.get(name)
    dialect = registry.get(from_)
    return syntax.parse(source, _syntax_of(source, dialect)), dialect


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
    options = dict(options or {})
    for name in options:
        if name not in COMMON_OPTIONS and name not in target.options:
            known = ", ".join([*COMMON_OPTIONS, *target.options])
            raise InvalidOption(f'{target.title} knows no option "{name}"; it knows: {known}.')
    pair = plan(reading.origin, target)
    translation = _Translation(pair, reading, document, options, chosen)
    sites = translation.sites(reading.sites)
    writing = Writing(target, sites, chosen, reading.origin, reading.remarks, options)
    tree = target.envelope.write(writing)
    back = read_document(Document(chosen, tree), target, quiet=True)
    losses = translation.losses(back)
    return Result(syntax.write(tree, chosen), losses, source_name, target.name, chosen, reading, document)


def _chosen_syntax(target: Dialect, reading: Reading, asked: str | None) -> str:
    if asked is None:
        same = reading.origin is not None and reading.origin.name == target.name
        return reading.syntax if same and reading.syntax in target.syntaxes else target.syntaxes[0]
    if asked not in target.syntaxes:
        raise InvalidOption(f"{target.title} is not written in {asked}; it has: {', '.join(target.syntaxes)}.")
    return asked


class _Translation:
    """One run: pairs every site asked for with the site written, then with the site read back."""

    def __init__(
        self, pair: Plan, reading: Reading, document: Document, options: Mapping[str, str], syntax_name: str
    ) -> None:
        self.plan = pair
        self.reading = reading
        self.document = document
        self.base_url = options.get("base_url", "")
        self.syntax = syntax_name
        self.wording = Wording(pair)
        self.asked: list[tuple[Site, dict[str, Any]]] = []
        self.found: list[Loss] = []

    # -- express ----------------------------------------------------------------------------------------------

    def sites(self, sites: list[Site]) -> list[Site]:
        """The sites to write. Branches stay where the target is the same dialect; else they are laid flat."""
        keep = self.plan.same or self.plan.target.canonical
        result: list[Site] = []
        for site in sites:
            if site.is_conference:
                result.append(self._express(site))
            elif keep and not (site.verb == "#comment" and self.plan.same and self.syntax == "json"):
                result.append(self._copy(site))
            else:
                self._leave(site)
            if not keep:
                for limb in site.branches:
                    self._flatten(site, limb)
                    result += self.sites(limb.sites)
        return result

    def _express(self, site: Site) -> Site:
        plan = self.plan
        asked = site.said
        if self.base_url:
            asked = {name: self._absolute(name, value) for name, value in asked.items()}
        for name, pairs in plan.instead.items():
            if name in asked and not any(other in asked for other, _ in pairs):
                asked = {**asked, **{other: asked[name] if value == "=" else value for other, value in pairs}}
        self.asked.append((site, asked))
        said = asked
        prepare = plan.target.conference.prepare
        if prepare is not None and not plan.same:
            said = dict(asked)
            prepare(said)
        written: dict[str, dict[str, Any]] = {element: {} for element in plan.target.conference.by_wire}
        implied = plan.asked
        for row in plan.rows:
            wire = row.express(said, implied)
            if wire is not OMIT:
                written[row.element][row.wire] = wire
        result = Site("conference", site.path, is_conference=True)
        if plan.same or plan.target.canonical:
            result.raw = site.raw
            result.children = site.children
            result.said = asked
            for key, value in site.raw.items():
                element, mark, wire = key.rpartition("@")
                written.setdefault(element, {})[wire if mark else key] = value
        result.nodes = {element: ("", attributes) for element, attributes in written.items()}
        return result

    def _absolute(self, name: str, value: Any) -> Any:
        """A relative URL, resolved against the caller's base."""
        facts = FIELDS.get(name)
        if facts is None or not isinstance(value, str) or not (facts.format or name.endswith("_url")):
            return value
        if not is_url(value) or is_template(value[:2]) or "://" in value:
            return value
        return urljoin(self.base_url, value)

    def _copy(self, site: Site) -> Site:
        result = Site(site.verb, site.path, site.value)
        result.branches = [Limb(l.place, l.label, self.sites(l.sites), l.path) for l in site.branches]
        return result

    def _leave(self, site: Site) -> None:
        """A step that the target cannot hold: a loss, unless its branches already say it all."""
        if site.branches and site.verb in _PURE_BRANCHES:
            return
        wording = self.wording.step(site, self.plan.source)
        self._add(wording.kind, wording.severity, wording.field, site.path, "", True, wording.asked, None, wording.words)

    def _flatten(self, site: Site, limb: Limb) -> None:
        words = self.wording.branch(site, limb)
        self._add("structure", "error", site.verb, limb.path or site.path, "", True, limb.label, None, words)

    # -- difference -------------------------------------------------------------------------------------------

    def losses(self, back: Reading) -> tuple[Loss, ...]:
        given = [site for site in _all_sites(back.sites) if site.is_conference]
        if len(given) != len(self.asked):
            raise TranslatorError(f"{len(self.asked)} conferences were written and {len(given)} were read back.")
        for (site, asked), other in zip(self.asked, given, strict=True):
            self._difference(site, asked, other.said)
        for remark in self.reading.remarks:
            if remark.kept and (self.plan.same or self.plan.target.canonical):
                continue
            self._remark(remark)
        self.found.sort(key=_by_place)
        return tuple(self.found)

    def _difference(self, site: Site, asked: dict[str, Any], given: dict[str, Any]) -> None:
        plan = self.plan
        implied, others = plan.asked, plan.given
        for name, value in asked.items():
            got = given[name] if name in given else others.get(name)
            if got != value:
                stand_in = name in plan.instead and plan.instead[name][0][0] not in site.said
                self._said(site, name, value, got, name in given or stand_in, relevant(name, asked, implied))
            elif not plan.same:
                self._caveats(site, name, value)
        for name, value, got in plan.gaps:
            if name not in asked and name not in given and relevant(name, asked, implied) and relevant(name, given, others):
                self._field(site, "default", FIELDS[name].unsaid, name, False, value, got)
        if not plan.silent:
            for name, got in given.items():
                if name not in asked:
                    value = implied.get(name)
                    if (value is UNKNOWN or value != got) and name in FIELDS and relevant(name, given, others):
                        self._field(site, "default", FIELDS[name].unsaid, name, False, value, got)
        for name, form, serves, takes in plan.formats:
            value = asked.get(name)
            if value is None or given.get(name) != value or not is_url(value):
                continue
            serves = asked.get(form, serves)
            takes = given.get(form, takes)
            if serves != takes and takes is not None and serves is not None:
                self._field(site, "endpoint", "warning", name, True, serves, takes)

    def _said(self, site: Site, name: str, value: Any, got: Any, written: bool, matters: bool) -> None:
        facts = FIELDS.get(name)
        if facts is None:
            severity = self.plan.source.severity(name) if self.plan.source else "warning"
        else:
            severity = facts.changed if written else facts.dropped
        if type(value) is Template:
            kind = "unresolved"
        elif not written:
            kind = "dropped"
        elif type(value) is int and type(got) is int:
            kind = "clamped"
        else:
            kind = "changed"
        if not matters:
            severity = "notice"
        self._field(site, kind, severity, name, name in site.said, value, got)

    def _caveats(self, site: Site, name: str, value: Any) -> None:
        """A value that was passed on as it is, and may not be what it seems over there."""
        if type(value) is Template:
            if not self.plan.target.canonical:
                self._field(site, "unresolved", "warning", name, True, value, value)
            return
        if type(value) is not str:
            return
        plan = self.plan
        if plan.source is not None and "{" in value and not plan.target.canonical:
            live, live_there = plan.source.live, plan.target.live
            here = live is not None and live.search(value) is not None
            there = live_there is not None and live_there.search(value) is not None
            if here != there:
                facts = FIELDS.get(name)
                severity = (facts.dropped if facts else "warning") if here else "notice"
                self._field(site, "unresolved", severity, name, True, value, value)
                return
        caveat = plan.caveats.get(name)
        if caveat is not None and caveat(value):
            self._field(site, "unresolved", "warning", name, True, value, value)

    # -- losses -----------------------------------------------------------------------------------------------

    def _field(self, site: Site, kind: str, severity: str, name: str, said: bool, asked: Any, given: Any) -> None:
        path, source = self._place(site, name) if said else (site.nodes[""][0] if site.nodes else site.path, "")
        self.found.append(
            Loss(
                kind,
                severity,
                name,
                said=said,
                path=path,
                source=source,
                asked=asked,
                given=given,
                explain=self.wording.explain,
                locate=self.document.locate,
            )
        )

    def _place(self, site: Site, name: str) -> tuple[str, str]:
        row = self.plan.source_rows.get(name)
        syntax_name = self.reading.syntax
        if row is not None and row.element in site.nodes:
            path, items = site.nodes[row.element]
            if row.wire in items:
                wire = row.wire
                return attribute_path(path, wire, syntax_name), source_text(wire, items[wire], syntax_name)
        for path, items in site.nodes.values():
            if name in items:
                return attribute_path(path, name, syntax_name), source_text(name, items[name], syntax_name)
        return (site.nodes[""][0] if "" in site.nodes else site.path), ""

    def _remark(self, remark: Note) -> None:
        words = (remark.message, remark.remedy)
        self._add(remark.kind, remark.severity, remark.field, remark.path, remark.source, True, remark.source or None, None, words)

    def _add(
        self,
        kind: str,
        severity: str,
        field: str,
        path: str,
        source: str,
        said: bool,
        asked: Any,
        given: Any,
        words: tuple[str, str],
    ) -> None:
        self.found.append(
            Loss(
                kind,
                severity,
                field,
                said=said,
                path=path,
                source=source,
                asked=asked,
                given=given,
                explain=lambda _: words,
                locate=self.document.locate,
            )
        )


_PURE_BRANCHES = frozenset({"cond", "switch", "result", "section"})


def _all_sites(sites: list[Site]) -> list[Site]:
    result: list[Site] = []
    for site in sites:
        result.append(site)
        for limb in site.branches:
            result += _all_sites(limb.sites)
    return result


def _by_place(loss: Loss) -> tuple[int, int, str, str]:
    line, column = loss.line, loss.column
    return line, column, loss.code, loss.path


__all__ = ["NOWHERE", "Result", "read", "read_document", "translate", "write"]
