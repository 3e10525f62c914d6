"""Lists of SWML steps, both ways: shared by SWML documents and the SWML inside SWAIG replies."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from dialects.families.swml_codecs import is_web
from dialects.families.swml_lift import follows, lift
from dialects.families.swml_verbs import then
from dialects.families.swml_voices import Voices
from translator.dialect import Jump
from translator.errors import UnreadableDocument
from translator.sites import WRITTEN, Limb, Site, deep
from translator.syntax import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translator.sites import Reading

METHOD = "join_conference"
_AS_OBJECT = "object"  # an object with nothing but a name, where the name alone would do
VERSION = "1.0.0"

Comments = list[tuple[str, Site]]
"""(pointer of what follows, comment), in document order."""


def read_document(root: dict[str, Any], path: str, reading: Reading, comments: Comments) -> list[Site]:
    """The sites of `{"version", "sections"}`: main first, then the other sections, then what is odd."""
    main: list[Site] = []
    others: list[Site] = []
    _read_top(root, path, others, reading)
    voices = Voices(root["sections"], f"{path}/sections", _step_lists) if len(root["sections"]) > 1 else None
    reading.usual_behind = voices.behind if voices is not None else {}
    for name, steps in root["sections"].items():
        here = pointer(f"{path}/sections", name)
        reading.usual = voices.entering.get(name, {}) if voices is not None else {}
        if voices is not None and name in voices.doubtful:
            words = f"Section {name!r} is reached with several usual voices; it was read with the first."
            reading.structure(here, words, "warning", "Say the voice in the section itself.", "section")
        if not isinstance(steps, list):
            others.append(Site("#section", here, {name: steps}))
            continue
        sites = read_section(steps, here, reading, comments)
        if name == "main":
            main = sites
        else:
            section = Site("section", here, name)
            section.branches.append(Limb("", f"section {name!r}", sites, here))
            others.append(section)
    return [*main, *others]


def write_document(sites: list[Site], *, short: bool = False) -> dict[str, Any]:
    """The document of such sites. `short`: a conference with nothing but a name is written as that name."""
    sections: dict[str, Any] = {"main": write_steps(sites, short)}
    top: dict[str, Any] = {}
    for site in sites:
        if site.verb == "section" and site.branches:
            sections[str(site.value)] = write_steps(site.branches[0].sites, short)
        elif site.verb == "#key":
            top.update(site.value)
        elif site.verb == "#section":
            sections.update(site.value)
    return {"version": VERSION, **top, "sections": sections}


def _read_top(root: dict[str, Any], path: str, sites: list[Site], reading: Reading) -> None:
    remedy = f'Write "version": "{VERSION}".'
    if "version" not in root:
        reading.structure(path, "The document has no version.", "notice", remedy, "version")
    elif root["version"] != VERSION:
        words = f"The version is {root['version']!r}; there is only {VERSION!r}."
        reading.structure(f"{path}/version", words, "notice", remedy, "version")
    for key, value in root.items():
        if key not in ("version", "sections"):
            sites.append(Site("#key", pointer(path, key), {key: value}))


def read_section(steps: list[Any], path: str, reading: Reading, comments: Comments) -> list[Site]:
    sites: list[Site] = []
    for index, step in enumerate(steps):
        here = f"{path}/{index}"
        while comments and _belongs(comments[0][0], here, first=index == 0):
            sites.append(comments.pop(0)[1])
        last = next((site for site in reversed(sites) if site.verb != "#comment"), None)
        if last is None or not follows(last, step, here, reading):
            sites += read_step(step, here, reading)
        reading.usual = reading.usual_behind.get(here, reading.usual)
    return sites


def read_step(step: Any, path: str, reading: Reading) -> list[Site]:
    if isinstance(step, str):
        reading.structure(
            path, f"The method {step!r} stands as a bare text.", "notice", f'Write {{"{step}": {{}}}}.', "method"
        )
        step = {step: {}}
    if not isinstance(step, dict) or not step:
        return [Site("#value", path, step)]
    if len(step) > 1:
        reading.structure(
            path,
            "One step holds several methods; they were read one after the other.",
            "warning",
            "Write a step for each.",
            "method",
        )
    return [site for name, value in step.items() for site in _read_method(name, value, path, reading)]


def _read_method(name: str, value: Any, path: str, reading: Reading) -> list[Site]:
    here = pointer(path, name)
    steps = lift(name, value, here, reading) if name != METHOD else None
    if steps is not None:
        return steps
    if name != METHOD:
        site = Site(name, here, {name: value})
        site.value, site.branches = _take_branches(name, site.value, path, reading)
        return [site]
    site = Site("conference", here, kind="conference")
    if isinstance(value, str):
        value = {"name": value}
    elif isinstance(value, dict) and list(value) == ["name"]:
        site.value = _AS_OBJECT
    if not isinstance(value, dict):
        words = f"{name} holds {value!r}, neither an object nor a name."
        reading.remark("structure", "method", "error", here, words, "Give it a name.", kept=False)
        value = {}
    taken, branches = _take_branches(name, value, here, reading)
    reading.attributes(site, "", here, taken)
    site.nodes[""] = (here, value)
    reading.settle(site)
    if not branches:
        return [site]
    result = Site("result", f"{here}/result")
    result.branches = branches
    return [site, result]


def _take_branches(name: str, value: Any, path: str, reading: Reading) -> tuple[Any, list[Limb]]:
    """The value with its lists of steps taken out, and those lists as branches."""
    inner = value if name == METHOD else value[name]
    prefix = "" if name == METHOD else pointer("", name)
    found = list(_step_lists(name, inner, prefix))
    if not found:
        return value, []
    value = deepcopy(value)
    limbs = []
    usual = reading.usual
    for place, label, steps in found:
        reading.usual = usual  # what a branch sets is set in it
        limbs.append(Limb(place, label, _read_steps(steps, path + place, reading), path + place))
        _put(value, place, [])
    reading.usual = usual
    return value, limbs


def write_steps(sites: list[Site], short: bool = False) -> list[Any]:
    steps: list[Any] = []
    for site in sites:
        if site.is_conference:
            attributes = dict(site.nodes[""][1])
            name = attributes["name"] if short and list(attributes) == ["name"] and site.value != _AS_OBJECT else None
            steps.append({METHOD: name if isinstance(name, str) else attributes})
            steps += then(site)
        elif site.verb == "result" and site.branches:
            if steps and isinstance(steps[-1], dict) and METHOD in steps[-1]:
                value = deepcopy(steps[-1][METHOD])
                _put_branches(value, site, short)
                steps[-1] = {METHOD: value}
        elif site.kind:
            if site.value is None and site.form is not None and site.form.lower is not None:
                steps += site.form.lower(site)
            elif site.value is not WRITTEN:
                steps += site.value or ()
        elif site.verb == "#comment":
            from translator.syntax.yaml import Comment

            steps.append(Comment(" ".join(str(site.value).split())))
        elif site.verb in ("#section", "#key") or (site.verb == "section" and site.branches):
            continue
        else:
            value = deepcopy(site.value) if site.branches else site.value
            _put_branches(value, site, short)
            steps.append(value)
    return steps


def _put_branches(value: Any, site: Site, short: bool) -> None:
    for limb in site.branches:
        _put(value, limb.place, write_steps(limb.sites, short))


def _read_steps(steps: list[Any], path: str, reading: Reading) -> list[Site]:
    return read_section(steps, path, reading, [])


def _belongs(pointer: str, step: str, *, first: bool) -> bool:
    """Whether a comment before `pointer` belongs to a step: it stands in it, or above the first one of all."""
    above = pointer != "" and not re.match(r"(?:/sections/[^/]+)?/\d", pointer)
    return f"{pointer}/".startswith(f"{step}/") or (first and above)


def _step_lists(name: str, value: Any, path: str) -> Iterator[tuple[str, str, list[Any]]]:
    """(place, words, steps) of every list of steps inside a method's value."""
    if name == "cond":
        yield from _conditions(value, path, "cond")
    elif name == "switch":
        yield from _cases(value, path, "switch")
    elif isinstance(value, dict):
        if name == "execute" and isinstance(value.get("on_return"), list):
            yield f"{path}/on_return", "on_return of execute", value["on_return"]
        if name in ("connect", "execute", "join_conference"):
            result = value.get("result")
            yield from _conditions(result, f"{path}/result", f"result of {name}")
            yield from _cases(result, f"{path}/result", f"result of {name}")


def _conditions(items: Any, path: str, what: str) -> Iterator[tuple[str, str, list[Any]]]:
    if not isinstance(items, list):
        return
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            continue
        when = str(item.get("when", ""))
        for key, words in (
            ("then", f"{what}, when {when}"),
            ("else", f"{what}, else" + (f" of {when}" if when else "")),
        ):
            if isinstance(item.get(key), list):
                yield f"{path}/{index}/{key}", words, item[key]


def _cases(value: Any, path: str, what: str) -> Iterator[tuple[str, str, list[Any]]]:
    if not isinstance(value, dict):
        return
    variable = value.get("variable", "")
    of = f"{what} {variable}".strip()
    cases = value.get("case")
    if isinstance(cases, dict):
        for case, steps in cases.items():
            if isinstance(steps, list):
                yield pointer(f"{path}/case", case), f"{of}, case {case}", steps
    if isinstance(value.get("default"), list):
        yield f"{path}/default", f"{of}, default", value["default"]


def _put(value: Any, place: str, steps: list[Any]) -> None:
    """Put a list of steps where a JSON pointer says."""
    *parents, last = [key.replace("~1", "/").replace("~0", "~") for key in place.split("/")[1:]] or [""]
    try:
        for key in parents:
            value = value[int(key)] if isinstance(value, list) else value[key]
        value[int(last) if isinstance(value, list) else last] = steps
    except (KeyError, IndexError, ValueError, TypeError):
        raise UnreadableDocument(f"A branch names the place {place!r}, which its step does not have.") from None


def jumps(site: Site) -> Jump | None:
    """Where `transfer` or a plain `execute` goes, if that is a section of the document."""
    if site.verb not in ("transfer", "execute") or site.branches or not isinstance(site.value, dict):
        return None
    value = site.value.get(site.verb)
    if not isinstance(value, dict) or set(value) != {"dest"} or not isinstance(value["dest"], str):
        return None
    return None if is_web(value["dest"]) else Jump(value["dest"], site.verb == "execute")


def landings(sites: list[Site]) -> frozenset[str]:
    """The paths of the labels that some `goto` of a document names."""
    steps = [site for site in deep(sites) if site.verb in ("goto", "label") and isinstance(site.value, dict)]
    gotos = [site.value.get("goto") for site in steps]
    named = [goto.get("label") if isinstance(goto, dict) else goto for goto in gotos]
    wanted = {name for name in named if isinstance(name, str)}
    labels = [site for site in steps if site.verb == "label" and isinstance(site.value.get("label"), str)]
    return frozenset(site.path for site in labels if site.value["label"] in wanted)


def methods(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """(path, name) of what may be methods: every key of an object in a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from methods(inner, pointer(path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield f"{path}/{index}", item
            elif isinstance(item, dict):
                for key in item:
                    yield pointer(f"{path}/{index}", key), key
            yield from methods(item, f"{path}/{index}")
