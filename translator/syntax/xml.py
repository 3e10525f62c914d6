"""XML with lxml, safely: no entities, no network, no DTD; any DOCTYPE is refused.

Places come from the text, in a second pass and only when somebody asks for one: lxml knows neither columns nor
attributes.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree

from translator.errors import TranslatorError, UnreadableDocument, UnsafeDocument
from translator.syntax import TEMPLATE, Document, Lines, Place, check_surrogates, limits, near

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
}
_parser = etree.XMLParser(**_OPTIONS)
_text_parser = etree.XMLParser(encoding="utf-8", **_OPTIONS)

_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # what is legal takes long to compile
_INSTRUCTION = r"(?s)<\?([A-Za-z_][\w.-]*)(?:\s+(.*))?\?>"
_ATTRIBUTE = r"""\s+([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')"""
_MARKUP = (
    r"""(?s)<(?:/|!--.*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|\?.*?(?:\?>|\Z)"""
    r"""|([^\s/>]+)[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*)"""
)
"""What begins with `<`, an element with its attributes: of a document that was read as XML."""
_PLAIN = ("UTF-8", "UTF-16", "UTF-32", "ISO-8859-", "WINDOWS-", "US-ASCII", "ASCII")
"""Encodings whose `<` and `=` are those of ASCII: in others (UTF-7, EBCDIC) they cannot be counted in the bytes."""
_NO_ENCODINGS = ("idna", "punycode", "undefined", "unicode", "raw", "mbcs", "oem")
"""Codecs of Python that are no encodings of documents."""
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)""")


def parse(source: str | bytes) -> Document:
    if isinstance(source, str):
        check_surrogates(source)
        data, parser = source.encode(), _text_parser
    else:
        data, parser = source, _parser
    marks, spaces = _check_size(source)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _explain(data, error) from None
    except (ValueError, LookupError) as error:
        raise UnreadableDocument(f"Not XML: {error}.", line=1, column=1) from None
    info = root.getroottree().docinfo
    if info.internalDTD is not None:
        raise UnsafeDocument(
            "The document has a DOCTYPE, which can hide or cut text; call-control documents never need one.",
            line=1,
            column=1,
        )
    bounds = limits.current()
    plain = (info.encoding or "UTF-8").upper().startswith(_PLAIN)
    few = marks <= bounds.max_depth and (len(data) < bounds.max_attributes or data.count(b"=") <= bounds.max_attributes)
    if not few or not plain:
        _check_bounds(root, bounds)
    declared, spaces = _begins_otherwise(data), spaces or not plain
    return Document("xml", root, None, lambda: places(source), declared=declared, spaces=spaces)


def _begins_otherwise(data: bytes) -> bool:
    """Whether a declaration, or white space, stands before the first element or comment."""
    head = data[:16].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xfe\xff")
    return not head.startswith(b"<") or head.startswith(b"<?xml")


def _check_size(source: str | bytes) -> tuple[int, bool]:
    """What a parser must not even try: it takes more than its share of time for many names in one element.

    Returns:
        how often `<` stands in the document, which has no more elements; whether it may have namespaces.
    """
    bounds = limits.current()
    mark, name = ("<", "xmlns") if isinstance(source, str) else (b"<", b"xmlns")
    if isinstance(source, bytes) and b"\x00" in source:  # UTF-16, UTF-32
        source = source.replace(b"\x00", b"")
    marks = source.count(mark)  # type: ignore[arg-type]
    if marks > bounds.max_nodes:
        raise UnsafeDocument(f"More than {bounds.max_nodes:,} elements.")
    spaces = source.count(name)  # type: ignore[arg-type]
    if spaces > bounds.max_namespaces:
        raise UnsafeDocument(f"More than {bounds.max_namespaces:,} namespaces.")
    return marks, spaces > 0


def _check_bounds(root: Any, bounds: limits.Limits) -> None:
    """Depth, elements, attributes: of a document that has many `<` or `=`, so that no ordinary one is walked for it."""
    depth = nodes = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "end":
            depth -= 1
            continue
        nodes += 1
        if event == "start":
            depth += 1
            if depth > bounds.max_depth:
                raise UnsafeDocument(f"Nested deeper than {bounds.max_depth} levels.", line=node.sourceline, column=1)
            if len(node.attrib) > bounds.max_attributes:
                words = f"More than {bounds.max_attributes:,} attributes on one element."
                raise UnsafeDocument(words, line=node.sourceline, column=1)
        if nodes > bounds.max_nodes:
            raise UnsafeDocument(f"More than {bounds.max_nodes:,} elements.", line=node.sourceline, column=1)


def write(root: Any) -> str:
    """The element as a document, with declaration; white space is what the tree holds."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def fragment(element: Any) -> str:
    """One element, comment or instruction as text, without what follows it."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def from_fragment(text: str) -> Any:
    """The element, comment or instruction that `fragment` wrote."""
    found = re.fullmatch(_INSTRUCTION, text)
    if found and found[1].lower() != "xml" and "?>" not in (found[2] or ""):
        return etree.ProcessingInstruction(found[1], found[2] or "")
    if text.startswith("<!--") and text.endswith("-->"):
        return comment(text[4:-3])
    return parse(text).root


def element(value: Any) -> Any:
    """A copy of an element, or of what `fragment` wrote of one."""
    if isinstance(value, str):
        return from_fragment(value)
    if not isinstance(value, etree._Element):
        raise UnreadableDocument("A verb of an XML dialect is not kept as text.")
    return deepcopy(value)


def new(tag: str, attributes: dict[str, str] | None = None, parent: Any = None) -> Any:
    """A new element, at the end of its parent where there is one."""
    try:
        return etree.Element(tag, attributes) if parent is None else etree.SubElement(parent, tag, attributes)
    except (ValueError, TypeError):  # a character that XML cannot hold, or no text
        pass
    try:
        cleaned = {name: clean(str(value)) for name, value in (attributes or {}).items()}
        return etree.Element(tag, cleaned) if parent is None else etree.SubElement(parent, tag, cleaned)
    except ValueError as error:
        raise UnreadableDocument(f"An attribute that XML cannot hold: {error}.") from None


def prefixed(document: Document, name: str) -> str:
    """A name of lxml's as the document has it: `{namespace}beep` is `x:beep`."""
    space, _, local = name.removeprefix("{").rpartition("}")
    if document.prefixes is None:
        document.prefixes = {"http://www.w3.org/XML/1998/namespace": "xml"}
        for _, (prefix, known) in etree.iterwalk(document.root, events=("start-ns",)):
            if prefix:
                document.prefixes.setdefault(known, prefix)
    prefix = document.prefixes.get(space)
    return f"{prefix}:{local}" if prefix else local


def tag_name(node: Any) -> str:
    """The name of an element as written, with its prefix."""
    return f"{node.prefix}:{node.tag.rpartition('}')[2]}" if node.prefix else str(node.tag)


def comment(text: str) -> Any:
    return etree.Comment(clean(text).replace("--", "- -").rstrip("-"))


def is_comment(node: Any) -> bool:
    return node.tag is etree.Comment


def clean(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    if text.isprintable() or re.search(_ILLEGAL, text) is None:
        return text
    return type(text)(re.sub(_ILLEGAL, "", text))


def leading_text(element: Any) -> str:
    """Text before the first child element; processing instructions in it (`<?php ... ?>`) stay part of it."""
    text = element.text or ""
    for child in element:
        if child.tag is etree.ProcessingInstruction:
            text += f"<?{child.target} {child.text}?>" if child.text else f"<?{child.target}?>"
        elif child.tag is not etree.Comment:
            break
        text += child.tail or ""
    return text


def set_text(element: Any, text: str) -> None:
    """Put text into an empty element; `<?php ... ?>` in it becomes a processing instruction again."""
    text = clean(text)
    if "<?" not in text:
        element.text = text
        return
    last: Any = None

    def put(piece: str) -> None:
        if last is None:
            element.text = piece
        else:
            last.tail = piece

    end = 0
    while (start := text.find("<?", end)) >= 0 and (stop := text.find("?>", start)) >= 0:
        match = re.fullmatch(_INSTRUCTION, text[start : stop + 2])
        if match is None or match[1].lower() == "xml":
            break
        put(text[end:start])
        last = etree.ProcessingInstruction(match[1], match[2] or "")
        element.append(last)
        end = stop + 2
    put(text[end:])


def escape(text: str) -> str:
    """Text as it stands between tags. (The standard library's own brings urllib and ssl with it.)"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def content(node: Any) -> str:
    """What stands inside an element, as XML: its texts escaped, its elements, no comments."""
    found = escape(node.text or "")
    for child in node:
        if child.tag is etree.Comment:
            found += escape(child.tail or "")
        else:
            found += str(etree.tostring(child, encoding="unicode", with_tail=True))
    return found


def set_content(node: Any, text: str) -> None:
    """Put text with elements in it into an empty element; as plain text where it is no XML."""
    try:
        found = from_fragment(f"<x>{clean(text)}</x>")
    except TranslatorError:
        node.text = clean(text)
        return
    node.text = found.text
    node.extend(list(found))


def indent(root: Any, nested: tuple[Any, ...] = ()) -> None:
    """Two blanks a level below the root, and below those children that we built ourselves."""
    _indent_children(root, "\n")
    for element in nested:
        _indent_children(element, "\n  ")


def _indent_children(element: Any, outer: str) -> None:
    count = len(element)
    if count:
        element.text = outer + "  "
        for index, child in enumerate(element, 1):
            child.tail = outer + "  " if index < count else outer


def ranks(document: Document) -> dict[str, int]:
    """The number of everything that has a place, in document order; 0 is the very beginning."""
    found: dict[str, int] = {}
    first = int(document.declared)

    def walk(nodes: Iterable[Any], above: str) -> None:
        for node, path in placed(nodes, above):
            found[path] = len(found) + first
            if isinstance(node.tag, str):
                for wire in node.keys():  # noqa: SIM118 - an lxml element
                    found[f"{path}/@{prefixed(document, wire) if wire[0] == '{' else wire}"] = len(found) + first
                if len(node):
                    walk(node, path)

    root = document.root
    before, behind = root.itersiblings(preceding=True), root.itersiblings()
    walk([*list(before)[::-1], root, *behind], "")
    return found


def placed(nodes: Iterable[Any], above: str) -> list[tuple[Any, str]]:
    """Nodes that stand beside one another, with their paths: numbered where several have one name; comments always."""
    found = [(node, _place_name(node)) for node in nodes]
    if len(found) == 1 and found[0][1][-1] != ")":
        return [(found[0][0], f"{above}/{found[0][1]}")]
    count: dict[str, int] = {}
    for _, name in found:
        count[name] = count.get(name, 0) + 1
    numbers: dict[str, int] = {}
    result = []
    for node, name in found:
        if count[name] > 1 or name[-1] == ")":
            number = numbers[name] = numbers.get(name, 0) + 1
            name = f"{name}[{number}]"
        result.append((node, f"{above}/{name}"))
    return result


def _place_name(node: Any) -> str:
    tag = node.tag
    if isinstance(tag, str):
        return (
            tag
            if tag[0] != "{"
            else f"{node.prefix}:{tag.rpartition('}')[2]}"
            if node.prefix
            else tag.rpartition("}")[2]
        )
    return "comment()" if tag is etree.Comment else "processing-instruction()"


def places(source: str | bytes) -> Marks:
    """Place of every element (`/Response/Dial[2]`), attribute (`.../@beep`) and comment (`.../comment()[1]`)."""
    return Marks(source.removeprefix("\ufeff") if isinstance(source, str) else decoded(source))


class Marks:
    """Where everything stands in the text of a sound document; attributes of elements that somebody asks for."""

    __slots__ = ("attributes", "known", "lines", "nodes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)
        self.nodes = _offsets(text)
        self.attributes: dict[str, dict[str, int]] = {}
        self.known: dict[str, Place | None] = {}

    def get(self, path: str) -> Place | None:
        """Line and column of what has a place of its own."""
        if path not in self.known:  # several losses stand in one place
            self.known[path] = self._place(path)
        return self.known[path]

    def _place(self, path: str) -> Place | None:
        node, _, name = path.partition("/@")
        offset = self.nodes.get(node)
        if offset is not None and name:
            if node not in self.attributes:
                self.attributes[node] = self._attributes(offset)
            offset = self.attributes[node].get(name)
        return self.lines.place(offset) if offset is not None else None

    def _attributes(self, offset: int) -> dict[str, int]:
        found = {}
        tag, attribute = re.compile(_MARKUP).match(self.text, offset), re.compile(_ATTRIBUTE)
        position = tag.end(1) if tag else offset
        while match := attribute.match(self.text, position):
            found[match[1]] = match.start(1)
            position = match.end()
        return found


def _offsets(text: str) -> dict[str, int]:
    """Where every element, comment and instruction begins, by its path."""
    opened: list[tuple[int, str, int, int]] = []  # (its parent's index, name, number, offset)
    all_of: dict[tuple[int, str], int] = {}
    parent, parents = -1, [-1]
    for match in re.finditer(_MARKUP, text):
        begin, name = match.start(), match[1]
        if name is None:
            kind = text[begin + 1]
            if kind == "/":
                parent = parents.pop() if parents else -1
                continue
            if kind == "?" and (begin or not re.match(r"<\?xml\s", text)):
                name = "processing-instruction()"
            elif text.startswith("!--", begin + 1):
                name = "comment()"
            else:
                continue
        number = all_of[parent, name] = all_of.get((parent, name), 0) + 1
        opened.append((parent, name, number, begin))
        if match[1] is not None and text[match.end() - 1] != "/":
            parents.append(parent)
            parent = len(opened) - 1
    paths: list[str] = []
    found: dict[str, int] = {}
    for above, name, number, begin in opened:
        path = f"{paths[above]}/{name}" if above >= 0 else f"/{name}"
        if all_of[above, name] > 1 or name.endswith("()"):
            path = f"{path}[{number}]"
        paths.append(path)
        found[path] = begin
    return found


def decoded(data: bytes) -> str:
    """The text as the parser took it, for places and excerpts: what cannot be decoded is replaced."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    match = _ENCODING.match(data)
    name = match[1].decode().lower() if match else "utf-8-sig"
    if name.startswith(_NO_ENCODINGS):
        name = "utf-8"
    try:
        return data.decode(name, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


_CAUSES = (
    ("Document is empty", "the file does not begin with an XML element"),
    ("XML or text declaration not at start", "white space or text before <?xml"),
    ("XML declaration allowed only at the start", "white space or text before <?xml"),
    ("EntityRef: expecting ';'", "a raw & in a URL or text; write &amp;"),
    ("xmlParseEntityRef: no name", "a raw & in a URL or text; write &amp;"),
    ("AttValue: \" or ' expected", "an attribute value without quotes"),
    ("Unescaped '<' not allowed in attributes values", "a quote is missing, or a template tag stands in an attribute"),
    ("attributes construct error", "a quote inside an attribute value, or a template between attributes"),
    ("error parsing attribute name", "a quote too many, or a template between attributes"),
    ("Specification mandates value", "an attribute without a value"),
    ("redefined", "an attribute stands twice"),
    ("Opening and ending tag mismatch", "an element is not closed, or tags cross"),
    ("Premature end of data", "the document is cut off, or an element is not closed"),
    ("Extra content at the end", "two root elements, or text after the end"),
    ("Couldn't find end of Start Tag", "a tag is not closed, or a template tag stands in it"),
    ("xmlParsePI", "a template tag such as <?= ... ?>; fill the template first"),
    ("StartTag: invalid element name", "a raw < in a text; write &lt;"),
    ("Start tag expected", "the file does not begin with an XML element"),
    ("Entity '", "an entity that XML does not define; write the character itself"),
    ("invalid character", "a control character"),
    ("PCDATA invalid Char value", "a control character"),
    ("Invalid bytes in character encoding", "the file was saved in another encoding than it declares"),
    ("encoding", "the declared encoding is not that of the bytes"),
    ("Input is not proper UTF-8", "the file was saved in another encoding than it declares"),
    ("Excessive depth", "nested too deep"),
    ("Namespace prefix", "a prefix that no xmlns declares"),
    ("Double hyphen within comment", "two hyphens inside a comment"),
    ("invalid xmlChar value", "a control character, written as a number"),
    ("expected '>'", "a closing tag is not closed"),
    ("not terminated", "a comment is not closed"),
    ("CData section not finished", "a CDATA section is not closed"),
)
_OPEN = ("find end of Start Tag", "expected", "not terminated", "not finished", "Premature end", "construct error")
"""Parts of messages that mean, at the end of a document, that the end is missing."""


def _explain(data: bytes, error: etree.XMLSyntaxError) -> TranslatorError:
    message = (error.msg or "no content").rpartition(", line ")[0] or (error.msg or "no content")
    message = message.partition("\n")[0]
    line, column = error.position if error.position else (1, 1)
    if "Excessive depth" in message or "huge" in message.lower():
        return UnsafeDocument(
            f"Refused: {message.removesuffix(', try XML_PARSE_HUGE')}.", line=max(line, 1), column=max(column, 1)
        )
    text = decoded(data)
    offset = Lines(text).offset(max(line, 1), max(column, 1))
    cause = next((cause for start, cause in _CAUSES if start in message), "")
    if "name" in message or not cause or "attribute" in message or "AttValue" in message:
        cause = near(text, offset) or cause
    if not text[offset:].strip() and any(words in message for words in _OPEN):
        cause = "the document is cut off, or something is not closed"
    elif text.lstrip("\ufeff \t\r\n")[:9].lower() in ("<!doctype", "<html>"):
        cause = "this is HTML, not XML"
    elif not cause and re.search(rb"<[?%]=|<%", data):
        cause = TEMPLATE
    return UnreadableDocument(f"Not XML: {message}.", line=max(line, 1), column=max(column, 1), cause=cause)
