"""SWML methods read as canonical steps: `play` is speech, sound or silence; `prompt` and what follows is a gather."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dialects.families.swml_codecs import is_web
from dialects.families.swml_verbs import (
    DIGIT_KEYS,
    FOLLOWED,
    INPUTS,
    MATCHED,
    PLAIN_TARGET,
    SHARED,
    THEN,
    TIMES,
)
from dialects.families.swml_voices import VOICES, changed
from translator.sites import WRITTEN, Site
from translator.syntax import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translator.sites import Reading

SAY, SILENCE = "say:", "silence:"
PLAIN = {
    **{name: name for name in ("answer", "send_digits", "hangup", "record")},
    "record_call": "start_recording",
    "send_sms": "message",
    "tap": "start_stream/tap",
    "stream": "start_stream",
}
"""Methods that are one step, as they are -> the name of their table in the dialect that is read."""


def lift(name: str, value: Any, path: str, reading: Reading) -> list[Site] | None:
    """The canonical steps of a method; None where it has none, or not in this shape."""
    if "say" not in reading.dialect.verbs:  # a table of conferences alone
        return None
    if name in ("set", "unset"):
        reading.usual = changed(reading.usual, name, value)
    if name == "play":
        sites = _play(value, path, reading)
    elif name == "sleep":
        sites = _sleep(value, path, reading)
    elif name == "prompt":
        sites = _prompt(value, path, reading)
    elif name == "connect":
        sites = _connect(value, path, reading)
    elif name == "transfer":
        plain = isinstance(value, dict) and is_web(value.get("dest"))
        sites = [_step("redirect", path, value, reading)] if plain else None
    elif name in PLAIN and isinstance(value, dict):
        sites = [_step(PLAIN[name], path, value, reading)]
    else:
        sites = None
    for index, site in enumerate(sites or ()):
        site.value = WRITTEN if index else [{name: value}]
    return sites


def folds(site: Site) -> bool:
    """Whether a step only sets the usual voice, which later steps were read with."""
    value = site.value.get(site.verb) if site.verb in ("set", "unset") and isinstance(site.value, dict) else None
    names = [value] if isinstance(value, str) else value if isinstance(value, dict | list) else ()
    return len(names) > 0 and all(isinstance(name, str) and name in VOICES for name in names)


def follows(site: Site, step: Any, path: str, reading: Reading) -> bool:
    """Whether the next step belongs to this one: the transfer to the URL that is asked when it is over."""
    if not isinstance(step, dict) or len(step) != 1:
        return False
    if site.kind in FOLLOWED and THEN not in site.nodes:
        value = step.get("transfer")
        if isinstance(value, dict) and set(value) == {"dest"} and is_web(value["dest"]):
            reading.attributes(site, THEN, f"{path}/transfer", value)
            _settle_again(site, step)
            return True
    if site.kind == "gather" and THEN not in site.nodes:
        found = _matched(step.get("cond"), site)
        if found is not None:
            reading.attributes(site, THEN, f"{path}/cond/0/then/0/transfer", {"dest": found})
            _settle_again(site, step)
            return True
    return False


def _settle_again(site: Site, step: Any) -> None:
    if not site.is_conference:
        site.value = [*site.value, step]


def _matched(cond: Any, site: Site) -> str | None:
    """The URL of `cond: [{when: prompt_result === 'match_digits', then: [{transfer: {dest}}]}]`."""
    if not isinstance(cond, list) or not cond:
        return None
    dests, words = set(), set()
    for each in cond:
        if not isinstance(each, dict) or set(each) != {"when", "then"}:
            return None
        match = MATCHED.fullmatch(str(each["when"]))
        then = each["then"]
        only = then[0] if isinstance(then, list) and len(then) == 1 else None
        value = only.get("transfer") if isinstance(only, dict) and len(only) == 1 else None
        if match is None or not isinstance(value, dict) or set(value) != {"dest"} or not is_web(value["dest"]):
            return None
        dests.add(value["dest"])
        words.add({"match_digits": "digits", "match_speech": "speech"}[match[1]])
    wanted = set(site.said.get("inputs", ("digits",)))
    return dests.pop() if len(dests) == 1 and words == wanted else None


def _step(name: str, path: str, value: dict[str, Any], reading: Reading) -> Site:
    site = reading.step(reading.dialect.verbs[name], path, value, None)
    reading.settle(site)
    return site


def _play(value: Any, path: str, reading: Reading) -> list[Site] | None:
    if isinstance(value, str):
        words = "play holds a text where an object belongs; it was read as its url."
        reading.structure(path, words, "notice", 'Write {"play": {"url": "..."}}.', "method")
        value = {"url": value}
    if not isinstance(value, dict):
        return None
    media, several = value.get("url"), value.get("urls")
    listed = [media] if isinstance(media, str) and several is None else several if media is None else None
    if not isinstance(listed, list) or not listed or not all(isinstance(each, str) for each in listed):
        return None
    shared = {key: each for key, each in value.items() if key not in ("url", "urls")}
    if any(map(_speaks, listed)):
        return [_media(run, times, path, shared, reading) for run, times in _runs(listed)]
    return [_step("play", path, _run(run, times) | shared, reading) for run, times in _runs(listed)]


def _runs(listed: list[str]) -> Iterator[tuple[list[str], int]]:
    """Parts of a list that are one step: a text with how often it stands, or recordings and silences in a row."""
    index = 0
    while index < len(listed):
        end = index + 1
        if _speaks(listed[index]):
            while end < len(listed) and listed[end] == listed[index]:
                end += 1
            yield [listed[index]], end - index
        else:
            while end < len(listed) and not _speaks(listed[end]):
                end += 1
            run = listed[index:end]
            same = len(run) > 1 and len(set(run)) == 1
            yield (run[:1], len(run)) if same else (run, 1)
        index = end


def _speaks(entry: str) -> bool:
    return entry.lower().startswith(SAY)


def _run(run: list[str], times: int) -> dict[str, Any]:
    items: dict[str, Any] = {"url": run[0]} if len(run) == 1 else {"urls": run}
    return {**items, TIMES: times} if times > 1 else items


def _media(run: list[str], times: int, path: str, shared: dict[str, Any], reading: Reading) -> Site:
    speaks = _speaks(run[0])
    items = _run(run, times)
    if speaks:
        shared = {**shared, **{key: each for key, each in reading.usual.items() if key not in shared}}
    voice = shared.get("say_voice")
    if isinstance(voice, str) and voice.count(":") == 2 and "say_language" not in shared:
        shared = {**shared, "say_language": voice.rpartition(":")[2]}
    if not speaks:  # the voice is that of the texts beside it
        shared = {key: each for key, each in shared.items() if not key.startswith("say_")}
    return _step("say" if speaks else "play", path, {**items, **shared}, reading)


def _sleep(value: Any, path: str, reading: Reading) -> list[Site] | None:
    if isinstance(value, dict):
        return [_step("pause", path, value, reading)]
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        return [_step("pause", path.rpartition("/")[0], {"duration": value}, reading)]
    return None


def _prompt(value: Any, path: str, reading: Reading) -> list[Site] | None:
    played = value.get("play") if isinstance(value, dict) else None
    listed = [played] if isinstance(played, str) else played
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        return None
    speech = any(key.startswith("speech_") for key in value)
    digits = any(key in value for key in DIGIT_KEYS)
    items = {key: each for key, each in value.items() if key != "play" and key not in SHARED}
    if speech:
        items[INPUTS] = "digits speech" if digits else "speech"
    site = reading.step(reading.dialect.verbs["gather"], path, items, None)
    shared = {key: each for key, each in value.items() if key in SHARED}
    for key in VOICES if not any(map(_speaks, listed)) else ():
        if key in shared:
            field = {"say_gender": "say_voice_gender"}.get(key, key)
            words = f"{key} has no effect, as this prompt speaks no text: {shared[key]!r}."
            reading.remark("invalid", field, "notice", pointer(path, key), words, "Take it away.")
    for run, times in _runs(listed):
        if run != ["silence:0"]:
            site.parts.append(_media(run, times, pointer(path, "play"), shared, reading))
    reading.settle(site)
    return [site]


ORDERS = ("parallel", "serial")


def _connect(value: Any, path: str, reading: Reading) -> list[Site] | None:
    if not isinstance(value, dict) or {"result", "serial_parallel", "transfer_after_bridge"} & value.keys():
        return None
    to = value.get("to")
    if isinstance(to, str) and to.startswith("stream:"):
        return [_step("start_stream/connect", path, value, reading)]
    order = next((key for key in ORDERS if key in value), "")
    listed = value.get(order) if order else [value]
    if not isinstance(listed, list) or not listed or not all(isinstance(t, dict) and "to" in t for t in listed):
        return None
    items = {key: each for key, each in value.items() if key != order and (order or key not in PLAIN_TARGET)}
    if order == "serial":
        items["order"] = order
    site = reading.step(reading.dialect.verbs["dial"], path, items, None)
    for index, target in enumerate(listed):
        here = f"{path}/{order}/{index}" if order else path
        each = target if order else {key: each for key, each in target.items() if key in PLAIN_TARGET}
        site.parts.append(_step("target", here, each, reading))
    reading.settle(site)
    return [site]
