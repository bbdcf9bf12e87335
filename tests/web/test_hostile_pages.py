"""Pages made to take time or memory: a message or a text, soon."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.problems import Unreadable
from checker.web.characters import AMPERSAND, sheltered, stretches, tokens
from checker.web.lines import written
from checker.web.reading import read
from checker.web.tree import parsed

PARAGRAPH = "<p>（一）加强领导。由县教育局牵头。</p>"
SLOW = 120.0
"""No page may take so many seconds, on a slow machine with other work; quadratic work would take hours."""


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 190_000 + PARAGRAPH,
        "<b>" * 50_000 + "<p>" * 50_000 + PARAGRAPH,
        "<table>" * 50_000 + PARAGRAPH,
        "<a href=x>" * 60_000 + PARAGRAPH,
        "<ul><li>" * 60_000 + PARAGRAPH,
        "<p title='" + "x" * 10_000_000 + "'>" + PARAGRAPH,
        "<p>加强<b title='" + "x" * 10_000_000 + "'>领导</b>。</p>",
        "<p>好" + " \n" * 3_000_000 + "好。</p>",
        "<p>" + "好</x>" * 150_000 + "。</p>",
        "<p>" + "&amp;" * 500_000 + "。</p>",
        "<table><tr>" + "<td rowspan=99999 colspan=999>好。" * 20_000 + "<tr>" * 50_000,
    ],
    ids=[
        "divs",
        "formats",
        "tables",
        "links",
        "lists",
        "attribute",
        "attribute-inside",
        "space",
        "ends",
        "refs",
        "spans",
    ],
)
def test_large_pages_are_read_in_bounded_time(page: str) -> None:
    began = perf_counter()
    read(page.encode(), ".html")
    assert perf_counter() - began < SLOW


def test_a_page_of_millions_of_tags_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(b"<div>" * 4_000_000 + PARAGRAPH.encode(), ".html")
    assert "标记太多（4000002 个，上限为 200000 个）" in refused.value.message.zh


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "</x>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<!-- c -->",
            "<a href='>'>",
            "</a>",
            "&lt;",
            "&amp",
            "&nbsp;",
            "&#65;",
            "&",
            "<",
            ">",
            " ",
            "\n",
            "\r\n",
            "县",
            "教育局",
            "。",
            "a",
            "<br>",
            "<ol>",
            "<li>",
            "<pre>",
            "</pre>",
            "<script>",
            "</script>",
            "\ufeff",
            "\x00",
            "<svg>",
            "<select>",
            "<",
            "</",
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKUP)
@settings(max_examples=400, deadline=None)
def test_each_character_stands_where_it_is_said_to_stand(source: str) -> None:
    for one in written(source):
        for index, (at, offset, length) in enumerate(one.atoms):
            stop = one.atoms[index + 1][0] if index + 1 < len(one.atoms) else len(one.line.text)
            stretch, raw = one.line.text[at:stop], source[offset : offset + length]
            assert not length or stretch == raw.replace("\0", "\ufffd") or raw[0] == "&" or (raw + stretch).isspace()


@given(MARKUP)
@settings(max_examples=400, deadline=None)
def test_no_character_of_a_text_is_lost(source: str) -> None:
    kept = sheltered(source)
    for node in parsed(kept).nodes:
        if node.name == "#text":
            found = list(stretches(node.words, node.offset, kept))
            assert "".join(one.words for one in found) == node.words
            seen = "".join(token.words for one in found for token in tokens(one))
            assert AMPERSAND not in seen
