"""Damaged documents: the likely cause in plain words, with line and column."""

from __future__ import annotations

import pytest

from translator import UnreadableDocument, translate

X = "<Response>\n  <Dial>\n    <Conference>r</Conference>\n  </Dial>\n</Response>\n"
J = '[\n  {\n    "verb": "conference",\n    "name": "r"\n  }\n]\n'
Y = "version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: r\n"


def x(part: str, damaged: str) -> str:
    assert part in X
    return X.replace(part, damaged, 1)


def j(part: str, damaged: str) -> str:
    assert part in J
    return J.replace(part, damaged, 1)


def y(part: str, damaged: str) -> str:
    assert part in Y
    return Y.replace(part, damaged, 1)


DAMAGED = [
    # (document, dialect, line, column, cause)
    (x('<Dial>', '<Dial action="https://a.example/?a=b&c=d">'), 'cxml', 2, 41, 'a raw & in a URL or text; write &amp;'),
    (x('>r<', '>a & b<'), 'cxml', 3, 20, 'a raw & in a URL or text; write &amp;'),
    (x('>r<', '>a&<'), 'cxml', 3, 19, 'a raw & in a URL or text; write &amp;'),
    (x('>r<', '>a&nbsp;b<'), 'cxml', 3, 24, 'an entity that XML does not define; write the character itself'),
    (x('<Conference>', '<Conference muted=true>'), 'cxml', 3, 23, 'an attribute value without quotes'),
    (x('<Conference>', "<Conference beep='x' muted=true>"), 'cxml', 3, 32, 'an attribute value without quotes'),
    (x('<Conference>', '<Conference muted>'), 'cxml', 3, 22, 'an attribute without a value'),
    (x('<Conference>', "<Conference muted 'true'>"), 'cxml', 3, 23, 'an attribute without a value'),
    (x('<Conference>', '<Conference beep="true muted=\'x\'>'), 'cxml', 3, 39, 'a quote is missing, or a template tag stands in an attribute'),
    (x('<Conference>', '<Conference beep=true">'), 'cxml', 3, 22, 'an attribute value without quotes'),
    (x('<Conference>', '<Conference beep="a"b">'), 'cxml', 3, 25, 'a quote inside an attribute value, or a template between attributes'),
    (x('<Conference>', '<Conference beep=“true”>'), 'cxml', 3, 22, 'typographic quotes, as a word processor makes them'),
    (x('<Conference>', "<Conference beep='a' beep='b'>"), 'cxml', 3, 34, 'an attribute stands twice'),
    (x('</Conference>', ''), 'cxml', 4, 10, 'an element is not closed, or tags cross'),
    (x('  </Dial>\n', ''), 'cxml', 4, 12, 'an element is not closed, or tags cross'),
    (x('</Conference>\n  </Dial>', '</Dial>\n  </Conference>'), 'cxml', 3, 25, 'an element is not closed, or tags cross'),
    (x('</Conference>', '</conference>'), 'cxml', 3, 31, 'an element is not closed, or tags cross'),
    (x('</Conference>', '</Conference'), 'cxml', 4, 3, 'a closing tag is not closed'),
    (x('<Conference>', "<Conference muted='true'"), 'cxml', 3, 29, 'a quote inside an attribute value, or a template between attributes'),
    (x('>r<', '>a < b<'), 'cxml', 3, 20, 'a raw < in a text; write &lt;'),
    (X + X, 'cxml', 6, 1, 'two root elements, or text after the end'),
    (X + 'x', 'cxml', 6, 1, 'two root elements, or text after the end'),
    ('x' + X, 'cxml', 1, 1, 'the file does not begin with an XML element'),
    ("\n<?xml version='1.0'?>\n" + X, 'cxml', 2, 6, 'white space or text before <?xml'),
    ("<?xml version='1.0'?><?xml version='1.0'?>\n" + X, 'cxml', 1, 27, 'white space or text before <?xml'),
    (b'\xef\xbb\xbf\xef\xbb\xbf' + X.encode(), 'cxml', 1, 1, 'the file does not begin with an XML element'),
    (X[:30], 'cxml', 3, 11, 'the document is cut off, or something is not closed'),
    (X[:28], 'cxml', 3, 9, 'the document is cut off, or something is not closed'),
    ('<Response><Dial action="https://a.exa', 'cxml', 1, 38, 'the document is cut off, or something is not closed'),
    (X[:-3], 'cxml', 5, 10, 'the document is cut off, or something is not closed'),
    (x('<Conference>', "<Conference muted='<%= m %>'>"), 'cxml', 3, 24, 'a template tag; fill the template first'),
    (x('<Conference>', '<Conference <?= m ?>>'), 'cxml', 3, 17, 'a template tag; fill the template first'),
    (x('<Conference>', '<Conference {{ m }}>'), 'cxml', 3, 17, 'a template tag; fill the template first'),
    (x('<Conference>', "<Conference {% if m %}muted='true'{% endif %}>"), 'cxml', 3, 17, 'a template tag; fill the template first'),
    (x('>r<', '><%= r %><'), 'cxml', 3, 18, 'a template tag; fill the template first'),
    (x('>r<', '><?= r ?><'), 'cxml', 3, 19, 'a template tag; fill the template first'),
    ('<% x %>\n' + X, 'cxml', 1, 2, 'a template tag; fill the template first'),
    (x('>r<', '><!-- a -- b -->r<'), 'cxml', 3, 24, 'two hyphens inside a comment'),
    (x('>r<', '><!-- r<'), 'cxml', 6, 1, 'the document is cut off, or something is not closed'),
    (x('>r<', '><![CDATA[ r<'), 'cxml', 6, 1, 'the document is cut off, or something is not closed'),
    (x('>r<', '>a\x01b<'), 'cxml', 3, 18, 'a control character'),
    (x('>r<', '>&#1;<'), 'cxml', 3, 21, 'a control character, written as a number'),
    (x('<Conference>', '<x:Conference>'), 'cxml', 3, 18, 'a prefix that no xmlns declares'),
    (J, 'cxml', 1, 1, 'the file does not begin with an XML element'),
    ('<!doctype html><html></html>', 'cxml', 1, 2, 'this is HTML, not XML'),
    (x('>r<', '>café<').encode('latin-1'), 'cxml', 3, 20, 'the file was saved in another encoding than it declares'),
    (j('"r"\n', '"r",\n'), 'jambonz', 5, 3, 'a trailing comma before the closing bracket'),
    (j('  }\n]', '  },\n]'), 'jambonz', 6, 1, 'a trailing comma before the closing bracket'),
    (j('"verb"', "'verb'"), 'jambonz', 3, 5, 'single quotes; JSON knows double quotes only'),
    (j('"conference"', "'conference'"), 'jambonz', 3, 13, 'single quotes; JSON knows double quotes only'),
    (j('"verb"', '“verb”'), 'jambonz', 3, 5, 'typographic quotes, as a word processor makes them'),
    (j('"conference"', '“conference”'), 'jambonz', 3, 13, 'typographic quotes, as a word processor makes them'),
    (j('"conference",', '"conference"'), 'jambonz', 4, 5, 'a missing comma, or a quote inside a text that is not escaped'),
    (j('  }\n]', '  }\n  {}\n]'), 'jambonz', 6, 3, 'a missing comma, or a quote inside a text that is not escaped'),
    (j('"verb":', '"verb"'), 'jambonz', 3, 12, 'a missing colon behind a key'),
    (j('"verb":', '"verb" ='), 'jambonz', 3, 12, 'a missing colon behind a key'),
    (j('"conference",', '"conference", // the room'), 'jambonz', 3, 27, 'a comment; JSON has none'),
    (j('  {\n', '  /* x */ {\n'), 'jambonz', 2, 3, 'a comment; JSON has none'),
    (j('"conference",', '"conference", # the room'), 'jambonz', 3, 27, 'a comment; JSON has none'),
    ('// x\n' + J, 'jambonz', 1, 1, 'a comment; JSON has none'),
    (j('"verb"', 'verb'), 'jambonz', 3, 5, 'a key without double quotes'),
    (j('"conference"', 'conference'), 'jambonz', 3, 13, "a text without double quotes; JSON's own words are true, false and null"),
    (j('"r"', 'True'), 'jambonz', 4, 13, "a text without double quotes; JSON's own words are true, false and null"),
    (j('"r"', 'None'), 'jambonz', 4, 13, "a text without double quotes; JSON's own words are true, false and null"),
    (j('"r"', 'undefined'), 'jambonz', 4, 13, "a text without double quotes; JSON's own words are true, false and null"),
    (J[:20], 'jambonz', 3, 13, 'a closing quote is missing, or the document is cut off'),
    (J[:-4], 'jambonz', 5, 3, 'the document is cut off: a closing bracket is missing'),
    ('[{"verb"', 'jambonz', 1, 9, 'the document is cut off: a closing bracket is missing'),
    ('[{"verb":', 'jambonz', 1, 10, 'the document is cut off: a closing bracket is missing'),
    ('[{"verb": "a",', 'jambonz', 1, 15, 'the document is cut off: a closing bracket is missing'),
    ('[{"verb": tru', 'jambonz', 1, 11, 'the document is cut off: a closing bracket is missing'),
    (J + ']', 'jambonz', 7, 1, 'two documents in one file, or a bracket closed too early'),
    (J + J, 'jambonz', 7, 1, 'two documents in one file, or a bracket closed too early'),
    (j('"r"', '"a\nb"'), 'jambonz', 4, 15, 'a line break or tab inside a text; write \\n or \\t'),
    (j('"r"', '"a\tb"'), 'jambonz', 4, 15, 'a line break or tab inside a text; write \\n or \\t'),
    (j('"r"', '"a\\xb"'), 'jambonz', 4, 15, 'a backslash inside a text; write \\\\'),
    (j('"r"', '"a"b"'), 'jambonz', 4, 16, 'a missing comma, or a quote inside a text that is not escaped'),
    (j('"r"', '{{ r }}'), 'jambonz', 4, 14, 'a template tag; fill the template first'),
    (j('"r"', '<%= r %>'), 'jambonz', 4, 13, 'a template tag; fill the template first'),
    (j('"r"', '${r}'), 'jambonz', 4, 13, 'a template tag; fill the template first'),
    (j('  {\n', '  {% if x %}\n  {\n'), 'jambonz', 2, 4, 'a template tag; fill the template first'),
    (j('"r"', '01'), 'jambonz', 4, 14, 'a number that JSON does not have: a leading zero, a base'),
    (j('"r"', '.5'), 'jambonz', 4, 13, 'a number that JSON does not have: a plus, a bare point'),
    (j('"r"', '+1'), 'jambonz', 4, 13, 'a number that JSON does not have: a plus, a bare point'),
    (j('"r"', '0x10'), 'jambonz', 4, 14, 'a number that JSON does not have: a leading zero, a base'),
    (j('  }\n]', '  ]\n]'), 'jambonz', 5, 3, 'a closing bracket of the other kind, or one that is missing'),
    (X, 'jambonz', 1, 1, 'this is XML or HTML, not JSON'),
    ("[{'verb': 'conference', 'name': 'r'}]", 'jambonz', 1, 3, 'single quotes; JSON knows double quotes only'),
    (y('    - join', '\t- join'), 'swml', 4, 1, 'a tab in the indentation; YAML takes blanks only'),
    (y('        name', '\t\tname'), 'swml', 5, 1, 'a tab in the indentation; YAML takes blanks only'),
    (y('name: r', 'name: a: b'), 'swml', 5, 16, 'a colon inside a text without quotes, or wrong indentation'),
    (y('        name: r', '        name: r\n       beep: x'), 'swml', 6, 8, 'wrong indentation, or something behind a closing quote or bracket'),
    (y('name: r', "name: 'r"), 'swml', 6, 1, 'a closing quote is missing, or the document is cut off'),
    (y('name: r', 'name: "r'), 'swml', 6, 1, 'a closing quote is missing, or the document is cut off'),
    (y('name: r', "name: 'r' x"), 'swml', 5, 19, 'wrong indentation, or something behind a closing quote or bracket'),
    (y('name: r', 'name: %{r}'), 'swml', 5, 15, 'a value that begins with % must be quoted'),
    (y('name: r', 'name: @r'), 'swml', 5, 15, 'a value that begins with @ must be quoted'),
    (y('name: r', 'name: `r`'), 'swml', 5, 15, 'a value that begins with ` must be quoted'),
    (y('name: r', 'name: {{ r }}'), 'swml', 5, 16, 'a template in braces without quotes'),
    (y('  main:', '  {% if x %}\n  main:'), 'swml', 3, 4, 'a template tag; fill the template first'),
    (y('name: r', 'name: {a: b'), 'swml', 6, 1, 'a closing bracket is missing, or the document is cut off'),
    (y('name: r', 'name: [a'), 'swml', 6, 1, 'a closing bracket is missing, or the document is cut off'),
    (y('name: r', 'name:r\n        beep: x'), 'swml', 6, 13, 'a colon inside a text without quotes, or wrong indentation'),
    (y('name: r', 'name: r]\n        x: [a]]'), 'swml', 6, 15, 'wrong indentation, or something behind a closing quote or bracket'),
    (y('name: r', 'name: *'), 'swml', 5, 16, 'a value that begins with * or & must be quoted'),
    (y('name: r', 'name: "\\x"'), 'swml', 5, 18, 'a backslash inside double quotes; write \\\\, or use single quotes'),
    (Y + '---\n' + Y, 'swml', 6, 1, '--- in the file'),
]  # fmt: skip


@pytest.mark.parametrize(("source", "dialect", "line", "column", "cause"), DAMAGED, ids=range(len(DAMAGED)))
def test_damage_is_told_with_its_place_and_likely_cause(
    source: str | bytes, dialect: str, line: int, column: int, cause: str
) -> None:
    for document in (source, source.encode() if isinstance(source, str) else source):
        with pytest.raises(UnreadableDocument) as caught:
            translate(document, "plivo", dialect)
        error = caught.value
        assert (error.line, error.column, error.cause) == (line, column, cause)
        assert "\n" not in str(error)


def test_the_sound_ones_are_sound() -> None:
    for source, dialect in ((X, "cxml"), (J, "jambonz"), (Y, "swml")):
        translate(source, "plivo", dialect)
