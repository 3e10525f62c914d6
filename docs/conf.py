"""The site: python -m sphinx -W -b html docs site.

The pages are read on a code host, too; what only a site needs is added here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from translator import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
ELSEWHERE = {"security": "SECURITY.md", "changes": "CHANGELOG.md"}
"""Pages whose text stands at the root of the repository."""

project = "conference-translator"
version = release = __version__
project_copyright = "conference-translator, MIT license"
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["examples"]
html_theme = "furo"
html_title = f"conference-translator {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
smartquotes = False  # what is shown is typed
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
highlight_language = "none"
pygments_style = "friendly"
pygments_dark_style = "github-dark"


def complete(app: Sphinx, name: str, text: list[str]) -> None:
    """Put the texts from elsewhere into their pages, and the navigation into pages that list others."""
    if name in ELSEWHERE:
        text[0] = (HERE.parent / ELSEWHERE[name]).read_text(encoding="utf-8").replace("](docs/", "](")
    if name == "index":
        for part in re.split(r"^## ", text[0], flags=re.MULTILINE)[1:]:
            text[0] += tree(part, f":caption: {part.partition(chr(10))[0]}\n")
    if name == "matrix":
        text[0] += tree(text[0])


def tree(part: str, option: str = "") -> str:
    """The pages that are listed, as entries of the navigation."""
    listed = re.findall(r"^- \[(.*?)\]\((.*?)\.md\)", part, re.MULTILINE)
    entries = "\n".join(f"{title} <{page}>" for title, page in listed)
    return f"\n```{{toctree}}\n:hidden:\n{option}\n{entries}\n```\n"


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", complete)
    return {"parallel_read_safe": True}
