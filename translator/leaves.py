"""The leaves of a plain tree, as no table knows them: every attribute, key, text and comment; changed, or taken out.

The laws count with them what the readers must have seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from translator.syntax import module

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT, TAIL, COMMENT = "text()", "tail()", "comment()"


class Leaf(NamedTuple):
    """One value: the attribute of an element, its text, what follows it, a comment; or an entry of a dict or list."""

    owner: Any
    key: Any
    value: Any
    name: str

    def change(self, value: Any) -> None:
        """Put another value in its place."""
        if self.key == TEXT:
            self.owner.text = value
        elif self.key == TAIL:
            self.owner.tail = value
        elif self.key == COMMENT:
            self.owner.text = value.replace("--", "- -").rstrip("-")
        elif hasattr(self.owner, "attrib"):
            self.owner.set(self.key, value)
        else:
            self.owner[self.key] = value

    def remove(self) -> None:
        """Take it out of its tree."""
        if self.key in (TEXT, TAIL):
            self.change(None)
        elif self.key == COMMENT:
            drop(self.owner)
        elif hasattr(self.owner, "attrib"):
            del self.owner.attrib[self.key]
        else:
            del self.owner[self.key]


def drop(node: Any) -> None:
    """Take a node out of its parent, and leave what follows it."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    if node.tail:
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def leaves(root: Any) -> list[Leaf]:
    """All leaves of a tree, in document order."""
    return list(_of_element(root) if hasattr(root, "attrib") else _of_value(root, ""))


def _of_element(root: Any) -> Iterator[Leaf]:
    is_comment = module("xml").is_comment
    for node in root.iter():
        if isinstance(node.tag, str):
            for name, value in node.attrib.items():
                yield Leaf(node, name, value, f"{node.tag}/@{name}")
            if node.text and node.text.strip():
                yield Leaf(node, TEXT, node.text, f"{node.tag}/{TEXT}")
        elif is_comment(node) and node.getparent() is not None:
            yield Leaf(node, COMMENT, node.text or "", COMMENT)
        if node.tail and node.tail.strip() and node is not root:
            yield Leaf(node, TAIL, node.tail, f"{node.tag}/{TAIL}")


def _of_value(value: Any, name: str) -> Iterator[Leaf]:
    entries = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, each in entries:
        here = f"{name}/{key}"
        if isinstance(each, dict | list) and each:
            yield from _of_value(each, here)
        else:
            yield Leaf(value, key, each, here)
