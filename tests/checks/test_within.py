"""``within``: numbers are what they should be, within a tolerance."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from checker.checks.within import CHECK, Options
from checker.model import Found, Layout, PageSetup
from checker.nodes import nodes_of
from checker.parser import parse_text
from checker.plain_text import from_string

TEXT = from_string("棠城县全民健身实施方案\n一、工作目标\n新建步道。\n")
PAGE = PageSetup(0, 210, 297, 37, 26, 35, 28)


def found(options: Options, *pages: PageSetup) -> list[Found]:
    plan = parse_text(replace(TEXT, layout=Layout(pages)))
    return list(CHECK.check(nodes_of(plan, "page"), options, plan))


class TestWhatItReports:
    def test_a_number_that_is_off_with_what_it_should_be(self) -> None:
        (one,) = found(Options({"top": 37, "left": 28}, tolerance=1), replace(PAGE, top=25.4))
        assert one.fields == {"wanted_top": 37, "wanted_left": 28}

    def test_pages_that_are_wrong_in_the_same_way_once_with_all_places(self) -> None:
        turned = PageSetup(12, 297, 210, 20, 26, 35, 28)
        (one,) = found(Options({"top": 37}), replace(PAGE, top=20), turned)
        assert (one.span.start, [other.start for other in one.others]) == (0, [12])

    def test_pages_that_are_wrong_in_different_ways_each(self) -> None:
        assert len(found(Options({"top": 37}), replace(PAGE, top=20), PageSetup(12, 210, 297, 30))) == 2

    def test_what_is_not_known_is_said_beside_what_is_wrong(self) -> None:
        (one,) = found(Options({"top": 37, "bottom": 35}), replace(PAGE, top=20, bottom=None))
        assert one.fields["bottom"] == ("不明", "unknown")


class TestWhatItLeavesAlone:
    @pytest.mark.parametrize("top", [36, 38, 37, 36.04])
    def test_a_number_within_the_tolerance(self, top: float) -> None:
        assert found(Options({"top": 37}, tolerance=1), replace(PAGE, top=top)) == []

    def test_a_number_that_the_document_does_not_say(self) -> None:
        assert found(Options({"top": 37}), replace(PAGE, top=None)) == []


@pytest.mark.parametrize(("values", "said"), [({"tops": 1.0}, "tops"), ({"orientation": 1.0}, "orientation")])
def test_an_attribute_that_is_none_or_no_number_is_a_mistake(values: dict[str, float], said: str) -> None:
    assert CHECK.mistakes is not None
    ((name, mistake),) = CHECK.mistakes(Options(values), "page")
    assert name == "values"
    assert said in mistake.zh
