"""On the way out: nothing in a document is taken for more than text, reports are safe to print, files stay where they belong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from helpers import cxml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from translator import TranslatorError, dialects, translate
from translator.cli import group
from translator.report import safe
from translator.report.safe import escaped_json, mask, mask_line, masked, printable

QUIET = cxml('beep="false"')

# -- any text, in any dialect ---------------------------------------------------------------------------------------

NASTY = [
    *(
        "x: y # z",
        "- a",
        "? a",
        "!!python/object/apply:os.system [x]",
        "&a",
        "*a",
        "| a",
        "> a",
        "%x",
        "@a",
        "`a`",
        "~",
        "",
    ),
    *(
        "yes",
        "no",
        "on",
        "off",
        "null",
        "true",
        "0123",
        "0x10",
        "1_000",
        "12:30",
        "1e3",
        ".inf",
        "=",
        "<<",
        "2026-01-01",
    ),
    *(
        "+15551234567",
        "a\nb",
        "a\n\nb",
        "a\tb",
        " a ",
        "a:",
        ":a",
        "# a",
        "a #b",
        "'",
        '"',
        "\\",
        "\\n",
        "a\\",
        "{a}",
        "[a]",
    ),
    *(
        "<b>x</b>",
        "</Conference><Hangup/>",
        '" muted="true',
        "]]>",
        "<![CDATA[x]]>",
        "<!-- x -->",
        "-->",
        "<?php x ?>",
        "<?x",
        "?>",
    ),
    *(
        "&lt;",
        "&amp;amp;",
        "&#0;",
        "a & b",
        "{{x}}",
        "${x}",
        "%{x}",
        "a\u202eb",
        "a\u200bb",
        "\ufeffa",
        "\x7f",
        "\x85",
        "\u2028",
    ),
    *(
        "a\x00b",
        "a\x1b[31mb",
        "\ufffe",
        "\U0001f600",
        "e\u0301",
        "---",
        "...",
        "--- a",
        "\r",
        "a\rb",
        "\r\n",
        "\u3000a",
    ),
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from([*NASTY, "a", " "]), min_size=2, max_size=4).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=40),
)
TARGETS = [(name, syntax) for name, dialect in dialects().items() for syntax in dialect.syntaxes]


def strings(text: str, syntax: str) -> Iterator[str]:
    """Every text in a written document, as a parser that is not ours reads it."""
    if syntax == "xml":
        root = etree.fromstring(text.encode())
        for node in root.iter():
            if isinstance(node.tag, str):
                yield from node.attrib.values()
                yield "".join(_texts(node))
        return
    waiting: list[Any] = [json.loads(text) if syntax == "json" else yaml.safe_load(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            yield value
        else:
            yield str(value)


def _texts(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag is etree.ProcessingInstruction:
            yield f"<?{child.target} {child.text}?>" if child.text else f"<?{child.target}?>"
        yield child.tail or ""


def shape(text: str, syntax: str) -> list[str]:
    """The elements, or the keys, of a document: what texts in it must not change."""
    if syntax == "xml":
        return [
            f"{node.tag} {sorted(node.attrib)}"
            for node in etree.fromstring(text.encode()).iter()
            if isinstance(node.tag, str)
        ]
    found, waiting = [], [json.loads(text) if syntax == "json" else yaml.safe_load(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            keys = sorted(key for key in value if key not in ("remarks", "raw"))  # of the intent: what it was read from
            found += keys
            waiting += [value[key] for key in keys]
        elif isinstance(value, list):
            waiting += value
    return found


def arrives(source: str, from_: str, marked: str, text: str, fields: tuple[str, ...]) -> None:
    for target, syntax in TARGETS:
        if target == "relay" and "name" not in fields:
            continue
        try:
            result = translate(source, target, from_, syntax=syntax)
        except TranslatorError:
            continue
        told = any(loss.code.rpartition("/")[0] in fields for loss in result.losses)
        found = list(strings(result.text, syntax))
        if not told:
            assert any(each.removeprefix("say:").strip() == text.strip() for each in found), (
                target,
                syntax,
                text,
                result.text,
            )
            plain = translate(marked, target, from_, syntax=syntax)
            assert shape(result.text, syntax) == shape(plain.text, syntax), (target, syntax, text, result.text)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TEXTS.filter(str.strip))
@example("</Conference><Hangup/>")
@example("<?php x ?>")
def test_any_room_name_arrives_as_text_or_is_reported(text: str) -> None:
    def source(name: str) -> str:
        return json.dumps([{"verb": "conference", "name": name}])

    arrives(source(text), "jambonz", source("room"), text, ("name",))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TEXTS.filter(str.strip))
def test_any_spoken_text_arrives_as_text_or_is_reported(text: str) -> None:
    def source(words: str) -> str:
        return json.dumps([{"verb": "say", "text": words}, {"verb": "conference", "name": "room"}])

    arrives(source(text), "jambonz", source("hello"), text, ("say-text", "say-ssml", "say"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(TEXTS)
def test_any_url_arrives_as_text_or_is_reported(text: str) -> None:
    def source(url: str) -> str:
        return json.dumps([{"verb": "conference", "name": "room", "statusHook": url, "statusEvents": ["join"]}])

    url = f"https://a.example/{text}"
    arrives(source(url), "jambonz", source("https://a.example/x"), url, ("status-url",))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=30,
    ).filter(str.strip)
)
@example("<?php x ?>")
@example("x: y # z")
def test_any_name_in_xml_arrives_as_text_or_is_reported(text: str) -> None:
    def source(name: str) -> str:
        root = etree.Element("Response")
        conference = etree.SubElement(etree.SubElement(root, "Dial"), "Conference")
        conference.text = name
        conference.set("statusCallback", f"https://a.example/{name}")
        conference.set("statusCallbackEvent", "join")
        return etree.tostring(root, encoding="unicode")

    arrives(source(text), "twiml", source("room"), text, ("name",))


# -- nothing but text ------------------------------------------------------------------------------------------------

ASKING = """
import json, socket, sys
from translator import TranslatorError, dialects, translate
from translator.report import FORMATS, Outcome, excerpts, renderer

server = socket.create_server(("127.0.0.1", 0))
server.setblocking(False)
url = f"http://127.0.0.1:{server.getsockname()[1]}/{{{{7*7}}}}${{7*7}}"
here = f"file://{sys.argv[1]}"
xml = f'''<?xml version="1.0"?><?xml-stylesheet href="{url}"?><?php system("touch {sys.argv[1]}") ?>
<Response xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
 i:noNamespaceSchemaLocation="{url}"><xi:include href="{url}"/><xi:include parse="text" href="{here}"/>
<Say>{url}</Say><Play>{url}</Play><Redirect>{here}</Redirect>
<Dial action="{url}"><Conference waitUrl="{url}" statusCallback="{url}" zzz="{here}">r</Conference></Dial></Response>'''
verbs = [{"verb": "config", "$ref": url}, {"verb": "conference", "name": url, "waitHook": here, "statusHook": url}]
swml = f"version: 1.0.0\\nsections:\\n  main:\\n  - include: {here}\\n  - join_conference:\\n      name: '{url}'\\n"


def everything():
    found = []
    for text, from_ in ((xml, "cxml"), (xml, None), (json.dumps(verbs), "jambonz"), (swml, "swml")):
        for to in dialects():
            try:
                result = translate(text, to, from_)
            except TranslatorError:
                continue
            outcome = Outcome("-", from_, to, losses=result.losses, lines=excerpts(text, result.losses))
            found.append(result.text + "".join("".join(renderer(form)([outcome], verbose=True)) for form in FORMATS))
    return found


seen = []
sys.addaudithook(lambda event, _: seen.append(event))
everything()  # imports what it needs
asked = [event for event in seen if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "urllib."))]
seen.clear()
texts = everything()
asked += [event for event in seen if event.startswith(("socket.", "subprocess.", "os.", "open", "exec", "compile"))]
try:
    server.accept()
    asked.append("a connection")
except BlockingIOError:
    pass
kept = sum("{{7*7}}${7*7}" in text for text in texts)
print(json.dumps([sorted(set(asked)), any("hunter2" in text for text in texts), len(texts) > 20, kept > 20]))
"""


def test_nothing_of_a_document_is_asked_for_or_run(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("hunter2")
    done = subprocess.run(
        [sys.executable, "-c", ASKING, tmp_path / "other"], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == [[], False, True, True]
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


# -- reports --------------------------------------------------------------------------------------------------------

SECRETS = [
    ("https://user:hunter2@h.example/x", "https://user:***@h.example/x"),
    ("https://user:hun:ter2@h.example/x", "https://user:***@h.example/x"),
    ("https://user:hun@ter2@h.example/x", "https://user:***@h.example/x"),
    ("https://:hunter2@h.example/x", "https://:***@h.example/x"),
    ("https://hunter2@h.example/x", "https://***@h.example/x"),
    ("wss://user:hunter2@h.example?a=b", "wss://user:***@h.example?a=b"),
    ("https://h.example/?token=hunter2&a=b", "https://h.example/?token=***&a=b"),
    ("https://h.example/?a=b&api_key=hunter2#x", "https://h.example/?a=b&api_key=***#x"),
    ("https://h.example/?X-Amz-Signature=hunter2", "https://h.example/?X-Amz-Signature=***"),
    ("https://h.example/?sig=hunter2;key=hunter2", "https://h.example/?sig=***;key=***"),
    ("https://h.example/#access_token=hunter2", "https://h.example/#access_token=***"),
    ('{"password": "hunter2", "a": 1}', '{"password": "***", "a": 1}'),
    ('{"password": "hun\\"ter2", "a": 1}', '{"password": "***", "a": 1}'),
    ('authToken="hunter2"', 'authToken="***"'),
    ("'client_secret': 'hunter2'", "'client_secret': '***'"),
    ('"token": 12345', '"token": ***'),
    ("https://h.example/?pass=hunter2&compass=n", "https://h.example/?pass=***&compass=n"),
    ("sip:alice:hunter2@h.example", "sip:alice:***@h.example"),
    ('"name": "auth_token", "value": "hunter2"', '"name": "auth_token", "value": "***"'),
    ('<Parameter value="hunter2" name="password"/>', '<Parameter value="***" name="password"/>'),
    ('name="room" value="x"', 'name="room" value="x"'),
    ("https://h.example/a@b?monkey=see&author=x", "https://h.example/a@b?monkey=see&author=x"),
    ("sip:alice@h.example", "sip:alice@h.example"),
]


@pytest.mark.parametrize(("text", "safe"), SECRETS)
def test_credentials_are_masked(text: str, safe: str) -> None:
    assert mask(text) == safe
    assert printable(text) == safe
    assert masked({"a": [text]}) == {"a": [safe]}


def test_what_a_key_names_as_secret_is_masked_whatever_it_is() -> None:
    assert masked({"password": "x", "auth_token": 5, "tokens": 5, "secret": None, "apiKey": ["x"]}) == {
        "password": "***",
        "auth_token": "***",
        "tokens": 5,
        "secret": None,
        "apiKey": ["x"],
    }


def test_the_value_of_what_a_name_tells_to_be_secret_is_masked() -> None:
    assert masked([{"name": "token", "value": "x"}, {"name": "room", "value": "x"}, {"value": "x"}]) == [
        {"name": "token", "value": "***"},
        {"name": "room", "value": "x"},
        {"value": "x"},
    ]


NAMES = ["password", "PASSWD", "pwd", "Secret", "Token", "to\u212aen", "apiKey", "api_key", "access-key", "ACCESSKEY"]


@pytest.mark.parametrize("name", [*NAMES, "authorization", "Credentials"])
def test_every_name_of_a_secret_is_found(name: str) -> None:
    assert mask(f'{name}="x"') == f'{name}="***"'
    assert mask(f'name="{name}" value="x"') == f'name="{name}" value="***"'
    assert mask(f"/?my-{name}=x") == f"/?my-{name}=***"
    assert mask_line(f"{name}: x") == f"{name}: ***"


@pytest.mark.parametrize("key", ["auth", "KEY", "pass", "sig", "\u017fig", "signature", "X-Amz-Signature"])
def test_every_key_of_a_secret_in_a_url_is_found(key: str) -> None:
    assert mask(f"/?{key}=x&y=z") == f"/?{key}=***&y=z"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of([st.from_regex(pattern) for pattern in (safe._QUERY, safe._SECRET, safe._PAIR, safe._BARE)]))
def test_a_name_is_looked_for_wherever_a_secret_can_stand(text: str) -> None:
    assert safe._may_name_a_secret(text)


@pytest.mark.parametrize("trick", ["\x7f", "\x85", "\u200b", "\U000e0041"])
def test_json_without_a_trick_stays_as_it_is_and_any_trick_is_escaped(trick: str) -> None:
    assert escaped_json('{"a": "plain"}') == '{"a": "plain"}'
    escaped = escaped_json(f'{{"a": "{trick}"}}')
    assert escaped.isascii()
    assert escaped.isprintable()
    assert json.loads(escaped) == {"a": trick}


def test_masking_takes_time_in_proportion() -> None:
    for text in (
        "://a:" * 50_000,
        "://" + "a:" * 50_000,
        "?token" * 50_000,
        "password" * 50_000,
        "?" + "a" * 200_000,
        '"' * 200_000,
        'value="x" ' * 20_000,
        'name="' * 20_000 + 'value="x" ' * 20_000,
        "@" + "sip:a" * 50_000,
        "@" + "sip:a:" * 50_000,
    ):
        mask(text)


TRICKS = [
    *(
        "\x1b[2J",
        "\x07",
        "\x08",
        "\x7f",
        "\x9b31m",
        "\x00",
        "\r",
        "\n",
        "\t",
        "\x0b",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200f",
        "\u2028",
    ),
    *(
        "\u2060",
        "\ufeff",
        "\xad",
        "\u034f",
        "\u3164",
        "\u115f",
        "\ufe0f",
        "\U000e0041",
        "\U000e0100",
        "\ue000",
        "\u061c",
        "\u180e",
    ),
]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: f"{ord(trick[0]):x}")
def test_what_a_terminal_would_obey_or_hide_is_escaped(trick: str) -> None:
    text = printable(f"a{trick}b")
    assert text.isprintable()
    assert trick[0] not in text
    assert "\\" in text
    written = escaped_json(json.dumps({"a": f"a{trick}b"}, ensure_ascii=False))
    assert json.loads(written) == {"a": f"a{trick}b"}
    if trick[0] not in "\u034f\u3164\u115f\ufe0f\ue000":
        assert trick[0] not in written


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(group, [str(a) for a in arguments], input=stdin)


@pytest.mark.parametrize("form", ["text", "json"])
def test_every_part_of_a_report_is_safe(form: str) -> None:
    trick = "a\u202e\x1b[31m\x9b\nb"
    url = "https://user:hunter2@h.example/?token=hunter3"
    documents = [
        [
            {
                "verb": "conference",
                "name": trick,
                trick: url,
                "memberTag": url,
                "statusHook": url,
                "enterHook": {"url": url},
            }
        ],
        [
            {"verb": trick, url: 1},
            {"verb": "conference", "name": "r", "listen": {"url": url, "auth": {"password": "hunter2"}}},
        ],
        [
            {"verb": "message", "text": url, "to": trick},
            {"verb": "conference", "name": "r", url: [url], "beep": {url: trick}},
        ],
    ]
    for document in documents:
        for target in ("swml", "twiml", "plivo"):
            result = run(
                "convert",
                "-",
                "--to",
                target,
                "--from",
                "jambonz",
                "-v",
                "--report-format",
                form,
                stdin=json.dumps(document),
            )
            report = result.stderr
            assert "hunter" not in report
            assert report.replace("\n", "").isprintable()
            if form == "json":
                assert json.loads(report)["results"][0]["losses"]
    broken = '[{"verb": "conference", "https://user:hunter2@h.example": 1, "https://user:hunter2@h.example": 2}]'
    report = run("convert", "-", "--to", "swml", "--from", "jambonz", "--report-format", form, stdin=broken).stderr
    assert "user:***@" in report
    assert "hunter" not in report


def test_a_difference_shows_no_password_and_no_command(tmp_path: Path) -> None:
    step = "    - set:\n        password: hunter2\n        note: |\n          ::error::x ##[error]\n"
    source = f"version: 1.0.0\nsections:\n  main:\n{step}    - join_conference:\n        name: r\n"
    (tmp_path / "room.swml.yaml").write_text(source)
    shown = run("convert", tmp_path / "room.swml.yaml", "--to", "swml", "-o", tmp_path / "o.yaml", "--diff").stdout
    assert "password: ***" in shown
    assert "hunter2" not in shown
    assert "::error::x" in shown
    assert not re.search(r"^[+ -]?\s*::|##\[", shown.replace("+", ""), re.MULTILINE)


def test_names_of_files_are_no_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("::error::x.cxml.xml").write_text(QUIET)
    for mode, says in (("--check", "missing"), ("--diff", "+++"), ("--dry-run", "->")):
        shown = run("convert", "::error::x.cxml.xml", "--to", "jambonz", "-o", "::warning::o.json", mode).stdout
        assert says in shown
        assert not re.search(r"^\s*::", shown, re.MULTILINE)
    Path("\x1b[2J").mkdir()
    result = run("convert", "\x1b[2J", "--to", "jambonz")
    assert result.exit_code == 2
    assert "\\x1b[2J is a directory" in result.stderr


# -- files ----------------------------------------------------------------------------------------------------------


def test_a_link_in_the_output_directory_is_not_followed(tmp_path: Path) -> None:
    tree, out, elsewhere = (tmp_path / name for name in ("tree", "out", "elsewhere"))
    for directory in (tree / "a", tree / "b", out, elsewhere):
        directory.mkdir(parents=True)
    for name in ("a/one", "b/two", "three"):
        (tree / f"{name}.cxml.xml").write_text(QUIET)
    (out / "a").symlink_to(elsewhere)
    (out / "three.jambonz.json").symlink_to(elsewhere / "three.json")
    result = run("convert", tree, "--to", "jambonz", "--out-dir", out)
    assert result.exit_code == 1
    assert result.stderr.count("A link stands in the way") == 2
    assert list(elsewhere.iterdir()) == []
    assert (out / "b" / "two.jambonz.json").is_file()


def test_the_output_directory_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    assert run("convert", "-", "--to", "jambonz", "--out-dir", tmp_path / "out", stdin=QUIET).exit_code == 0
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["stdin.jambonz.json"]


def test_special_files_are_neither_found_nor_overwritten(tmp_path: Path) -> None:
    tree, out = tmp_path / "tree", tmp_path / "out"
    tree.mkdir()
    out.mkdir()
    os.mkfifo(tree / "pipe.cxml.xml")  # would be waited for, for ever
    (tree / "room.cxml.xml").write_text(QUIET)
    os.mkfifo(out / "room.jambonz.json")
    result = run("convert", tree, "--to", "jambonz", "--out-dir", out)
    assert result.exit_code == 1
    assert "What stands there is no file" in result.stderr
    assert "pipe.cxml.xml" not in result.stderr
    assert (out / "room.jambonz.json").is_fifo()


def test_what_has_no_end_is_read_to_the_limit_only() -> None:
    result = run("convert", "/dev/zero", "--to", "jambonz", "--from", "cxml")
    assert result.exit_code == 1
    assert "too long" in result.stderr


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "room.cxml.xml"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        pool.submit(pipe.write_text, QUIET)
        assert run("convert", pipe, "--to", "jambonz").exit_code == 0


@pytest.mark.parametrize(
    "name", ["..cxml.xml", "...xml", "a b.cxml.xml", "-o.cxml.xml", "a\nb.cxml.xml", "x..xml", "\u202e.cxml.xml"]
)
def test_no_file_name_leads_out_of_the_output_directory(tmp_path: Path, name: str) -> None:
    deep = tmp_path / "in"
    deep.mkdir()
    (deep / name).write_text(QUIET)
    result = run("convert", deep / name, "--from", "cxml", "--to", "jambonz", "--out-dir", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert {path.parent for path in tmp_path.rglob("*.json")} == {tmp_path / "out"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
