"""Steps around the conference in XML, both ways: an element is a verb, its children are parts of it or verbs again."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from translator.loss import code_name
from translator.sites import WRITTEN, Site, conceals
from translator.step_codecs import Markup
from translator.syntax import module

if TYPE_CHECKING:
    from translator.dialect import Verb
    from translator.sites import Reading

EARLY: Final = "<PreAnswer>"
"""The attribute that stands for the element around what is heard before the answer: Plivo's."""


SSML: Final = frozenset(["break", "cont", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"])
"""The elements that a spoken text may hold."""


class XmlSteps:
    """Reads and writes the steps of one dialect.

    Args:
        early: the element around what is heard before the answer, or "".
    """

    def __init__(self, early: str = "") -> None:
        self.early = early

    def read(self, node: Any, path: str, reading: Reading) -> list[Site]:
        """The steps that an element of the root is; a foreign one where no table knows it."""
        name = module("xml").tag_name(node)
        if len(node) and (node.tag == self.early or node.tag in reading.dialect.holders):
            inner = self._read_inner(node, path, reading)
            if inner:
                return _as_one(inner, node)
        form = reading.dialect.form(node.tag, node.attrib) if isinstance(node.tag, str) else None
        if form is not None and form.kind != "target":
            site = self._read_as(form, node, path, reading)
            site.value = node
            return [site]
        return [reading.number(Site(name, path, node))]

    def _read_inner(self, node: Any, path: str, reading: Reading) -> list[Site]:
        """The verbs in an element that is none itself: `Start/Stream`, `PreAnswer`; nothing unless all are known."""
        early = node.tag == self.early
        if (node.text or "").strip() or any((child.tail or "").strip() for child in node):
            return []
        found: list[tuple[Verb, Any, str]] = []
        comments: list[str] = []
        for child, here in module("xml").placed(node, path):
            if not isinstance(child.tag, str):
                comments.append(here)
                continue
            form = reading.dialect.form(child.tag if early else f"{node.tag}/{child.tag}", child.attrib)
            if form is None or (early and form.kind not in _HEARD):
                return []
            if node.attrib and node.tag not in form.by_wire:
                return []
            found.append((form, child, here))
        for here in comments if found else ():
            reading.remark("structure", "comment", "notice", here, *_COMMENT)
        sites = []
        for form, child, here in found:
            site = self._read_as(form, child, here, reading)
            if node.attrib:
                reading.attributes(site, node.tag, path, dict(node.attrib))
                reading.in_order = False  # they stand before those of the verb
            if early and "early_media" in form.facts.fields:
                site.said["early_media"] = True
            sites.append(site)
        return sites

    def _read_as(self, form: Verb, node: Any, path: str, reading: Reading) -> Site:
        items: dict[str, Any] = {}
        rows = form.by_wire[""]
        text = node.text or ""
        if "" in rows:
            names = rows[""].names
            text_here = _content(node) if "ssml" in names else module("xml").leading_text(node)
            items[""] = text_here if "text" in names else text_here.strip()
        for wire, tag in form.shapes.items():
            pairs = {c.get("name", ""): c.get("value", "") for c in node.iterchildren(tag)} if wire != EARLY else {}
            if pairs:
                items[wire] = pairs
        items.update(node.items())
        for wire in form.fixed:
            if wire not in rows:
                items.pop(wire, None)
        site = reading.step(form, path, items, node)
        if len(node):
            self._read_children(site, form, node, path, reading)
        if "" not in rows and text.strip():
            if form.kind == "dial":
                site.parts.insert(0, self._bare_number(text, path, reading))
            else:
                words = f'The text "{text.strip()}" stands in <{form.name}>, which has none.'
                reading.structure(path, words, "warning", "Take it away, or find what was meant.", "text")
        reading.settle(site)
        return site

    def _bare_number(self, text: str, path: str, reading: Reading) -> Site:
        form = next(verb for verb in reading.dialect.forms["target"])
        reading.in_order = False  # it stands before the children, and was read behind them
        part = reading.step(form, path, {"": text}, None)
        reading.settle(part)
        return part

    def _read_children(self, site: Site, form: Verb, node: Any, path: str, reading: Reading) -> None:
        xml = module("xml")
        known = frozenset(form.shapes.values())
        speaks = "" in form.by_wire[""] and "ssml" in form.by_wire[""][""].names
        pairs: Counter[tuple[str, str | None]] = Counter()
        before = False  # whether an element stands before it
        for child, here in module("xml").placed(node, path):
            if not isinstance(child.tag, str):
                if xml.is_comment(child):
                    site.children.append(("", child))
                    reading.remark("structure", "comment", "notice", here, *_COMMENT)
                elif not speaks:
                    if before or "" not in form.by_wire[""]:  # else it is part of the text
                        site.children.append(("", child))
                    words = f"A template tag stands in <{form.name}>."
                    reading.structure(here, words, "warning", "Fill the template first.", "instruction")
                continue
            before = True
            part = None
            if form.facts.part:
                nested = reading.dialect.form(child.tag, child.attrib)
                if nested is not None and nested.kind in form.facts.nested:
                    part = self._read_as(nested, child, here, reading)
            if speaks and child.tag not in SSML:
                words = f"<{child.tag}> stands in a text that is spoken, and is no SSML element."
                reading.remark("invalid", "say_text", "warning", here, words, f"Take it out of <{form.name}>.")
            if child.tag in known:
                if not pairs:
                    pairs.update((each.tag, each.get("name")) for each in node.iterchildren(*known))
                pairs[child.tag, child.get("name")] -= 1
                self._check_pair(child, here, form, reading, several=pairs[child.tag, child.get("name")] > 0)
            if part is not None:
                site.parts.append(part)
            elif child.tag not in known and not speaks:
                site.children.append(("", child))
                name = xml.tag_name(child)
                words = f"<{name}> stands inside <{form.name}>, where nothing is known of it; it was left out."
                reading.remark("step", code_name(name), "error", here, words, "Write what the target has for it.")
                if child.tag in reading.dialect.spellings or conceals(child, reading.dialect.spellings):
                    words = f"A conference stands inside {form.name}; it is not carried over."
                    reading.structure(here, words, "error", "Translate it by itself.", "conference")
            if (child.tail or "").strip() and not speaks:
                words = f'The text "{child.tail.strip()}" stands in <{form.name}>, which has none.'
                reading.structure(path, words, "warning", "Take it away, or find what was meant.", "text")

    def _check_pair(self, child: Any, path: str, form: Verb, reading: Reading, *, several: bool) -> None:
        """A name and a value, each name once: what else stands there would be lost in silence."""
        odd = sorted(set(child.attrib) - {"name", "value"})
        why = f"has {', '.join(odd)}" if odd else "has no name" if not child.get("name") else ""
        why = why or ("comes again with the same name, which counts" if several else "")
        if why or len(child):
            holds = "holds other elements"
            shown = module("xml").fragment(child)
            words = f"<{child.tag}> in <{form.name}> {why or holds}; that is not carried over: {shown}"
            words += "" if words.endswith(".") else "."
            reading.structure(path, words, "warning", "Write name and value, each name once.", "parameter")

    def write(self, site: Site, root: Any) -> list[Any]:
        """Put a step at the end of the root; the elements whose children are laid out in lines."""
        if site.value is WRITTEN:
            return []
        xml = module("xml")
        if site.value is not None:
            value = xml.element(site.value)
            value.tail = None
            root.append(value)
            return []
        form = site.form
        if form is None or not form.wire:
            return []
        *outer, _ = form.wire.split("/")
        if self.early and EARLY in site.nodes[""][1]:
            outer = [self.early]
        parent, laid_out = root, []
        for tag in outer:
            last = parent[-1] if len(parent) else None
            goes_on = tag == self.early and last is not None and last.tag == tag
            around = dict(site.nodes.get(tag, ("", {}))[1])
            parent = last if goes_on else xml.new(tag, around, parent)
            laid_out.append(parent)
        node = self._element(site, form, parent)
        if len(node) and "" not in form.by_wire[""]:
            if outer:
                _lay_out(node)
            else:
                laid_out.append(node)
        return laid_out

    def _element(self, site: Site, form: Verb, parent: Any) -> Any:
        xml = module("xml")
        items = {**form.fixed, **site.nodes[""][1]}
        items.pop(EARLY, None)
        pairs = {wire: items.pop(wire) for wire in list(items) if wire.startswith("<")}
        text = items.pop("", "")
        node = xml.new(form.name, items, parent)
        if isinstance(text, Markup):
            xml.set_content(node, text)
        elif text:
            xml.set_text(node, text)
        for part in site.parts:
            if part.form is not None:
                self._element(part, part.form, node)
        for wire, values in pairs.items():
            for name, value in dict(values).items():
                xml.new(wire.strip("<>"), {"name": name, "value": value}, node)
        for _, child in site.children:
            copy = deepcopy(child)
            copy.tail = None
            node.append(copy)
        return node


_HEARD: Final = ("say", "play", "pause")
"""What may be heard before the answer."""
_COMMENT = ("The comment is not carried over.", "Copy it by hand.")


def _as_one(sites: list[Site], node: Any) -> list[Site]:
    """Steps that one element holds: the first of them writes it in its own dialect."""
    for index, site in enumerate(sites):
        site.value = WRITTEN if index else node
    return sites


def _lay_out(node: Any) -> None:
    """Put the children of an element that stands deeper than the root's own into lines."""
    outer = "\n" + "  " * sum(1 for _ in node.iterancestors())
    node.text = outer + "  "
    for child in node:
        child.tail = node.text
    node[-1].tail = outer


def _content(node: Any) -> str:
    """The text of an element; with the elements in it where there are any."""
    xml = module("xml")
    if any(isinstance(child.tag, str) for child in node):
        return Markup(xml.content(node))
    return str(xml.leading_text(node))
