"""Folding: one character for one, whatever stands beside it."""

from __future__ import annotations

import pytest

from checker.folding import fold, is_traditional, simplified


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("(一)．２０２１—2025年,", "（一）.2021-2025年，"),
        ("［市、区］【试行】", "〔市、区〕〔试行〕"),
        ("《关于<纲要>的通知》", "《关于〈纲要〉的通知》"),
        ("县科协、县教育局", "县科协、县教育局"),
        ("（）〔〕，；：！？。、", "（）〔〕，；：！？。、"),
    ],
)
def test_forms_are_made_alike(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert len(fold(written)) == len(written)


def test_traditional_characters_are_told_by_their_share() -> None:
    assert is_traditional("縣科學技術協會關於印發實施方案的通知，請認真貫徹執行")
    assert not is_traditional("县科学技术协会关于印发实施方案的通知，请认真贯彻执行")
    assert not is_traditional("县科协" * 200 + "縣科學技術協會關於印發實施方")  # a quotation makes no draft traditional


def test_numbers_of_characters_are_no_characters() -> None:
    written = "".join(f"&#{ord(char)};" for char in "縣學術協會關於發實請認貫徹執")
    assert not is_traditional(written)


def test_words_of_rules_are_simplified() -> None:
    assert simplified("科學素質") == "科学素质"
    assert simplified("科学素质") == "科学素质"
