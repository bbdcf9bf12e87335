"""Changed lines back to a page: only texts change, tags and all else stay byte for byte."""

from __future__ import annotations

import pytest

from checker.problems import Unreadable
from checker.web.reading import read, write

PAGE = (
    "<!DOCTYPE html>\r\n<title>x</title><article><p class='a,b'>加强<b>领导</b>,做好&ldquo;讲座&rdquo;工作。</p>\r\n"
    "<ol><li>建好 书屋,</li></ol></article>"
)


def changed(old: str, new: str, page: str = PAGE, encoding: str = "utf-8") -> str:
    """Return the page after ``old`` has become ``new`` in its text."""
    was = page.encode(encoding)
    text = read(was, ".html")
    assert old in text.source
    after = write(text.source.replace(old, new), text, was)
    assert read(after, ".html").source == text.source.replace(old, new)
    return after.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_nothing_changed_is_the_same_bytes(encoding: str) -> None:
    was = PAGE.encode(encoding)
    text = read(was, ".html")
    assert write(text.source, text, was) == was


def test_characters_change_and_tags_stay() -> None:
    assert changed("领导,做好", "领导，做好") == PAGE.replace("</b>,做好", "</b>，做好")


def test_words_across_tags_change_within_them() -> None:
    assert changed("强领导", "大指导力度") == PAGE.replace("加强<b>领导</b>", "加大指<b>导力度</b>")


def test_a_character_reference_is_one_character() -> None:
    assert changed("“讲座”", "「讲座」") == PAGE.replace("&ldquo;", "「").replace("&rdquo;", "」")


def test_marks_of_html_are_written_as_references() -> None:
    assert changed("领导,", "领导<&>") == PAGE.replace("</b>,", "</b>&lt;&amp;&gt;")


def test_white_space_goes() -> None:
    assert changed("建好 书屋", "建好书屋") == PAGE.replace("建好 书屋", "建好书屋")


def test_a_number_that_the_page_does_not_have_cannot_change() -> None:
    was = PAGE.encode()
    text = read(was, ".html")
    with pytest.raises(Unreadable):
        write(text.source.replace("1.建", "2.建"), text, was)


def test_lines_cannot_be_added() -> None:
    was = PAGE.encode()
    text = read(was, ".html")
    with pytest.raises(Unreadable):
        write(f"{text.source}再来一行\n", text, was)


def test_characters_that_the_encoding_lacks_are_refused() -> None:
    was = "<meta charset=big5><p>辦好講座,</p>".encode("big5")
    text = read(was, ".html")
    with pytest.raises(Unreadable):
        write(text.source.replace(",", "\U0001f600"), text, was)
