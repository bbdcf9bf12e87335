"""The page of a check in a real browser: clicks, keys, filters, links, print, and drafts that mean harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import DESKTOP, DRAFTS, PHONE, Made, Opened
from .seeing import in_view, low_contrast, runs_over, shown

CARE = "samples/drafts/jichuan-care.txt"
SCIENCE = "samples/drafts/hegu-science.txt"
HOSTILE = """\
<script>window.harmed = 1</script><img src=x onerror="window.harmed = 1">县全民健身实施方案（2024—2026年）
</style><style>body { display: none }</style><svg onload="window.harmed = 1"></svg>
一、主要任务</div></article></main>
（一）"><script>alert(1)</script>行动
1."onmouseover="window.harmed = 1" x="。适时建成100个。（javascript:window.harmed=1牵头，县教育局'"><b onclick=1>）
2.{{ 7 * 7 }}{% raw %}${harmed}</textarea>--><!--。建成10个。
"""


@pytest.fixture
def care(made: Made, opened: Opened) -> Any:
    """Return the page of a draft with ten violations, opened."""
    return opened(made("check", CARE))


class TestAViolationAndItsPlace:
    @pytest.mark.parametrize("number", [1, 5, 7, 10])
    def test_clicking_an_entry_shows_its_place(self, care: Any, number: int) -> None:
        care.click(f"#v{number} .go")
        assert in_view(care, f"#p{number}")
        assert in_view(care, f"#v{number}")
        assert care.locator(f'mark[data-v~="{number}"]').first.evaluate("mark => mark.matches('.current')")
        assert care.locator(".v.current").count() == 1

    def test_an_entry_that_is_chosen_says_what_to_do(self, care: Any) -> None:
        assert not care.locator("#v7 .detail").is_visible()
        care.click("#v7 .go")
        assert "每项措施要有一个单位牵头" in care.locator("#v7 .detail").inner_text()

    @pytest.mark.parametrize("number", [1, 7, 10])
    def test_clicking_a_mark_shows_its_entry(self, care: Any, number: int) -> None:
        care.locator(f'mark[data-v~="{number}"]').first.click()
        assert in_view(care, f"#v{number}")
        assert care.locator(".v.current").get_attribute("id") == f"v{number}"

    def test_clicking_the_number_of_a_further_place_shows_its_entry(self, care: Any) -> None:
        care.locator('.n.also[data-v="3"]').first.click()
        assert care.locator(".v.current").get_attribute("id") == "v3"

    def test_two_that_overlap_each_have_their_number(self, care: Any) -> None:
        line = care.locator("#d1L53")
        assert [one.inner_text() for one in line.locator(".n").all()] == ["5", "6"]
        line.locator(".n", has_text="6").click()
        assert care.locator(".v.current").get_attribute("id") == "v6"

    def test_a_link_leads_to_a_violation(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", CARE), "#v9")
        assert in_view(page, "#p9")
        assert in_view(page, "#v9")
        assert page.locator(".v.current").get_attribute("id") == "v9"

    def test_the_address_follows_what_is_chosen(self, care: Any) -> None:
        care.click("#v4 .go")
        assert care.url.endswith("#v4")


class TestFilters:
    def test_by_severity(self, care: Any) -> None:
        care.click('.chip[data-value="error"]')
        assert shown(care, ".v") == shown(care, ".v.error") == 2
        assert care.locator(".filters .count").inner_text() == "显示 2 / 10"
        care.click('.chip[data-value="info"]')
        assert shown(care, ".v") == 5
        assert shown(care, ".v.warning") == 0

    def test_by_rule_and_the_counts_beside_the_others_follow(self, care: Any) -> None:
        care.select_option(".choose", "plan/numbering")
        assert shown(care, ".v") == 1
        assert [one.inner_text() for one in care.locator(".chip .num").all()] == ["1", "0", "0"]

    def test_by_words(self, care: Any) -> None:
        care.fill(".query", "牵头单位")
        assert shown(care, ".v") == 1
        assert care.locator("#v7").is_visible()
        care.fill(".query", "没有这样的话")
        assert shown(care, ".v") == 0
        assert care.locator(".none-shown").is_visible()

    def test_a_place_of_what_is_left_out_is_marked_no_more(self, care: Any) -> None:
        assert care.locator("#p5").is_visible()
        care.click('.chip[data-value="info"]')
        assert not care.locator("#p5").is_visible()
        assert "off" in care.locator('mark[data-v="5"]').get_attribute("class").split()

    def test_all_are_back_when_the_filters_are_cleared(self, care: Any) -> None:
        care.click('.chip[data-value="error"]')
        care.fill(".query", "编号")
        care.click(".clear")
        assert shown(care, ".v") == 10
        assert care.locator(".filters .count").inner_text() == "显示 10 / 10"

    def test_in_all_drafts_at_once(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", "samples/drafts"))
        page.select_option(".choose", "gongwen/page-residue")
        left = page.locator(".drafts tbody tr:not(.off)", has_not_text="没有问题")
        assert [row.locator("td").nth(1).inner_text() for row in left.all()] == [CARE]


class TestKeys:
    def test_j_and_k_go_through_the_violations(self, care: Any) -> None:
        for key, number in (("j", 1), ("j", 2), ("j", 3), ("k", 2)):
            care.keyboard.press(key)
            assert care.locator(".v.current").get_attribute("id") == f"v{number}"
            assert in_view(care, f"#p{number}")
            assert care.evaluate("document.activeElement.closest('.v').id") == f"v{number}"

    def test_arrows_do_in_the_list_and_skip_what_is_filtered_out(self, care: Any) -> None:
        care.click('.chip[data-value="error"]')
        care.locator("#v5 .go").focus()
        care.keyboard.press("Enter")
        care.keyboard.press("ArrowDown")
        assert care.locator(".v.current").get_attribute("id") == "v7"

    @pytest.mark.parametrize("key", ["Enter", " "])
    def test_enter_and_space_choose_an_entry(self, care: Any, key: str) -> None:
        care.locator("#v8 .go").focus()
        care.keyboard.press(key)
        assert care.locator(".v.current").get_attribute("id") == "v8"
        assert in_view(care, "#p8")

    def test_a_slash_goes_to_the_search_where_j_is_a_letter(self, care: Any) -> None:
        care.keyboard.press("/")
        care.keyboard.type("j/k")
        assert care.locator(".query").input_value() == "j/k"
        care.keyboard.press("Escape")
        assert care.evaluate("document.activeElement.tagName") == "BODY"

    def test_what_has_the_focus_can_be_seen(self, care: Any) -> None:
        care.keyboard.press("j")
        style = "getComputedStyle(document.activeElement, '::after').outlineStyle"
        assert care.evaluate(style) == "solid"
        for _ in range(12):
            care.keyboard.press("Shift+Tab")
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert care.evaluate(f"{outline} !== 'none' || {style} !== 'none'")

    def test_arrows_go_through_the_views(self, care: Any) -> None:
        care.locator(".tabs a").first.focus()
        care.keyboard.press("ArrowRight")
        assert care.locator("#d1-glance").is_visible()
        assert not care.locator("#d1-draft").is_visible()
        assert care.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"


class TestViews:
    def test_a_line_that_a_picture_names_is_shown_in_the_draft(self, care: Any) -> None:
        care.click('.tabs a[href="#d1-glance"]')
        link = care.locator("#d1-glance .figure .at").first
        line = link.get_attribute("href")
        link.click()
        assert in_view(care, line)

    def test_tasks_of_one_unit(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", SCIENCE))
        page.click('.tabs a[href="#d1-tasks"]')
        page.select_option(".by-unit", "县应急局")
        assert shown(page, ".matrix tbody tr") == 2
        assert page.locator(".tasks .count").inner_text() == "显示 2 / 21 项"

    def test_units_with_little_to_do_are_folded(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", SCIENCE))
        page.click('.tabs a[href="#d1-glance"]')
        assert shown(page, ".loads tbody tr") == 15
        page.click(".loads + .unfold")
        assert shown(page, ".loads tbody tr") == 24

    def test_a_draft_of_several_opens(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", "samples/drafts"))
        assert shown(page, ".draft .body") == 0
        page.click(".drafts a >> nth=2")
        assert shown(page, ".draft .body") == 1
        page.click("#d3 .toggle")
        assert shown(page, ".draft .body") == 0

    def test_a_link_opens_the_draft_of_its_violation(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", "samples/drafts"), "#v12")
        assert in_view(page, "#p12")
        assert shown(page, ".draft .body") == 1


class TestWithoutScript:
    def test_all_is_there_and_links_lead_to_their_places(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", "samples/drafts"), java_script_enabled=False)
        for selector, number in ((".v", 45), (".draft .body", 10), (".view", 40), (".v .detail", 45)):
            assert page.locator(selector).count() == shown(page, selector) == number
        page.click("#v12 .go")
        assert page.url.endswith("#p12")
        assert page.locator("#p12").bounding_box()["y"] < DESKTOP["height"]
        assert shown(page, ".chip, .query, .tabs") == 0, "what does nothing is not there"


class TestHarm:
    @pytest.fixture
    def harmful_file(self, made: Made, tmp_path: Path) -> Path:
        path = tmp_path / 'javascript:window.harmed=1 "onclick=window.harmed=1 <b>.txt'
        path.write_text(HOSTILE, encoding="utf-8")
        return made("check", str(path))

    def test_a_draft_runs_nothing(self, harmful_file: Path, opened: Opened) -> None:
        harmful = opened(harmful_file)
        for tab in harmful.locator(".tabs a").all():
            tab.click()
            for row in harmful.locator(".matrix td, .v .go, .l").all():
                if row.is_visible():
                    row.hover()
        harmful.keyboard.press("j")
        assert harmful.evaluate("window.harmed") is None
        assert harmful.locator("img, style").count() == harmful.locator("head style").count() == 1
        assert harmful.locator("script").count() == 1
        assert harmful.evaluate("[...document.querySelectorAll('a')].every(a => a.getAttribute('href')[0] === '#')")
        assert harmful.evaluate(
            "[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"
        )

    def test_its_words_are_shown_as_they_are(self, harmful_file: Path, opened: Opened) -> None:
        harmful = opened(harmful_file)
        assert '<img src=x onerror="window.harmed = 1">县全民健身' in harmful.locator(".l").first.inner_text()
        assert "{{ 7 * 7 }}{% raw %}" in harmful.locator(".text").inner_text()

    def test_the_policy_stops_what_would_get_through(self, harmful_file: Path, opened: Opened) -> None:
        harmful = opened(harmful_file, watched=False)
        harmful.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.harmed = 1';"
            " document.body.append(s); const b = document.createElement('b');"
            " b.setAttribute('onclick', 'window.harmed = 1'); document.body.append(b); b.click() }"
        )
        assert harmful.evaluate("window.harmed") is None


class TestLooks:
    def test_what_cannot_be_read_would_be_found(self, care: Any) -> None:
        care.evaluate("document.querySelector('.about').style.color = '#bbbbbb'")
        care.evaluate("document.querySelector('h1').style.width = '2000px'")
        assert [words.partition(":")[0].split()[-1] for words in low_contrast(care)] == ["path"]
        assert runs_over(care) > 0

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
    def test_it_fits_and_can_be_read(self, made: Made, opened: Opened, scheme: str, size: dict[str, int]) -> None:
        page = opened(made("check", CARE), size=size, color_scheme=scheme)
        page.click("#v7 .go")
        for tab in page.locator(".tabs a").all():
            tab.click()
            assert runs_over(page) == 0
            assert low_contrast(page) == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
    def test_many_drafts_in_english_do_too(self, made: Made, opened: Opened, scheme: str, size: dict[str, int]) -> None:
        page = opened(made("--lang", "en", "check", "samples/drafts"), "#v12", size=size, color_scheme=scheme)
        assert runs_over(page) == 0
        assert low_contrast(page) == []

    def test_on_a_phone_what_is_chosen_is_said_below_its_place(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", CARE), size=PHONE)
        page.click("#v7 .go")
        assert in_view(page, "#p7")
        assert "没有写明牵头单位" in page.locator(".pager p").inner_text()
        page.click(".pager button >> nth=1")
        assert in_view(page, "#p8")
        page.click(".pager button >> nth=2")
        assert in_view(page, "#v8")

    def test_severity_is_said_by_words_and_by_lines(self, care: Any) -> None:
        for number, word, line in ((7, "错误", "solid"), (4, "警告", "dashed"), (6, "提示", "dotted")):
            assert care.locator(f"#v{number} .sev").inner_text() == word
            style = "mark => getComputedStyle(mark).textDecorationStyle"
            assert care.locator(f'mark[data-v~="{number}"]').first.evaluate(style) == line


class TestPrint:
    def test_all_is_printed_the_list_behind_the_draft_and_no_buttons(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", CARE))
        page.click('.tabs a[href="#d1-tasks"]')
        page.emulate_media(media="print")
        assert shown(page, ".view") == 4
        assert shown(page, "button, input, select, .tabs") == 0
        assert shown(page, ".v .detail") == 10
        tops = [page.locator(one).bounding_box()["y"] for one in (".paper", ".list", "#d1-glance", "#d1-tasks")]
        assert tops == sorted(tops)
        assert page.pdf().startswith(b"%PDF")

    def test_every_draft_of_several(self, made: Made, opened: Opened) -> None:
        page = opened(made("check", "samples/drafts"))
        page.emulate_media(media="print")
        assert shown(page, ".draft .body") == 10
        assert shown(page, ".draft h2") == 10


def test_the_samples_are_where_they_are_looked_for() -> None:
    assert (DRAFTS / "jichuan-care.txt").exists()
