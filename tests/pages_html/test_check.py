"""The page of a check, taken apart: what it holds, says and leaves out."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace
from reports import file, report, violation

from checker.model import FileReport, Outcome, Report, RuleSummary, Waived
from checker.pages.check import page as made

from .conftest import Checked
from .reading import Page

DRAFTS = Path(__file__).resolve().parents[2] / "samples" / "drafts"
CARE, SCIENCE, CLEAN, TWO = (
    str(DRAFTS / name) for name in ("jichuan-care.txt", "hegu-science.txt", "linpu-science.txt", "jinglan-science.txt")
)


def page(shown: Report) -> Page:
    return Page(made(shown))


class TestTheFile:
    def test_it_holds_all_that_it_needs_and_allows_nothing_else(self, checked: Checked) -> None:
        found = page(checked(CARE))
        policy = found.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
        for tag, name in (("style", "style-src"), ("script", "script-src")):
            digest = b64encode(sha256(found.one(tag).raw.encode()).digest()).decode()
            assert f"{name} 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none';")
        assert not found.find("link")
        assert not found.find("img")
        addresses = [one.attributes[name] for one in found.find() for name in ("href", "src") if name in one.attributes]
        assert addresses
        assert all(address.startswith("#") for address in addresses)
        assert not any(name == "style" or name.startswith("on") for one in found.find() for name in one.attributes)

    def test_every_link_has_where_it_leads(self, checked: Checked) -> None:
        found = page(checked(str(DRAFTS)))
        ids = [one.attributes["id"] for one in found.find() if "id" in one.attributes]
        assert len(ids) == len(set(ids))
        assert {one.attributes["href"][1:] for one in found.find("a")} <= set(ids)

    def test_the_same_report_gives_the_same_bytes(self, checked: Checked) -> None:
        assert made(checked(CARE, SCIENCE)) == made(checked(CARE, SCIENCE))

    @pytest.mark.parametrize(("language", "lang", "word"), [("zh", "zh-CN", "任务分工表"), ("en", "en", "Task matrix")])
    def test_it_speaks_the_language_of_the_report(self, checked: Checked, language: str, lang: str, word: str) -> None:
        found = page(checked(CARE, language=language))
        assert found.one("html").attributes["lang"] == lang
        assert word in found.root.words
        assert {one.attributes["lang"] for one in found.find(kind="text")} == {"zh-CN"}

    def test_a_hundred_drafts_are_not_much_larger_than_their_text(self, checked: Checked) -> None:
        one = checked(CARE, language="zh")
        (draft,) = one.files
        files = tuple(replace(draft, path=f"{number}.txt") for number in range(100))
        plans = {each.path: one.plans[draft.path] for each in files}
        html = made(replace(one, files=files, plans=plans))
        source = one.plans[draft.path].text.source
        assert html.count(source.splitlines()[39]) == 100, "a line of the draft stands there once"
        alone = made(one)
        assert (len(html) - len(alone)) / 99 < 33_000 + 2 * len(source)


class TestTheDraft:
    def test_all_of_it_is_shown_once_in_its_lines(self, checked: Checked) -> None:
        lines = page(checked(CARE)).one("div", "text").find("div", "l")
        shown = [
            "".join(one if isinstance(one, str) else "" if one.tag == "a" else one.raw for one in line.inside)
            for line in lines
        ]
        assert shown == Path(CARE).read_text("utf-8").splitlines()

    def test_numbers_are_those_of_the_list_and_lead_there(self, checked: Checked) -> None:
        found = page(checked(CARE))
        for number in range(1, 11):
            assert found.one(id=f"p{number}").attributes["href"] == f"#v{number}"
            entry = found.one("li", id=f"v{number}")
            assert entry.find("a", "go")[0].attributes["href"] == f"#p{number}"

    def test_headings_are_headings(self, checked: Checked) -> None:
        found = page(checked(SCIENCE))
        headings = [one for one in found.one("div", "text").find("div") if one.attributes.get("role") == "heading"]
        assert "三、提升行动" in [one.words for one in headings]
        assert {one.attributes["aria-level"] for one in headings} == {"4", "5", "6"}

    def test_without_it_the_lines_in_question_are_shown(self, checked: Checked) -> None:
        found = page(replace(checked(CARE), plans={}))
        assert not found.find(kind="text")
        assert "没有这份草案的原文" in found.root.words
        excerpt = found.one("li", id="v4").find("p", "excerpt")[0]
        assert excerpt.words == "参与部门：市财政局、市商务局、市市场监督管理局、市财政局"
        assert [one.words for one in excerpt.find("mark")] == ["市财政局"]

    def test_what_is_no_longer_in_it_is_said_to_be_gone(self, checked: Checked) -> None:
        one = checked(SCIENCE)
        (draft,) = one.files
        moved = replace(draft, violations=(replace(draft.violations[0], line=900, end_line=900),))
        entry = page(replace(one, files=(moved,))).one("li", id="v1")
        assert "原文里找不到这个位置" in entry.words
        assert entry.find("p", "excerpt")


class TestTheList:
    def test_an_entry_says_all_that_is_known(self, checked: Checked) -> None:
        entry = page(checked(SCIENCE)).one("li", id="v1").words
        for words in ("提示", "第 2 行", "起止时间", "建议", "一字线", "依据", "gongwen/range-dash"):
            assert words in entry

    def test_several_places_lead_to_their_lines(self, checked: Checked) -> None:
        links = page(checked(CARE)).one("li", id="v9").find("div", "detail")[0].find("a")
        assert [one.attributes["href"] for one in links] == ["#d1L5", "#d1L74", "#d1L98", "#d1L99", "#d1L100"]

    def test_accepted_ones_are_shown_only_where_a_person_wants_them(self) -> None:
        accepted = violation("b", waived=Waived("configuration", "本级没有农村", "张三"))
        both = report(file("draft.txt", violation("a"), accepted))
        assert len(page(both).find("li", "v")) == 1
        assert "另有 1 个已接受" in page(both).root.words
        entry = page(replace(both, shows_waived=True)).one("li", id="v2")
        assert "已豁免：本级没有农村；张三" in entry.words

    def test_rules_to_filter_by_have_their_titles_and_counts(self, checked: Checked) -> None:
        options = page(checked(CARE)).one("select", "choose").find("option")
        assert options[0].words == "全部规则 (10)"
        assert any(one.attributes["value"] == "plan/lead-unit" and one.words.endswith("(1)") for one in options)

    def test_those_of_a_configuration_have_their_place_too(self) -> None:
        found = page(report(FileReport(".plancheck.yaml", violations=(violation("a"),), is_draft=False)))
        assert "配置文件" in found.root.words
        assert "消息 a" in found.one("li", id="v1").words
        assert "没有这份草案的原文" not in found.root.words


class TestNothingIsSilent:
    def test_a_clean_draft_is_said_to_be(self, checked: Checked) -> None:
        found = page(checked(CLEAN))
        assert found.one("p", "verdict").words == "没有发现问题"
        assert "good" in found.one("p", "verdict").attributes["class"]
        assert not found.find(kind="chip")

    def test_one_whose_rules_were_not_all_evaluated_is_not_simply_clean(self) -> None:
        found = page(report(file("draft.txt", blind=("plan/unit-name",))))
        assert found.one("p", "verdict").words == "没有发现问题；1 条规则未能执行"
        assert "plan/unit-name 超时" in found.root.words

    def test_what_could_not_be_checked_and_why(self) -> None:
        found = page(report(file("a.txt"), FileReport("b.txt", error="文件是空的")))
        assert "检查了 1 份草案，没有发现问题；1 份无法检查" in found.root.words
        assert [one.words for one in found.find("p", "failure")] == ["无法检查 文件是空的"]

    def test_what_is_wrong_with_the_run_and_with_plugins(self) -> None:
        one = replace(file("a.txt"), problems=("插件出错",))
        found = page(replace(report(one), problems=("规则文件有错",)))
        assert [notice.words for notice in found.find("section", "notice")] == [
            "这次检查本身的问题 规则文件有错",
            "这次检查本身的问题 插件出错",
        ]

    def test_rules_that_do_not_apply_are_folded_with_their_reasons(self) -> None:
        rules = (
            Outcome("plan/a", "not-applicable", 0, "没有可检查的内容"),
            Outcome("plan/b", "not-applicable", 0, "没有可检查的内容"),
            Outcome("plan/c", "passed"),
        )
        found = page(report(FileReport("a.txt", rules=rules)))
        assert found.one(id="d1-rules").find("ul", "legend")[0].words == "通过 1 不适用 2"
        assert [one.words for one in found.find("details")] == [
            "不适用的规则 2 没有可检查的内容 plan/a plan/b",
            "通过的规则 1 plan/c",
        ]

    def test_no_drafts_at_all(self) -> None:
        assert "没有检查任何草案" in page(report()).root.words


class TestPictures:
    def test_each_has_words_beside_it(self, checked: Checked) -> None:
        found = page(checked(SCIENCE))
        pictures = [one for one in found.find("svg") if one.attributes.get("aria-hidden") != "true"]
        assert pictures
        assert all(one.attributes.get("role") == "img" and one.find("title")[0].words for one in pictures)
        first = found.one("table", "loads").find("tbody")[0].find("tr")[0]
        assert first.find("svg")[0].words == "牵头 10, 配合 6"

    def test_what_is_not_there_is_said_in_one_line(self, checked: Checked, tmp_path: Path) -> None:
        draft = tmp_path / "draft.txt"
        draft.write_text("某县全民健身实施方案\n坚持政府主导，社会参与。\n", encoding="utf-8")
        found = page(checked(str(draft)))
        assert [one.words for one in found.one(id="d1-glance").find("p", "nothing")] == [
            "没有读出措施。",
            "没有读出进度阶段。",
            "没有读出责任单位。",
            "没有哪项措施写明了牵头单位。",
            "没有读出量化目标。",
        ]
        assert not found.find("table")

    def test_each_plan_of_a_file_has_its_own(self, checked: Checked) -> None:
        found = page(checked(TWO)).one(id="d1-glance")
        assert len(found.find("p", "of-plan")) == len(found.find("div", "pics")) == 2


class TestTheMatrix:
    def test_it_has_the_tasks_of_the_plan_with_links_to_their_lines(self, checked: Checked) -> None:
        table = page(checked(SCIENCE)).one("table", "matrix")
        heads = [one.words for one in table.find("th")]
        assert heads == ["序号", "位置", "行动（工程）", "措施", "牵头单位", "配合单位", "责任条款", "目标", "行"]
        rows = table.find("tbody")[0].find("tr")
        assert len(rows) == 21
        assert [one.words for one in rows[1].find("td")] == [
            "2", "三（一）", "青少年科学素质提升行动", "办好校外科普活动", "县科协、团县委", "县教育局、县妇联",
            "本措施", "每年组织科普展览进乡村学校不少于40场次", "21",
        ]  # fmt: skip
        assert rows[1].find("a")[0].attributes["href"] == "#d1L21"
        assert rows[3].find("td", "k-leads")[0].words == "无牵头"

    def test_units_to_filter_by_have_the_numbers_of_their_tasks(self, checked: Checked) -> None:
        options = [one.words for one in page(checked(SCIENCE)).one("select", "by-unit").find("option")]
        assert options[:2] == ["全部单位", "县科协 (16)"]


class TestHarm:
    def test_names_and_words_of_anyone_stay_words(self) -> None:
        evil = "\"'><script>x()</script><b onclick=x>\x1b[31m\u202e"
        one = violation("a", message=evil, section_label=evil, source_line=evil, basis=evil, rule=evil)
        shown = replace(
            report(replace(file(evil, one), problems=(evil,))),
            rules={evil: RuleSummary(evil, evil, "error", evil, evil)},
        )
        found = page(shown)
        assert len(found.find("script")) == 1
        assert not any("onclick" in one.attributes for one in found.find())
        assert "\x1b" not in found.text
        assert "\u202e" not in found.text
        assert "\"'><script>x()</script><b onclick=x>�[31m�" in found.one("h1").words

    def test_indents_of_a_draft_are_kept(self, checked: Checked, tmp_path: Path) -> None:
        draft = tmp_path / "draft.txt"
        draft.write_text("某县全民健身实施方案\n　　坚持\t政府\u200b主导。\n", encoding="utf-8")
        line = page(checked(str(draft))).one(id="d1L2")
        assert "".join(one for one in line.raw if not one.isdigit()) == "　　坚持\t政府�主导。"
