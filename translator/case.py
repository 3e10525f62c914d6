"""One document under the laws: its translations, and the documents that differ from it in one leaf."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from translator import meaning, syntax
from translator.engine import read, read_document, translate
from translator.errors import TranslatorError
from translator.leaves import COMMENT, leaves
from translator.specimens import ROOM, document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translator.dialect import Dialect
    from translator.leaves import Leaf
    from translator.result import Result
    from translator.sites import Reading, Site


class Case:
    """One document under the laws. What is found out about it is kept for the next law.

    Attributes:
        pick: a number that chooses where a law looks at some places only; None: it looks at all.
    """

    def __init__(self, dialect: Dialect, text: str, pick: int | None = None) -> None:
        self.dialect = dialect
        self.text = text
        self.pick = pick
        self.results: dict[str, Result | TranslatorError] = {}
        self.smaller: list[Smaller] | None = None
        self.unheard: list[str] | None = None
        self._reading: Reading | None = None

    def to(self, target: str) -> Result | TranslatorError:
        """The translation, or why there is none."""
        found = self.results.get(target)
        if found is None:
            try:
                found = translate(self.text, target, self.dialect.name)
            except TranslatorError as error:
                found = error
            self.results[target] = found
        return found

    def done(self, target: str) -> Result:
        """The translation of what can be translated."""
        found = self.to(target)
        if isinstance(found, TranslatorError):
            raise AssertionError(f"refused: {found}")
        return found

    @property
    def reading(self) -> Reading:
        if self._reading is None:
            self._reading = read_text(self.text, self.dialect, self.done(self.dialect.name).syntax)
        return self._reading

    def without_each(self) -> list[Smaller]:
        """The same document without each of its leaves, where that means something else."""
        if self.smaller is None:
            self.smaller = []
            means = meaning.effects(self.reading)
            for name, text in self._edited(lambda leaf: leaf.remove()):
                case = Case(self.dialect, text)
                if isinstance(case.to(self.dialect.name), TranslatorError):
                    continue  # without it, it is no document: said
                less = meaning.effects(case.reading)
                sites, fields = meaning.changed(means[0], less[0])
                if sites or means[1] != less[1]:
                    within = means[1] == less[1] and meaning.outline(self.reading) == meaning.outline(case.reading)
                    self.smaller.append(Smaller(name, case, sites, fields, within))
        return self.smaller

    def unread(self) -> list[str]:
        """The leaves that may be changed, and the intent is still the same."""
        if self.unheard is None:
            whole = _dumped(self.dialect, self.text)
            changed = self._edited(_alter)
            self.unheard = [name for name, text in changed if _dumped(self.dialect, text) == whole]
        return self.unheard

    def _edited(self, edit: Callable[[Any], None]) -> Iterator[tuple[str, str]]:
        name = self.done(self.dialect.name).syntax
        root = syntax.parse(self.text, name).root
        found = leaves(root)
        skeleton = _skeleton(self.dialect, name)
        chosen = [index for index, leaf in enumerate(found) if _unnumbered(leaf.name) not in skeleton]
        if self.pick is not None and len(chosen) > FEW:
            start = self.pick % len(chosen)
            chosen = (chosen + chosen)[start : start + FEW]
        for index in chosen:
            tree = deepcopy(root)
            edit(leaves(tree)[index])
            yield found[index].name, syntax.write(tree, name)


class Smaller(NamedTuple):
    """A document without one of its leaves.

    Attributes:
        steps: those that mean something else.
        fields: in what, as a loss names it.
        within: the leaf stands inside of what nobody models, and is kept as a whole.
    """

    leaf: str
    case: Case
    steps: list[Site]
    fields: set[str]
    within: bool


FEW: Final = 3
"""How many places of a random document are taken away, or changed."""


def read_text(text: str, dialect: Dialect, name: str) -> Reading:
    return read_document(syntax.parse(text, name), dialect)


def _skeleton(dialect: Dialect, name: str) -> set[str]:
    """The leaves of a document that says nothing: `version`, `method`."""
    if dialect.canonical:
        return set()
    row = dialect.conference.by_field["name"]
    root = syntax.parse(document(dialect, {}, name), name).root
    found = (leaf.name for leaf in leaves(root) if leaf.value != ROOM and not leaf.name.endswith(f"/{row.wire}"))
    return {_unnumbered(name) for name in found}


def _unnumbered(name: str) -> str:
    return re.sub(r"/\d+(?=/|$)", "/0", name)


def _alter(leaf: Leaf) -> None:
    """Put another value in its place; a comment is told as a whole, and goes."""
    if leaf.key == COMMENT:
        leaf.remove()
    else:
        leaf.change(_other(leaf.value))


def _other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else "x"


def _dumped(dialect: Dialect, text: str) -> str:
    """The intent with all that it keeps as written; or why there is none."""
    try:
        return read(text, dialect.name).model_dump_json()
    except TranslatorError as error:
        return repr(error)
