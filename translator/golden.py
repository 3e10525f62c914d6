"""Golden cases: documents with their translations and losses, kept beside each other and compared.

golden/<case>/source.<dialect>.<ext>
golden/<case>/to.<dialect>.<ext>            one for each other dialect
golden/<case>/to.<dialect>.losses.json      the losses, without messages
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from translator import files, registry
from translator.detection import by_name
from translator.engine import translate
from translator.errors import TranslatorError
from translator.syntax.json import write as to_json

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("message", "remedy")


@dataclass(slots=True)
class Case:
    """One directory: what stands in it, what should, and the faults found."""

    path: Path
    expected: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def check(directory: Path, *, update: bool = False) -> tuple[int, list[str], list[str]]:
    """Check every case below a directory, or write what it should hold.

    Returns:
        the number of cases, the faults in words (with a unified diff), the names of files written or removed.
    """
    cases = sorted({path.parent for path in directory.glob("*/source.*") if path.is_file()})
    changed: list[str] = []
    if not cases:
        return 0, [f"{directory}: no golden case found (a case is a directory with source.<dialect>.<ext>)."], []
    orphans = sorted(p for p in directory.iterdir() if p.is_dir() and p not in cases and any(p.iterdir()))
    faults = [f"{orphan}: a directory without source.<dialect>.<ext>." for orphan in orphans]
    for path in cases:
        case = _case(path)
        faults += case.faults
        if not case.faults:
            if update:
                changed += _update(case)
            else:
                faults += _compare(case)
    return len(cases), faults, changed


def _case(path: Path) -> Case:
    case = Case(path)
    sources = sorted(path.glob("source.*"))
    if len(sources) > 1:
        case.faults.append(f"{path}: several sources: {', '.join(s.name for s in sources)}.")
        return case
    (source,) = sources
    name = by_name(source.name)
    if name is None:
        case.faults.append(f"{source}: the name says no known dialect; it should be source.<dialect>.<ext>.")
        return case
    data = source.read_bytes()
    for target in registry.names():
        if target == name:
            continue
        try:
            result = translate(data, target, name)
        except TranslatorError as error:
            case.faults.append(f"{source}: {error}")
            return case
        suffix = registry.get(target).suffixes[0]
        case.expected[f"to{suffix}"] = result.text
        case.expected[f"to.{target}.losses.json"] = to_json([_bare(loss.as_dict()) for loss in result.losses])
    return case


def _bare(loss: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in loss.items() if key not in WORDS}


def _compare(case: Case) -> list[str]:
    faults = []
    for name, text in case.expected.items():
        path = case.path / name
        if not path.is_file():
            faults.append(f"{path}: missing.")
            continue
        found = path.read_text(encoding="utf-8")
        if found != text:
            diff = difflib.unified_diff(
                found.splitlines(keepends=True), text.splitlines(keepends=True), f"{path} (golden)", f"{path} (now)"
            )
            faults.append("".join(diff).rstrip("\n"))
    return faults + [f"{path}: an orphan, no dialect writes it." for path in _orphans(case)]


def _orphans(case: Case) -> list[Path]:
    return [p for p in sorted(case.path.iterdir()) if p.name not in case.expected and not p.name.startswith("source.")]


def _update(case: Case) -> list[str]:
    changed = []
    for name, text in case.expected.items():
        path = case.path / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            files.write_atomically(path, text)
            changed.append(str(path))
    for path in _orphans(case):
        path.unlink()
        changed.append(f"{path} (removed)")
    return changed
