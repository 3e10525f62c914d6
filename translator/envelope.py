"""Where a verb stands in its document: the shapes that several dialects share.

An envelope finds the verb and hands its attributes to the `Reading`; what they mean is the table's business.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from translator import array_steps
from translator.errors import NoConference
from translator.loss import code_name
from translator.sites import Site
from translator.syntax import module
from translator.xml_steps import XmlSteps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Dialect
    from translator.sites import Reading, Writing
    from translator.syntax import Document


@dataclass(frozen=True, eq=False, repr=False)
class XmlEnvelope:
    """`<Response>` with verbs in order; the conference is a verb itself, or the noun of a wrapping verb.

    Args:
        verb: the conference's element.
        wrapper: the verb around it (`Dial`), or "" where it stands in the root itself.
        lookalikes: element that is taken for a conference -> what it really is.
        shared: words on who else has this very shape, for what detection assumes.
        prior: how much likelier this dialect is than others of its shape, where nothing else tells.
        early: the element around what is heard before the answer.
    """

    verb: str
    wrapper: str = ""
    root: str = "Response"
    shared: str = ""
    prior: float = 0.0
    lookalikes: Mapping[str, str] = field(default_factory=dict)
    early: str = ""

    @cached_property
    def steps(self) -> XmlSteps:
        return XmlSteps(self.early)

    def read(self, document: Document, reading: Reading) -> None:
        root = document.root
        path = f"/{root.tag}"
        reading.numbered = True
        if root.getprevious() is not None:
            reading.sites += _beside(list(root.itersiblings(preceding=True))[::-1], 0, 0)
        if root.tag == self.root:
            reading.sites += [Site("#attribute", f"{path}/@{wire}", {wire: value}) for wire, value in root.items()]
        if root.tag == self.root:
            self._read_children(root, path, reading)
        elif root.tag in (self.wrapper, self.verb) and root.tag:
            reading.structure(
                path,
                f"The root is <{root.tag}>, a fragment; it was read as if it stood in <{self.root}>.",
                "notice",
                f"Put <{self.root}> around it.",
            )
            self._read_verb(root, path, reading)
        if root.getnext() is not None:
            before = [_is_comment(node) for node in root.itersiblings(preceding=True)]
            reading.sites += _beside(list(root.itersiblings()), sum(before), len(before) - sum(before))
        if not any([site.is_conference for site in reading.sites]):
            raise self._nothing(document, reading.dialect)

    def _read_children(self, parent: Any, path: str, reading: Reading) -> None:
        if not _blank(parent.text):
            _stray(parent.text, path, reading)
        for child, child_path in module("xml").placed(parent, path):
            self._read_verb(child, child_path, reading)
            tail = child.tail
            if tail and not tail.isspace():
                _stray(tail, f"{child_path}/following-sibling::text()[1]", reading)

    def _read_verb(self, node: Any, path: str, reading: Reading) -> None:
        tag = node.tag
        if not isinstance(tag, str):
            reading.sites.append(reading.number(_not_element(node, path)))
        elif tag == self.wrapper and next(node.iterchildren(self.verb), None) is not None:
            self._read_wrapper(node, path, reading)
        elif tag == self.verb:
            if self.wrapper and path.count("/") != 1:
                reading.structure(
                    path,
                    f"<{tag}> stands outside <{self.wrapper}>, where {reading.dialect.title} does not look for it.",
                    "error",
                    f"Put <{self.wrapper}> around it.",
                )
            self._read_conference(node, path, None, "", reading)
        else:
            reading.sites += self.steps.read(node, path, reading)

    def _read_wrapper(self, wrapper: Any, path: str, reading: Reading) -> None:
        """A `<Dial>` that holds a conference. Other nouns in it never work beside one."""
        found: Site | None = None
        others: list[tuple[Any, str]] = []
        texts = [wrapper.text]
        for child, child_path in module("xml").placed(wrapper, path):
            texts.append(child.tail)
            if not isinstance(child.tag, str):
                reading.sites.append(_not_element(child, child_path))
                if not _is_comment(child):
                    words = f"The instruction <?{child.target} ... ?> stands inside <{self.wrapper}>; it was moved out."
                    remedy = "Fill the template first."
                    reading.remark("structure", "instruction", "warning", child_path, words, remedy, kept=False)
            elif child.tag != self.verb:
                others.append((child, child_path))
            elif found is None:
                found = self._read_conference(child, child_path, wrapper, path, reading)
            else:
                message = f"A second conference in one <{self.wrapper}>; it was read as if it had its own."
                remedy = f"Give each conference its own <{self.wrapper}>."
                reading.remark("structure", "conference", "error", child_path, message, remedy, kept=False)
                self._read_conference(child, child_path, wrapper, path, reading)
        for child, child_path in others:
            if found is not None:
                self._keep_child(found, self.wrapper, child, child_path, reading, "error")
        for text in texts:
            if text and not text.isspace():
                _stray(text, path, reading)

    def _read_conference(self, node: Any, path: str, wrapper: Any, outer: str, reading: Reading) -> Site:
        site = Site("conference", path, kind="conference")
        if wrapper is not None:
            reading.attributes(site, self.wrapper, outer, dict(wrapper.items()))
        items = {"": module("xml").leading_text(node) if len(node) else node.text or ""}
        items.update(node.items())
        reading.attributes(site, "", path, items)
        reading.settle(site)
        if len(node):
            for child, child_path in module("xml").placed(node, path):
                if isinstance(child.tag, str):
                    self._keep_child(site, "", child, child_path, reading, "warning")
                elif _is_comment(child):
                    reading.sites.append(_not_element(child, child_path))
                elif site.children:  # before the first child it is part of the name
                    site.children.append(("", child))
                    words = f"The instruction <?{child.target} ... ?> stands behind a child of <{self.verb}>."
                    reading.structure(child_path, words, "warning", "Fill the template first.", "instruction")
                after = (child.tail or "").strip()
                if after and site.children:  # before the first child it is part of the name
                    site.children.append(("", after))
                    reading.structure(
                        path,
                        f'The text "{after}" stands behind a child; only the leading text is the name.',
                        "warning",
                        "Put the name first.",
                        "text",
                    )
        reading.sites.append(site)
        return site

    def _keep_child(self, site: Site, element: str, child: Any, path: str, reading: Reading, severity: str) -> None:
        site.children.append((element, child))
        parent = element or self.verb
        name = module("xml").tag_name(child).rpartition("}")[2]
        if element:
            message = f"<{name}> stands beside a conference in one <{parent}>, where the conference alone is joined."
            remedy = f"Give <{name}> a <{parent}> of its own."
        else:
            message, remedy = (
                f"<{name}> stands inside <{parent}>, which takes no such child.",
                f"Move <{name}> out of it.",
            )
        reading.remark(
            "step",
            code_name(module("xml").tag_name(child).rpartition("}")[2]),
            severity,
            path,
            message,
            remedy,
        )

    @property
    def _home(self) -> str:
        return f"<{self.wrapper}> right below <{self.root}>" if self.wrapper else f"<{self.root}> itself"

    def _nothing(self, document: Document, dialect: Dialect) -> NoConference:
        for node in document.root.iter():
            tag = node.tag
            if not isinstance(tag, str):
                continue
            name = tag.rpartition("}")[2]
            hint = self.lookalikes.get(name, "")
            if name != tag:
                hint = f"<{name}> in a namespace is no verb"
            elif not hint and name.lower() == self.verb.lower():
                hint = (
                    f"<{name}> belongs in {self._home}, and stands elsewhere"
                    if name == self.verb
                    else f"<{name}> must be spelt <{self.verb}>, inside <{self.root}>"
                )
            if hint:
                tree = node.getroottree()
                line, column = document.locate(tree.getpath(node)) if name == tag else (1, 1)
                return NoConference(f"No {dialect.title} conference here.", line=line, column=column, cause=hint)
        return NoConference(f"No {dialect.title} conference here.", line=1, column=1)

    def write(self, writing: Writing) -> Any:
        xml = module("xml")
        root = xml.new(self.root)
        nested = []
        texts: list[tuple[int, str]] = []
        for site in writing.sites:
            if site.is_conference:
                parent = root
                if self.wrapper:
                    parent = xml.new(self.wrapper, dict(site.nodes[self.wrapper][1]), root)
                    nested.append(parent)
                attributes = dict(site.nodes[""][1])
                text = attributes.pop("", "")
                node = xml.new(self.verb, attributes, parent)
                xml.set_text(node, text)
                for element, child in site.children:
                    _append(parent if element else node, child)
            elif site.verb == "#comment":
                root.append(xml.comment(str(site.value)))
            elif site.verb == "#attribute":
                for wire, value in dict(site.value).items():
                    root.set(wire, str(value))
            elif site.verb == "#text":
                texts.append((len(root), str(site.value)))
            else:
                nested += self.steps.write(site, root)
        xml.indent(root, tuple(nested))
        written = list(root) if texts else []
        for index, text in reversed(texts):
            if index:
                before = written[index - 1]
                before.tail = f"\n  {text}{before.tail or ''}"
            else:
                root.text = f"\n  {text}{root.text or ''}"
        return root

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        """By the shape, then by sibling verbs and attribute names that only this dialect has."""
        root = document.root
        if document.syntax != "xml" or not isinstance(root.tag, str):
            return 0.0, ""
        place = f"{self.wrapper}/{self.verb}" if self.wrapper else self.verb
        if root.tag == self.root:
            here = root.findall(place)
        else:
            here = [root] if root.tag == self.verb and not self.wrapper else []
            if self.wrapper and root.tag == self.wrapper:
                here = root.findall(self.verb)
        other = [node for node in root.iter(self.verb) if node not in here]
        if not here and not other and root.tag != self.root:
            return 0.0, ""
        if here and other and root.find(self.verb) is not None:
            return 0.6, f"<{self.verb}> both under <{root.tag}> and deeper"
        score, why = (0.6, f"<{place}> under <{root.tag}>") if here else (0.1, f"<{root.tag}> without <{place}>")
        known = [c.tag for c in root if isinstance(c.tag, str) and c.tag not in (self.verb, self.wrapper)]
        score += sum(0.1 if tag in dialect.known_verbs else -0.35 for tag in set(known))
        names = {name for node in here + other for name in node.attrib}
        ours = names & {wire for wire, row in dialect.conference.by_wire[""].items() if row.confirmed}
        score += 0.06 * len(ours) - 0.1 * len(names - ours)
        if known or names:
            verbs = [tag for tag in known if tag in dialect.known_verbs]
            why += "".join(f", {what}" for what in (" ".join(sorted(ours)), " ".join(verbs)) if what)
        score += self.prior
        if here and self.shared:
            why += f"; assumed {dialect.title}: {self.shared}"
        return max(0.05, score), why


def _beside(nodes: list[Any], comments: int, orders: int) -> list[Site]:
    """Comments and instructions beside the root element."""
    sites = []
    for node in nodes:
        if _is_comment(node):
            comments += 1
            sites.append(_not_element(node, f"/comment()[{comments}]"))
        else:
            orders += 1
            sites.append(_not_element(node, f"/processing-instruction()[{orders}]"))
    return sites


def _is_comment(node: Any) -> bool:
    return bool(module("xml").is_comment(node))


def _not_element(node: Any, path: str) -> Site:
    if _is_comment(node):
        return Site("#comment", path, node.text)
    return Site("#instruction", path, node)


def _blank(text: str | None) -> bool:
    return not text or text.isspace()


def _stray(text: str, path: str, reading: Reading) -> None:
    reading.sites.append(Site("#text", path, text.strip()))


def _append(parent: Any, child: Any) -> None:
    """Put back a child that was kept: an element, or text behind one."""
    if isinstance(child, str):
        if len(parent):
            parent[-1].tail = child
        else:
            parent.text = f"{parent.text or ''} {child}"
    else:
        copy = deepcopy(child)
        copy.tail = None
        parent.append(copy)


@dataclass(frozen=True, eq=False, repr=False)
class JsonArrayEnvelope:
    """An array of verbs, each an object with a `verb` key, or keyed by the verb's name.

    Args:
        verb: the conference's verb.
        synonyms: other verbs that are read as it -> what to know of them.
    """

    verb: str
    synonyms: Mapping[str, str] = field(default_factory=dict)

    def read(self, document: Document, reading: Reading) -> None:
        root = document.root
        items = root
        base = ""
        reading.numbered = True
        if isinstance(root, dict):
            reading.structure(
                "", "A single object stands where an array of verbs belongs.", "notice", "Put brackets around it."
            )
            items = [root]
        elif not isinstance(root, list):
            raise NoConference(
                f"No {reading.dialect.title} document: neither an array nor an object.", line=1, column=1
            )
        for index, item in enumerate(items):
            path = base if isinstance(root, dict) else f"/{index}"
            self._read_item(item, path, reading)
        if not any(site.is_conference for site in reading.sites):
            raise self._nothing(document, items, reading.dialect)
        array_steps.skip(reading)

    def _read_item(self, item: Any, path: str, reading: Reading) -> None:
        verb, attributes, inner = _verb_of(item)
        if attributes is None or (verb != self.verb and verb not in self.synonyms):
            reading.sites += array_steps.read(verb, item, attributes, path, inner, reading)
            return
        site = Site("conference", path, kind="conference")
        path = f"{path}/{inner}" if inner else path
        reading.attributes(site, "", path, attributes)
        if verb in self.synonyms:
            message = f'The verb "{verb}" {self.synonyms[verb]}; it was read as "{self.verb}".'
            reading.remark("invalid", "verb", "notice", path, message, f'Write "{self.verb}".')
        reading.settle(site)
        reading.sites.append(site)

    def _nothing(self, document: Document, items: list[Any], dialect: Dialect) -> NoConference:
        for index, item in enumerate(items):
            verb = _verb_of(item)[0]
            if verb.lower() == self.verb:
                line, column = document.locate(f"/{index}")
                return NoConference(
                    f"No {dialect.title} conference here.",
                    line=line,
                    column=column,
                    cause=f'"{verb}" must be spelt "{self.verb}"',
                )
        return NoConference(f"No {dialect.title} conference here.", line=1, column=1)

    def write(self, writing: Writing) -> Any:
        result = []
        for site in writing.sites:
            if site.is_conference:
                result.append({"verb": self.verb, **site.nodes[""][1]})
            else:
                result += array_steps.write(site, same=writing.origin is writing.dialect)
        return result

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        root = document.root
        items = root if isinstance(root, list) else [root]
        if not items or not all(isinstance(item, dict) for item in items):
            return 0.0, ""
        verbs = [_verb_of(item)[0] for item in items]
        known = [v for v in verbs if v == self.verb or v in self.synonyms or v in dialect.known_verbs]
        if not known:
            return 0.0, ""
        score = 0.9 * len(known) / len(verbs)
        if any("verb" in item for item in items):
            score = min(0.98, score + 0.08)
        elif any(v == self.verb for v in verbs):
            score *= 0.6
        return score, f"array with verbs {' '.join(dict.fromkeys(known))}"


def _verb_of(item: Any) -> tuple[str, dict[str, Any] | None, str]:
    """(verb, attributes, key that they stand under) of one item; attributes None where it is no verb at all."""
    if not isinstance(item, dict):
        return "#value", None, ""
    verb = item.get("verb")
    if isinstance(verb, str):
        return verb, {key: value for key, value in item.items() if key != "verb"}, ""
    if len(item) == 1:
        key, value = next(iter(item.items()))
        if isinstance(value, dict):
            return key, value, key
        return key, None, key
    return "#value", None, ""
