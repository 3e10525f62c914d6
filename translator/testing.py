"""The laws of the translator, for any dialect: ours or a third party's.

    from translator.testing import check_dialect
    check_dialect("ringo")

The eight laws of the design, and more. Each is checked for every ordered pair of dialects in the registry, over
documents that are made from the tables themselves: one for everything that an attribute can say
(`translator.specimens`), and random ones (`translator.generation`, which needs hypothesis). A new row or dialect is
covered by itself. A law that does not hold raises AssertionError with the target and the document.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from copy import deepcopy
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from translator import filled, meaning, registry, stencil, syntax
from translator.case import Case, read_text
from translator.codecs import Illegal
from translator.engine import Engine, translate
from translator.errors import TranslatorError
from translator.loss import at_least, code_name
from translator.meaning import differs, is_default, named_by, named_steps, said
from translator.sites import Site, deep
from translator.specimens import Specimen, document, specimens, verbs
from translator.step_fields import STEPS, find_field
from translator.syntax import limits
from translator.values import OMIT, UNKNOWN, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translator.dialect import Dialect, Verb
    from translator.result import Result

EXAMPLES: Final = 20
"""How many random documents `check_dialect` tries."""


def check_dialect(name: str, examples: int = EXAMPLES) -> list[str]:
    """Check all laws for a registered dialect, against every dialect in the registry, both ways.

    Args:
        name: of the dialect, or an alias.
        examples: how many random documents are tried beside those of the tables; 0 needs no hypothesis.

    Returns:
        the names of the laws that were checked.

    Raises:
        AssertionError: a law does not hold; the message says where.
        ModuleNotFoundError: random documents are asked for, and hypothesis is not installed.
        TranslatorError: there is no such dialect, or it cannot be loaded.
    """
    dialect = registry.get(name)
    for law in LAWS:
        law(dialect)
    if examples:
        check_random(dialect, examples)
    return [law.__name__ for law in LAWS]


def check_random(
    dialect: Dialect,
    examples: int = EXAMPLES,
    *,
    seed: int | None = None,
    tally: Counter[tuple[str, str]] | None = None,
) -> None:
    """Check all laws over random documents of a dialect, to every dialect.

    Args:
        seed: of the random documents; None: always the same ones.
        tally: counts the cases of each (law, target).

    Raises:
        AssertionError: a law does not hold, with the smallest document that was found; of several laws a group of them.
        ModuleNotFoundError: hypothesis is not installed.
    """
    try:
        import hypothesis
        from hypothesis import strategies as st

        from translator import generation
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        words = "The random laws need hypothesis: pip install 'hypothesis>=6.100'. With examples=0 it is not needed."
        raise ModuleNotFoundError(words, name="hypothesis") from None

    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=seed is None,
        print_blob=False,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(generation.documents(dialect), st.integers(0, 999))
    def check(text: str, pick: int) -> None:
        case = Case(dialect, text, pick)
        for law in CASE_LAWS:
            for target in registry.names():
                _check(law, case, target, tally)

    if seed is not None:
        check = hypothesis.seed(seed)(check)
    check()


def _check(
    law: Callable[[Case, str], None], case: Case, target: str, tally: Counter[tuple[str, str]] | None = None
) -> None:
    with limits.override(max_remembered=0):
        _obey(law, case, target, tally)


def _obey(
    law: Callable[[Case, str], None], case: Case, target: str, tally: Counter[tuple[str, str]] | None = None
) -> None:
    if isinstance(case.to(target), TranslatorError) and law is not totality:
        return  # no document of this dialect: said in words, as totality has it
    if tally is not None:
        tally[law.__name__, target] += 1
    try:
        law(case, target)
    except AssertionError as error:
        where = f"{law.__name__}: {case.dialect.name} to {target}: {error}"
        raise AssertionError(f"{where}\n{case.text}") from None


# -- the laws, for one document and one target ------------------------------------------------------------------


def conservation(case: Case, target: str) -> None:
    """Every leaf of the source is consumed or reported, every said field of the intent is given or reported.

    The leaves are those of the raw tree. One is consumed where the intent, with all that it keeps and remarks, is
    another when the leaf is another.
    """
    if target == case.dialect.name:
        assert not case.unread(), f"nothing reads {case.unread()}"
        return
    result = case.done(target)
    if registry.get(target).canonical:
        return
    shared = meaning.shared(case.reading.origin, target)
    for site in deep(result.reading.sites):
        if not site.kind and site.verb not in shared and not meaning.speaks_for_itself(site, case.reading.origin):
            assert any(meaning.stands_in(site.path, loss) for loss in result.losses), (
                f"{site.verb} at {site.path} is not told"
            )
    named = named_by(result)
    there = read_text(result.text, registry.get(target), result.syntax)
    same = result.reading.origin is there.dialect
    for kind, before, after in meaning.pairs(result.reading, there, named_steps(result) | meaning.implicit(result)):
        for one, other in zip(before, after, strict=True):
            form = meaning.form_of(other, there.dialect)
            given = form.outcome(dict(other.said)) if form is not None and not same else other.said
            for field, value in one.said.items():
                got = given.get(field)
                if got is None and form is not None:
                    got = form.implied.get(field)
                facts = STEPS[kind]
                if meaning.same(value, got) or not {
                    facts.prefix + name for name in meaning.deciding(field, facts)
                }.isdisjoint(named):
                    continue
                if field == "ssml" and "<" not in str(one.said.get("text")):
                    continue  # there is no markup in it
                if field == "order" and len(one.parts) < 2:
                    continue  # of one target
                own = form is None or field not in facts.fields
                source = meaning.form_of(one, case.dialect)
                if source is not None and source.effects is not None and meaning.is_moot(one, field, source):
                    if source.effects(one.said).get(field) == value:
                        continue  # nobody said it, and it shapes nothing
                row = source.own.get(field) if source is not None else None
                if own and row is not None and row.default == value:
                    continue
                raise AssertionError(f"{kind} {field} is {value!r} in the source, {got!r} in {result.text}")


def identity(case: Case, target: str) -> None:
    """To its own dialect nothing is lost, and from the second time on no byte changes."""
    if target != case.dialect.name:
        return
    first = case.done(target)
    put_right = {f"{code_name(note.field)}/{note.kind}" for note in case.reading.remarks if not note.kept}
    losses = [loss for loss in first.losses if loss.code not in put_right]
    assert not losses, f"lost: {losses}"
    second = translate(first.text, target, target)
    assert second.text == first.text, f"no fixpoint:\n{first.text}{second.text}"
    assert second.lossless, f"lost the second time: {second.losses}"
    shaped = any(note.kind == "structure" for note in case.reading.remarks)  # put right, two steps may be one
    if not put_right and not shaped:
        one, other = (meaning.meant(read_text(text, case.dialect, first.syntax)) for text in (case.text, first.text))
        assert one == other, f"it means something else:\n{first.text}"


def prediction(case: Case, target: str) -> None:
    """There and back, the intents differ only in fields that one of the two reports names.

    A field that is reported as dropped or changed does differ.
    """
    there = case.done(target)
    for loss in there.losses:
        if loss.kind in ("dropped", "changed", "clamped") and loss.said and find_field(loss.field):
            facts = find_field(loss.field)
            dependent = facts is not None and facts[1].name in facts[0].dependent
            assert loss.asked != loss.given or dependent, f"{loss.code} is told, and nothing differs: {loss!r}"
    if target == case.dialect.name or case.dialect.canonical or registry.get(target).canonical:
        return
    back = translate(there.text, case.dialect.name, target)
    named = named_by(there) | named_by(back)
    steps = named_steps(there) | named_steps(back) | meaning.implicit(there)
    again = read_text(back.text, case.dialect, back.syntax)
    for kind, before, after in meaning.pairs(there.reading, again, steps):
        for one, other in zip(before, after, strict=True):
            forms = meaning.form_of(one, case.dialect), meaning.form_of(other, case.dialect)
            both = ((one, forms[0]), (other, forms[1]))
            for field in STEPS[kind].fields:
                was, now = (meaning.audible(meaning.effective(site, field, form)) for site, form in both)
                if was == now or UNKNOWN in (was, now):
                    continue
                if field in meaning.URLS_AFTER and meaning.onward(deep(there.reading.sites)) >= meaning.onward(
                    deep(again.sites)
                ):
                    continue  # what stood behind it goes there now: the rest of a branch is left out, which is told
                names = {STEPS[kind].prefix + name for name in meaning.deciding(field, STEPS[kind])}
                if (kind, field) == ("play", "repeat") and len(set(other.said.get("urls", ()))) == 1:
                    names.add("play_urls")  # what is left of a list is one recording, several times
                if names.isdisjoint(named) and not meaning.is_moot(one, field, forms[0]):
                    raise AssertionError(f"{kind} {field} was {was!r}, and comes back as {now!r}:\n{there.text}")


def no_silent_attribute(case: Case, target: str) -> None:
    """Taken away, every leaf that means something is seen in the output or the report.

    Of a step that is reported as left out as a whole, that loss tells; of one that nobody models, its name.
    """
    result = case.done(target)
    keeps = target == case.dialect.name or registry.get(target).canonical
    gone = {loss.path for loss in result.losses if loss.kind == "step"}
    placeless = {loss.field for loss in result.losses if loss.kind == "step" and loss.path == ""}
    defaults = {loss.field for loss in result.losses if loss.kind == "default" and loss.severity == "notice"}
    parts = {loss.field for loss in result.losses if loss.kind == "changed"}
    for leaf, other, sites, fields, within in case.without_each():
        if not keeps and (within or (sites and all(site.path in gone for site in sites))):
            continue
        if sites and all(code_name(site.kind) in placeless for site in sites):
            continue  # of a flow made by hand: it cannot stand in the document at all
        if fields and fields <= defaults:
            continue  # what the platforms do unsaid is told once for all steps of a kind
        if any(f"{site.kind}_{STEPS[site.kind].part}" in parts for site in sites if site.kind):
            continue  # the loss of a nested step tells of all of it: one voice for all
        if leaf == "/dialect" and case.reading.origin is not None and case.reading.origin.name == target:
            continue  # its own unsaid behaviour needs no words
        if case.dialect.canonical and leaf.endswith("/type") and _told_by_address(sites):
            continue
        if case.dialect.canonical and leaf.endswith("/ssml") and "<" not in str(_holder(case, leaf).get("text")):
            continue  # there is no markup in it
        of_step = case.dialect.canonical and leaf.count("/") == 3  # /steps/1/field, and nothing nested
        if of_step and any(_says_by_itself(site, leaf.rpartition("/")[2]) for site in sites):
            continue
        if (
            case.dialect.canonical
            and not any(_has_usual(case, site) for site in sites)
            and _does_so_anyway(target, leaf, case)
        ):
            continue  # nobody's unsaid behaviour is asked for: what the target does is what was said
        found = other.to(target)
        if not isinstance(found, TranslatorError):
            assert differs(result, found), f"{leaf} says something, and is not seen:\n{other.text}"


def _told_by_address(sites: list[Site]) -> bool:
    """Whether an address tells its type: it is nothing but digits, or a SIP URI."""
    parts = [part.said for site in sites for part in (site, *site.parts)]
    return any(
        said.get("type") == "phone" or (said.get("type") == "sip" and str(said.get("address")).startswith("sip:"))
        for said in parts
    )


def _says_by_itself(site: Site, field: str) -> bool:
    """Whether a field only says what its dialect does unsaid."""
    if site.form is None or field not in site.said:
        return False
    unsaid = {**site.form.implied, **site.form.says}.get(field)
    return unsaid is not UNKNOWN and meaning.same(site.said[field], unsaid)


def _has_usual(case: Case, site: Site) -> bool:
    """Whether a platform stands behind a step, that has a way to do it unsaid."""
    origin = case.reading.origin
    return origin is not None and (site.is_conference or site.form is not None)


def _does_so_anyway(target: str, leaf: str, case: Case) -> bool:
    """Whether what a leaf of the intent says is what the target does unsaid."""
    step, field = _holder(case, leaf), leaf.rpartition("/")[2]
    forms = registry.get(target).forms.get(step.get("kind", ""), ())
    return any(meaning.same(step[field], {**form.implied, **form.says}.get(field)) for form in forms)


def _holder(case: Case, leaf: str) -> dict[str, Any]:
    """The object of an intent that a leaf stands in; an empty one where it stands in a list."""
    found: Any = json.loads(case.text)
    for key in leaf.split("/")[1:-1]:
        found = found[int(key) if isinstance(found, list) else key]
    return found if isinstance(found, dict) else {}


def hub(case: Case, target: str) -> None:
    """Through the canonical intent is as good as directly."""
    direct = case.done(target)
    intent = case.done("intent").text
    via = translate(intent, target, "intent", syntax=direct.syntax)
    if target != case.dialect.name:
        assert via.text == direct.text, f"through the intent:\n{via.text}directly:\n{direct.text}"
        one, other = (Counter(loss.code for loss in each.losses) for each in (via, direct))
        assert one == other, f"through the intent {one - other}, directly {other - one}"
    elif via.text != direct.text and not case.dialect.canonical:
        meant, wanted = (meaning.meant(read_text(each.text, case.dialect, direct.syntax)) for each in (via, direct))
        assert meant == wanted, f"through the intent:\n{via.text}"


def totality(case: Case, target: str) -> None:
    """Any bytes give a result or a TranslatorError."""
    chance = random.Random(f"{case.pick} {target} {len(case.text)}")  # noqa: S311 - the same every time
    for damaged in (case.text.encode(), _damaged(case.text.encode(), chance), _damaged(case.text.encode(), chance)):
        try:
            result = translate(damaged, target, case.dialect.name)
        except TranslatorError:
            continue
        assert result.text.endswith("\n")
        for loss in result.losses:
            assert json.dumps(loss.as_dict())
            assert loss.message, loss.code
            assert loss.remedy, loss.code
            assert loss.line >= 1, loss.code
            assert loss.column >= 1, loss.code


def _damaged(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    at = chance.randrange(len(spoilt))
    spoilt[at : at + chance.randint(0, 3)] = chance.choice(_DAMAGE)
    return bytes(spoilt)


_DAMAGE = (b"", b"<", b'"', b"{", b"}", b",", b"\xff", b"\x00", b"null", b"[", b"&", b"\xed\xa0\x80", b"\r", b":")


def determinism(case: Case, target: str) -> None:
    """The same bytes, the same output and report, whatever was translated between; and in the order of places."""
    one, other = case.done(target), translate(case.text, target, case.dialect.name)
    assert one.text == other.text
    assert [loss.as_dict() for loss in one.losses] == [loss.as_dict() for loss in other.losses]
    places = [(loss.line, loss.column, loss.code) for loss in one.losses]
    assert places == sorted(places), f"not in order: {places}"


def filled_in(case: Case, target: str) -> None:
    """A document with other plain values is filled in just as the engine translates it, to the last word.

    Of random documents, to two targets each.
    """
    names = list(registry.names())
    if case.pick is not None and (case.pick + names.index(target)) % len(names) > 1:
        return
    dialect, name = case.dialect, case.done(case.dialect.name).syntax
    engine = Engine(dialect, registry.get(target))
    document = syntax.parse(case.text, name)
    found = stencil.stencil(document, dialect)
    known = filled.remembered(document, found, engine)[1] if found is not None else None
    if found is None or known is None:
        return
    chance = random.Random(f"{case.pick} {target} {len(case.text)}")  # noqa: S311 - the same every time
    values = [stencil.another(value, number, chance) for number, value in enumerate(found.values)]
    other = syntax.parse(stencil.put(syntax.write(found.tree(), name), values), name)
    again = stencil.stencil(other, dialect)
    assert again is not None
    assert again.key == found.key, f"another stencil: {again.key} {found.key}"
    one, wanted = known.filled(other, again.values, engine), engine.translate(other)
    assert one.text == wanted.text, f"filled in:\n{one.text}translated:\n{wanted.text}"
    for loss, asked in zip_longest([each.as_dict() for each in one.losses], [each.as_dict() for each in wanted.losses]):
        assert loss == asked, f"filled in: {loss}; translated: {asked}"


def policy_independence(case: Case, target: str) -> None:
    """`--fail-on` and `--accept` change the exit status, never the losses or the output."""
    names = list(registry.names())
    if case.pick is None or names[case.pick % len(names)] != target or case.pick % 5:
        return  # one target for a part of the documents: a command line is slow
    from click.testing import CliRunner

    from translator.cli import group

    losses = case.done(target).losses
    command = ["convert", "-", "--from", case.dialect.name, "--to", target, "--report-format", "json"]
    codes = sorted({loss.code for loss in losses})
    some = codes[case.pick % len(codes) :] if codes else []
    seen = set()
    for fail_on, accept in (("never", []), ("error", some[:1]), ("warning", some), ("notice", ["*"]), ("notice", [])):
        options = [word for glob in accept for word in ("--accept", glob.replace("[", "[[]"))]
        run = CliRunner().invoke(group, [*command, "--fail-on", fail_on, *options], input=case.text.encode())
        report = json.loads(run.stderr)["results"][0]["losses"]
        waived = [bool(loss.pop("waived", None)) for loss in report]
        seen.add((run.stdout, json.dumps(report)))
        counted = [loss for loss in losses if "*" not in accept and loss.code not in accept]
        assert waived == [loss not in counted for loss in losses]
        bad = fail_on != "never" and any(at_least(loss.severity, fail_on) for loss in counted)
        assert run.exit_code == int(bad), f"--fail-on {fail_on} --accept {accept}: {run.exit_code}"
    assert len(seen) == 1, "a policy changes the output or the report"
    assert [loss["code"] for loss in json.loads(seen.pop()[1])] == [loss.code for loss in losses]


def target_says_what_was_read_back(case: Case, target: str) -> None:
    """The whole target document, parsed anew, says what its attributes were read back as."""
    if target == case.dialect.name or registry.get(target).canonical:
        return
    result = case.done(target)
    dialect = registry.get(target)
    there = read_text(result.text, dialect, result.syntax)
    told = named_by(result) | named_steps(result)
    continued = not told.isdisjoint({"after_url", "redirect"})  # a redirect behind it reads as its after URL
    same = result.reading.origin is dialect
    rooms = [site for site in deep(there.sites) if site.is_conference]
    assert len(rooms) == len(result.trace.given), f"{len(result.trace.given)} conferences are {len(rooms)}"
    for room, given in zip(rooms, result.trace.given, strict=True):
        said, wanted = (
            meaning.filled(room.said if same else dialect.conference.outcome(room.said)),
            meaning.filled(given),
        )
        assert said == wanted or continued, f"asked to say {wanted}, it says {said}:\n{result.text}"
    written: dict[str, list[tuple[Verb, Any]]] = {}
    for form, given in result.trace.steps:
        written.setdefault(form.kind, []).append((form, given))
    for kind, pairs in written.items():
        sites = [site for site in meaning.every(there.sites) if site.kind == kind]
        if len(sites) != len(pairs) or continued or ("gather" in written and kind in STEPS["gather"].nested):
            continue  # a prompt of several steps may be one list
        for site, (form, given) in zip(sites, pairs, strict=True):
            if form.one_at_a_time and given.get("urls", ())[1:]:
                continue  # one verb for each
            if form.answered is not None or form.unanswered is not None:
                continue  # what it does where it stands is not what it says
            verb = site.form or form
            both = (site.said if same else verb.outcome(site.said)), given
            said, wanted = ({**meaning.filled(verb.implied), **meaning.filled(each)} for each in both)
            if same:  # what cannot be said even there is told
                gone = {name for name in {*said, *wanted} if verb.facts.prefix + name in told}
                said, wanted = ({k: v for k, v in each.items() if k not in gone} for each in (said, wanted))
            if "result_url" in said.keys() - wanted.keys():  # of a branch behind it, where nothing else is left
                del said["result_url"]
            if kind == "dial" and len(site.parts) < 2:  # of one target
                said["order"] = wanted["order"] = None
            assert said == wanted, f"{kind} was to say {wanted}, it says {said}:\n{result.text}"


# -- the laws, for a dialect ------------------------------------------------------------------------------------


def table_is_whole(dialect: Dialect) -> None:
    """Every field is implied, every name is real, every attribute can be shown."""
    assert dialect.sources, "no source is named"
    assert dialect.about, "the file has no docstring"
    assert "name" in dialect.conference.by_field, "no row carries the name"
    for verb in dialect.verbs.values():
        fields = set(verb.facts.fields)
        assert set(verb.implied) == fields, f"{verb.wire}: implied: {set(verb.implied) ^ fields}"
        assert set(verb.notes) <= {*fields, verb.facts.part}, f"{verb.wire}: notes: {set(verb.notes) - fields}"
        assert set(verb.says) <= fields, f"{verb.wire}: says: {set(verb.says) - fields}"
        keys = [row.key for row in verb.attributes]
        assert len(keys) == len(set(keys)), f"{verb.wire}: an attribute stands twice in the table"
        for row in verb.attributes:
            assert row.codec.samples, f"{row.title}: the codec has no samples"
            assert row.severity in ("error", "warning", "notice"), row.title
    for wire, neighbour in dialect.neighbours.items():
        assert neighbour.severity in ("error", "warning", "notice"), wire


def codecs_write_what_they_read(dialect: Dialect) -> None:
    """Every sample is legal, and comes back."""
    for verb in dialect.verbs.values():
        for row in verb.attributes:
            for wire in row.codec.samples:
                value = row.codec.read(wire)
                if type(value) is not Template:
                    written = row.codec.write(value)
                    if written is OMIT and verb.by_field[row.names[0]] is not row:
                        continue  # another row of this field writes it
                    assert written is not OMIT, f"{verb.wire} {row.title}: {wire!r} is {value!r}, which is not written"
                    again = row.codec.read(written)
                    assert again == value, f"{row.title}: {wire!r} is {value!r}, and then {again!r}"


def codecs_read_anything(dialect: Dialect) -> None:
    """Whatever stands on the wire, in a value or deep inside of it, is read or illegal: no other error is raised."""
    values = [value for value in _ODD if isinstance(value, str) or dialect.syntaxes != ("xml",)]
    for verb in dialect.verbs.values():
        for row in verb.attributes:
            for wire in (odd for sample in row.codec.samples for odd in _odd(sample, values)):
                try:
                    row.codec.write(row.codec.read(wire))
                except Illegal:
                    continue
                except Exception as error:
                    raise AssertionError(f"{verb.wire} {row.title}: {wire!r} raises {error!r}") from error


_ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    " ",
    "x",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"x": []},
    {"url": {}},
)


def _odd(value: Any, values: list[Any]) -> Iterator[Any]:
    """Other values in the place of a value, and in the place of all that is in it."""
    yield from values
    if isinstance(value, dict | list):
        for key, inner in list(value.items()) if isinstance(value, dict) else enumerate(value):
            for odd in _odd(inner, values):
                changed = deepcopy(value)
                changed[key] = odd
                yield changed


def no_sample_is_silent(dialect: Dialect) -> None:
    """Whatever else an attribute can say is seen in the output or the report."""
    for target in _others(dialect):
        for verb in verbs(dialect):
            seen: dict[str, list[tuple[Any, Result]]] = {}
            for row, value, whole, without, _ in specimens(dialect, verb):
                result = translate(whole, target, dialect.name)
                core = [name for name in row.names if name in verb.facts.core]
                if not core and not is_default(verb, row, value):
                    other = translate(without, target, dialect.name)
                    assert differs(result, other), f"{verb.wire} {row.title}={value!r} to {target}"
                if row.codec.vocabulary not in ("text", "raw"):
                    seen.setdefault(row.key, []).append((value, result))
            for key, results in seen.items():
                for index, (value, one) in enumerate(results):
                    for other_value, other in results[index + 1 :]:
                        assert differs(one, other), f"{verb.wire} {key}: {value!r} and {other_value!r} to {target}"


def samples_come_back_as_they_were(dialect: Dialect) -> None:
    """To its own dialect, what the envelope itself writes does not change by a byte."""
    for row, value, whole, _, verb in everything(dialect):
        first = translate(whole, dialect.name, dialect.name)
        if not (dialect.conference.terse and is_default(verb, row, value)):
            assert first.text == whole, f"{verb.wire} {row.title}={value!r} does not come back as it was"


def everything(dialect: Dialect) -> Iterator[Specimen]:
    """Every attribute of every verb with every value."""
    for verb in verbs(dialect):
        yield from specimens(dialect, verb)


def _others(dialect: Dialect) -> Iterator[str]:
    """Every dialect with a platform behind it, but this one."""
    for name, other in registry.dialects().items():
        if name != dialect.name and not other.canonical:
            yield name


@lru_cache(maxsize=1)
def _cases(dialect: Dialect) -> list[Case]:
    """The specimens of the dialect that is being checked: one law after the other looks at the same translations."""
    return [Case(dialect, each.document, index) for index, each in enumerate(everything(dialect))]


def _over_specimens(law: Callable[[Case, str], None]) -> Callable[[Dialect], None]:
    """A law over every specimen of a dialect, to and from every dialect."""

    def check(dialect: Dialect) -> None:
        for case in _cases(dialect):
            for target in registry.names():
                _check(law, case, target)

    check.__name__, check.__doc__ = law.__name__, law.__doc__
    return check


CASE_LAWS: Final[tuple[Callable[[Case, str], None], ...]] = (
    conservation,
    identity,
    prediction,
    no_silent_attribute,
    hub,
    totality,
    determinism,
    filled_in,
    policy_independence,
    target_says_what_was_read_back,
)
"""The eight laws of the design in its order, and two more; over any document."""

LAWS: Final[tuple[Callable[[Dialect], None], ...]] = (
    *(_over_specimens(law) for law in CASE_LAWS),
    table_is_whole,
    codecs_write_what_they_read,
    codecs_read_anything,
    samples_come_back_as_they_were,
    no_sample_is_silent,
)
"""All laws, over the documents of the tables."""

__all__ = [
    "CASE_LAWS",
    "LAWS",
    "Case",
    "check_dialect",
    "check_random",
    "differs",
    "document",
    "is_default",
    "named_by",
    "said",
]
