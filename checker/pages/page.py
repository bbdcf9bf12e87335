"""A page from its template: one file with its style and its script in it, and nothing that a draft says runs."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any
from unicodedata import category

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checker.package_data import read_data
from checker.pages.words import words

_PACKAGE = "checker.pages"
_KEPT = "\n\t\u3000"


def rendered(template: str, language: str, **shown: object) -> str:
    """Return the page that a template makes of what is to be shown, in ``language`` (``zh`` or ``en``).

    What is shown may hold anything: words become text, and control characters a mark that can be seen.
    """
    style, script = _file("page.css"), _file("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _environment().get_template(template)
    return page.render(
        language=language,
        w=words(language),
        style=Markup(style),
        script=Markup(script),
        policy=policy,
        **shown,
    )


def seen(value: Any) -> Any:
    """Return words without characters that command or turn anything; what is no text, or is HTML already, as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__") or value.isprintable():
        return value
    return "".join(
        char if char in _KEPT or category(char) not in ("Cc", "Cf", "Cs") else "\ufffd"
        for char in value.replace("\r\n", "\n")
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(_PACKAGE, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=seen,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _file(name: str) -> str:
    """Return a file beside the templates; its line ends are those that browsers compute the hash with."""
    return read_data(f"{_PACKAGE}.templates", name).decode().replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
