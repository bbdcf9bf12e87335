"""What all pages have: one set of words, and nothing of anyone's that commands or turns anything."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from checker.pages import words as words_module
from checker.pages.page import rendered, seen
from checker.pages.words import words

TEMPLATES = files("checker.pages.templates")
SOURCES = "".join(one.read_text("utf-8") for one in TEMPLATES.iterdir() if one.name.endswith(".html"))
BUILDERS = "".join(one.read_text("utf-8") for one in files("checker.pages").iterdir() if one.name.endswith(".py"))


def test_every_word_is_there_in_both_languages_and_is_used() -> None:
    assert words("zh").keys() == words("en").keys()
    assert all(words("zh").values())
    assert all(words("en").values())
    code = SOURCES + BUILDERS
    made_up = ("outcome_", "by_")
    for key in words("zh"):
        used = rf"\bw\.{key}\b|\[\"{key}\"\]|'{key}'|counts = {{.*\"{key}\""
        assert key.startswith(made_up) or key in ("error", "warning", "info") or re.search(used, code), key


def test_templates_hold_no_words_of_their_own() -> None:
    assert re.findall(r"[\u4e00-\u9fff]+", re.sub(r"{#.*?#}", "", SOURCES)) == []


def test_words_of_both_languages_take_the_same_numbers() -> None:
    for key, zh in words("zh").items():
        assert sorted(re.findall(r"{\d?}", zh)) == sorted(re.findall(r"{\d?}", words("en")[key])), key


def test_control_characters_become_a_mark_that_is_seen() -> None:
    assert seen("甲\x1b\u202e\ud800乙\u3000\t\r\n丙") == "甲���乙\u3000\t\n丙"
    assert seen(Markup("<b>\u202e</b>")) == "<b>\u202e</b>"
    assert seen(3) == 3


def test_what_a_template_is_not_given_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError):
        rendered("tasks.html", "zh", title="甲")


def test_the_words_stand_in_one_place() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert chinese.search((files("checker.pages") / "words.py").read_text("utf-8"))
    assert not chinese.search((TEMPLATES / "page.js").read_text("utf-8"))
    assert words_module.joined(["甲", "乙"], "zh") == "甲、乙"
    assert words_module.joined(["a", "b"], "en") == "a, b"
