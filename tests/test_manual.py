"""The manual: it is up to date, it has all rules with all examples, and no rule's words are more than text on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from checker.explaining import numbered_lines
from checker.host import host
from checker.manual import anchors, manual
from checker.model import Bilingual
from checker.rule_files import Example, Examples, LookFile
from checker.rule_reading import load
from checker.rulebook import Pack, Rule, Rulebook

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
BUNDLED = load(host().rule_places, host().checks)
RENEW = "renew it: plancheck rules --format markdown > docs/rules.md"
Run = Callable[..., Any]


def parsed(page: str) -> list[Token]:
    """Return what a parser that is not ours makes of a page; it takes HTML and tables."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)


def all_tokens(page: str) -> Iterator[Token]:
    for token in parsed(page):
        yield token
        yield from token.children or ()


def shape(page: str) -> list[tuple[str, int, str]]:
    """Return what a page is made of, without its words."""
    return [(token.type, token.level, token.tag) for token in all_tokens(page) if token.type not in ("inline", "text")]


def shown(token: Token) -> str:
    """Return what a person sees of a line."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())


def headings(page: str) -> list[str]:
    tokens = parsed(page)
    return [shown(inner) for opening, inner in pairwise(tokens) if opening.type == "heading_open"]


def links(page: str) -> list[str]:
    """Return where the links of a page lead; all of them to its own headings, without their ``#``."""
    found = [str(token.attrs["href"]) for token in all_tokens(page) if token.type == "link_open"]
    assert all(one.startswith("#") for one in found), found
    return [unquote(one[1:]) for one in found]


def fences(page: str) -> list[str]:
    return [token.content for token in parsed(page) if token.type in ("fence", "code_block")]


def whole(rulebook: Rulebook) -> str:
    return manual(rulebook.rules, rulebook.packs, rulebook, "plancheck rules --format markdown")


# ------------------------------------------------------------------------------ docs/rules.md


def test_the_manual_that_ships_is_the_one_that_the_command_prints(plancheck: Run) -> None:
    done = plancheck("rules", "--format", "markdown")
    assert (done.stderr, done.returncode) == ("", 0)
    assert PAGE.read_text(encoding="utf-8") == done.stdout, RENEW


def test_the_manual_has_every_rule_under_its_pack() -> None:
    wanted = ["规则手册", "目录"]
    for pack in BUNDLED.packs:
        wanted += [f"规则包 {pack.name}", *(rule.id for rule in pack.rules)]
    assert headings(whole(BUNDLED)) == wanted


def test_the_manual_has_every_example() -> None:
    wanted = []
    for rule in BUNDLED.rules:
        examples = rule.definition.examples
        wanted += ["\n".join(numbered_lines(one)) + "\n" for one in (*examples.good, *examples.bad)]
    assert fences(whole(BUNDLED)) == wanted


def test_the_manual_has_all_words_of_every_rule() -> None:
    text = "\n".join(shown(token) for token in parsed(whole(BUNDLED)) if token.type == "inline")
    for rule in BUNDLED.rules:
        found = rule.definition
        words = [found.title, found.title_en, found.message, found.message_en, found.basis, *(found.unless)]
        words += [one.why for one in (*found.examples.good, *found.examples.bad)]
        words += [line for help in (found.help, found.help_en) for line in (help or "").splitlines() if line]
        assert [one for one in words if one and one not in text] == []


def test_links_lead_to_headings_and_anchors_are_there_once() -> None:
    page = whole(BUNDLED)
    there = anchors(headings(page))
    assert len(set(there)) == len(there)
    assert set(links(page)) <= set(there)
    contents, _, _ = page.partition("\n## 规则包")
    assert links(contents) == there[2:]


def test_anchors_are_those_that_github_gives() -> None:
    given_headings = ["规则包 plan", "plan/lead-unit", "a/b.c", "a/bc", "A/BC", "abc-1", "x_y/z"]
    wanted = ["规则包-plan", "planlead-unit", "abc", "abc-1", "abc-2", "abc-1-1", "x_yz"]
    assert anchors(given_headings) == wanted


# ---------------------------------------------------------------------- words that mean no good

HARMLESS = "甲"
NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- 注释",
    "</details>",
    "<http://x.cn>",
    "[点这里](javascript:alert(1))",
    "![图](http://x.cn/x.png)",
    "[甲]: http://x.cn",
    "[甲][乙]",
    "`甲`",
    "``甲` ` ```",
    "```",
    "~~~",
    "*甲* **乙** ***",
    "_甲_ __乙__ 甲_乙_",
    "~~甲~~",
    "甲|乙\\|丙\\\\|",
    "| --- | --- |",
    ":-:",
    "# 甲",
    "#",
    "- 甲",
    "+ 甲",
    "* 甲",
    "1. 甲",
    "23) 甲",
    "> 甲",
    "===",
    "---",
    "- - -",
    "    甲",
    "\t甲",
    "&lt;b&gt; &amp; &#60; &copy",
    "甲\\",
    "\\*甲\\*",
    "$甲$",
    "{甲} {{ 甲 }} {% 甲 %}",
    "“甲。”",
]


def changed(words: str) -> str:
    """Return the page of a rule and its pack in which all words are ``words``, some of them between other lines."""
    block = f"乙\n{words}\n丙\n\n{words}"
    rule = next(rule for rule in BUNDLED.rules if rule.definition.check == "pattern" or rule.definition.where)
    look = rule.looks[0]
    examples = Examples((Example(block, words), Example(words)), (Example(block, words, (2,), {words: words}),))
    also = LookFile(look.node, look.check.name, words, words, {"title": words}, {})
    definition = msgspec.structs.replace(
        rule.definition,
        title=words,
        title_en=words,
        message=words,
        message_en=words,
        basis=words,
        help=block,
        help_en=block,
        unless=(words,),
        where={"title": words, "text": {"matches": words}, "name": [words, words]},
        options=dict.fromkeys(look.check.options.__struct_fields__, words),
        examples=examples,
        also=(also,),
        applies_when={"title": words},
    )
    said = Bilingual(words, words)
    looks = tuple(
        msgspec.structs.replace(look, where=given.where, message=said) for given in (definition, definition.also[0])
    )
    own = msgspec.structs.replace(rule, definition=definition, looks=looks)
    other = msgspec.structs.replace(definition, message="丁", options={}, severity="info")
    pack = BUNDLED.pack(rule.pack)
    about = msgspec.structs.replace(
        pack.definition,
        title=words,
        title_en=words,
        description=block,
        version=words,
        applies_when={"title": words},
        extends=(words,),
    )
    pack = msgspec.structs.replace(pack, definition=about, rules=(own,))
    changing = Pack("另", about, (), "", (Rule("", "另", other, looks, "", "另"),))
    rulebook = Rulebook((pack, changing))
    rulebook.changed[own.id] = list(changing.changed)
    return manual([own], rulebook.packs, rulebook, f"plancheck rules --rules {words}")


@pytest.mark.parametrize("words", NASTY)
def test_no_words_of_a_rule_make_the_page_another(words: str) -> None:
    page = changed(words)
    assert shape(page) == shape(changed(HARMLESS))
    assert set(links(page)) <= set(anchors(headings(page)))


@pytest.mark.parametrize("words", NASTY)
def test_words_of_a_rule_are_shown_as_they_are(words: str) -> None:
    seen = [shown(token) for token in parsed(changed(words)) if token.type == "inline"]
    text = " ".join(words.split())
    assert seen.count(text) >= 2, "the title and its English in the table"
    assert f"消息 message：{text}\n{text}" in seen
    assert f"依据 basis：{text}" in seen
    assert seen.count(f"乙\n{text}\n丙") == 4, "both helps and the descriptions of two packs keep their lines"
    assert f"好例子 1 good example 1：{text}" in seen
    assert f"  1 │ {words}\n".replace("\t", " ") in fences(changed(words))


def test_a_fence_is_longer_than_any_in_the_example() -> None:
    page = changed("`````")
    assert {token.markup for token in parsed(page) if token.type == "fence"} == {"``````"}


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(" \n\t\\`*_[]()<>!#+-=|~&;:.$1甲a\"'"), min_size=1, max_size=12).filter(str.strip))
def test_no_words_at_all_make_html_or_links(words: str) -> None:
    page = changed(words)
    tokens = list(all_tokens(page))
    assert not [token for token in tokens if token.type in ("html_block", "html_inline", "image", "code_block", "hr")]
    assert len(headings(page)) == 5
    assert set(links(page)) == set(anchors(headings(page))[2:])
    assert len([token for token in tokens if token.type == "td_open"]) == 4
    assert len(fences(page)) == 3


def test_characters_that_command_a_terminal_are_taken_out() -> None:
    page = changed("甲\x1b[31m\x07\u202e\r乙\x85")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)
