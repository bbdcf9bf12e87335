"""``plancheck cover``: what is missing first, in three forms; exit status; files that cannot be compared."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from checker.commands.schema import schema_of
from checker.host import host

from .conftest import ESCAPES, harmless

Run = Callable[..., Any]
PLANS = Path(__file__).parents[1] / "coverage"
PAIRS = [("reading-province.txt", "reading-county.txt"), ("mothers-city.txt", "mothers-district.txt")]

SUPERIOR = """\
澜海省阅读方案（2024—2026年）

一、工作目标
到2026年，全省居民阅读率达到80%。
二、主要任务
（一）书香校园行动
1.上好阅读课。每周安排一节阅读课，开展整本书阅读。
2.办好图书角。每个班级设置图书角，定期更换图书。
三、组织保障
抓好落实。
"""
DRAFT = SUPERIOR.replace("澜海省", "棠城县").replace("全省", "全县")
LOW = DRAFT.replace("80%", "75%")
LOST = DRAFT.replace("2.办好图书角。每个班级设置图书角，定期更换图书。\n", "2.修缮操场。铺设塑胶跑道，更换篮球架。\n")


@pytest.fixture
def pair(tmp_path: Path) -> Callable[[str, str], None]:
    """Return a function that writes the two plans into ``tmp_path``, in which the command runs."""

    def written(superior: str, draft: str) -> None:
        (tmp_path / "superior.txt").write_text(superior, encoding="utf-8")
        (tmp_path / "draft.txt").write_text(draft, encoding="utf-8")

    return written


@pytest.fixture
def samples(tmp_path: Path) -> None:
    """Put the two pairs of plans into ``tmp_path``."""
    for path in PLANS.glob("*.txt"):
        shutil.copy(path, tmp_path)


class TestText:
    def test_what_is_missing_comes_first(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, LOST.replace("80%", "75%"))
        done = plancheck("cover", "superior.txt", "draft.txt")
        assert done.stdout == (
            "上级：superior.txt  澜海省阅读方案（2024—2026年）\n"
            "本级：draft.txt  棠城县阅读方案（2024—2026年）\n"
            "\n"
            "没有落实（1）\n"
            "     8  措施  办好图书角  二（一）书香校园行动\n"
            "        ✗ 没有落实\n"
            "\n"
            "目标低于上级要求（1）\n"
            "     4  目标  全省居民阅读率达到80%（2026）  一、工作目标\n"
            "        → 第 4 行  全县居民阅读率达到75%（2026）  [确定 1.00，低于上级要求]\n"
            "\n"
            "已落实：行动 1/1，措施 1/2，目标 1/1（确定 3，较可能 0，存疑 0）。"
            "没有落实 1，目标低于上级要求 1，本级自有 1。\n"
        )
        assert (done.stderr, done.returncode) == ("", 1)

    def test_in_english(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, LOST.replace("80%", "75%"))
        done = plancheck("cover", "superior.txt", "draft.txt", "--lang", "en")
        assert done.stdout == (
            "Superior: superior.txt  澜海省阅读方案（2024—2026年）\n"
            "Draft: draft.txt  棠城县阅读方案（2024—2026年）\n"
            "\n"
            "Missing (1)\n"
            "     8  measure  办好图书角  二（一）书香校园行动\n"
            "        ✗ missing\n"
            "\n"
            "Lower targets (1)\n"
            "     4  target  全省居民阅读率达到80%（2026）  一、工作目标\n"
            "        → line 4  全县居民阅读率达到75%（2026）  [certain 1.00, lower than the superior's]\n"
            "\n"
            "Taken up: 1 of 1 actions, 1 of 2 measures, 1 of 1 targets (3 certain, 0 likely, 0 doubtful). "
            "Missing 1, lower targets 1, the draft's own 1.\n"
        )

    def test_all_of_it_where_nothing_is_wrong(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, DRAFT)
        done = plancheck("cover", "superior.txt", "draft.txt")
        assert done.stdout.splitlines()[2:] == [
            "",
            "已落实：行动 1/1，措施 2/2，目标 1/1（确定 4，较可能 0，存疑 0）。"
            "没有落实 0，目标低于上级要求 0，本级自有 0。",
        ]
        assert (done.stderr, done.returncode) == ("", 0)

    def test_every_pairing_with_v(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, LOST)
        lines = plancheck("cover", "superior.txt", "draft.txt", "-v").stdout.splitlines()
        everything = lines[lines.index("全部对照（4）") :]
        assert everything[:-2] == [
            "全部对照（4）",
            "     4  目标  全省居民阅读率达到80%（2026）  一、工作目标",
            "        → 第 4 行  全县居民阅读率达到80%（2026）  [确定 1.00，不低于上级要求]",
            "     6  行动  书香校园行动",
            everything[4],
            "     7  措施  上好阅读课  二（一）书香校园行动",
            everything[6],
            "     8  措施  办好图书角  二（一）书香校园行动",
            "        ✗ 没有落实",
            "",
            "本级自有（1）",
            "     8  措施  修缮操场  二（一）书香校园行动",
        ]
        assert everything[4].startswith("        → 第 6 行  书香校园行动  [确定 ")
        assert everything[6].startswith("        → 第 7 行  上好阅读课  [确定 ")

    def test_groups_and_remarks(self, plancheck: Run, samples: None) -> None:
        out = plancheck("cover", *PAIRS[0]).stdout
        heads = [line for line in out.splitlines() if line and not line.startswith((" ", "上级：", "本级：", "已落实"))]
        assert heads == [
            "没有落实（3）",
            "目标低于上级要求（1）",
            "存疑，请核对（1）",
            "没有判断高低的目标（3）",
            "合并、拆散、换了位置或层次（3）",
            "超出本级方案期限的目标（1）",
        ]
        assert "总量小于上级，地方大小不同，不判高低" in out
        assert "移到了二（二）实施乡村阅读振兴行动" in out
        assert "与另一项合并" in out
        assert "上级是工程，本级是措施" in out
        assert "年份在本级方案期限之后；最接近的是第 7 行目标“全县居民综合阅读率达到85%以上（2027）”" in out
        out = plancheck("cover", *PAIRS[1]).stdout
        assert "其下 2 项措施落实了 1 项；最接近的是第 11 行措施“做好婚前孕前检查”" in out

    def test_a_superior_without_anything_to_take_up(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair("今天天气很好。\n", DRAFT)
        done = plancheck("cover", "superior.txt", "draft.txt")
        assert done.stdout.endswith("上级方案里没有行动、工程、措施和目标。\n")
        assert done.returncode == 0


class TestWhereItGoes:
    @pytest.mark.parametrize(
        ("name", "begins"),
        [("cover.html", "<!DOCTYPE html>"), ("cover.md", "# 上下级方案对照"), ("cover.json", "{"), ("cover", "上级：")],
    )
    def test_the_suffix_says_the_format(
        self, plancheck: Run, samples: None, tmp_path: Path, name: str, begins: str
    ) -> None:
        done = plancheck("cover", *PAIRS[0], "-o", name)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


class TestMarkdown:
    def test_the_whole_table(self, plancheck: Run, samples: None, tmp_path: Path) -> None:
        done = plancheck("cover", *PAIRS[0], "--format", "markdown", "-o", "cover.md")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        page = (tmp_path / "cover.md").read_text(encoding="utf-8")
        assert page.startswith(
            "# 上下级方案对照\n\n- 上级：reading-province.txt 澜海省全民阅读促进行动方案（2024—2027年）\n"
        )
        whole = page.partition("## 全部对照（24）\n\n")[2].partition("\n\n")[0].splitlines()
        assert whole[0] == "| 类别 | 上级方案 | 行 | 本级方案 | 行 | 把握 | 说明 |"
        assert len(whole) == 2 + 24
        (lower,) = (row for row in whole if "92%" in row)
        cells = [cell.strip() for cell in lower.strip("|").split("|")]
        assert cells[:3] == ["目标", "未成年人阅读率达到92%（2027）", "9"]
        assert cells[3:] == ["未成年人阅读率达到88%（2027）", "7", "确定 1.00", "低于上级要求"]
        assert "| 工程 | 数字阅读平台工程 | 41 |  |  | **没有落实** |  |" in whole
        assert "## 本级自有（3）\n\n| 类别 | 本级方案 | 行 | 位置 |\n" in page
        assert all(row.count("|") == 8 for row in whole)

    def test_what_is_not_missing_is_not_called_so(self, plancheck: Run, samples: None) -> None:
        page = plancheck("cover", *PAIRS[0], "--format", "markdown").stdout
        (far,) = {line for line in page.splitlines() if "达到95%以上" in line}
        assert "**" not in far
        assert "年份在本级方案期限之后" in far

    def test_words_of_plans_stay_words(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        evil = "<img src=x>|[点](javascript:1)`*_"
        pair(SUPERIOR.replace("办好图书角", evil), DRAFT.replace("上好阅读课", evil))
        page = plancheck("cover", "superior.txt", "draft.txt", "--format", "markdown").stdout
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page)
        inline = [child.type for token in tokens for child in token.children or ()]
        assert not {"html_inline", "link_open", "image", "em_open", "code_inline"} & set(inline)
        assert "html_block" not in {token.type for token in tokens}


class TestJson:
    @pytest.mark.parametrize("names", PAIRS, ids=lambda names: names[0])
    def test_it_keeps_to_its_schema(self, plancheck: Run, samples: None, names: tuple[str, str]) -> None:
        schema = schema_of("cover", host().checks)
        Draft202012Validator.check_schema(schema)
        done = plancheck("cover", *names, "--format", "json")
        found = json.loads(done.stdout)
        assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
        assert done.stdout == json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        assert json.loads(plancheck("schema", "cover").stdout) == schema

    def test_what_it_says(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, LOW)
        found = json.loads(plancheck("cover", "superior.txt", "draft.txt", "--format", "json").stdout)
        assert found["schema"] == 1
        assert found["superior"] == {"path": "superior.txt", "title": "澜海省阅读方案（2024—2026年）"}
        assert found["draft"] == {"path": "draft.txt", "title": "棠城县阅读方案（2024—2026年）"}
        assert found["summary"] == {
            "taken_up": {"certain": 4, "likely": 0, "doubtful": 0},
            "missing": 0,
            "lower": 1,
            "own": 0,
        }
        figure = {"comparator": ">=", "value": 80.0, "unit": "%", "year": 2026, "per": None}
        at = {"section": "一", "line": 4, "column": 8, "place": None}
        node = {"kind": "target", "title": "全省居民阅读率达到80%", **at}
        target = found["pairings"][0]
        assert target["superior"] == {**node, "target": figure}
        assert target["draft"] == {
            **node,
            "title": "全县居民阅读率达到75%",
            "target": {**figure, "value": 75.0},
        }
        assert (target["verdict"], target["sureness"], target["missing"]) == ("lower", "certain", False)
        action = found["pairings"][1]
        assert (action["superior"]["kind"], action["below"], action["below_taken"]) == ("action", 2, 2)

    def test_of_plans_with_nothing_in_them(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair("今天天气很好。\n", "明天也是。\n")
        found = json.loads(plancheck("cover", "superior.txt", "draft.txt", "--format", "json").stdout)
        assert (found["pairings"], found["own"]) == ([], [])

    def test_an_empty_file_is_no_plan(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, "")
        done = plancheck("cover", "superior.txt", "draft.txt", "--format", "json")
        assert (done.stdout, done.stderr, done.returncode) == (
            "",
            "plancheck: draft.txt: 文件是空的，请看是否已经保存\n",
            2,
        )


class TestStatus:
    @pytest.mark.parametrize(("draft", "status"), [(DRAFT, 0), (LOW, 1), (LOST, 1)], ids=["whole", "lower", "missing"])
    @pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
    def test_says_whether_something_is_missing_or_lower(
        self, plancheck: Run, pair: Callable[[str, str], None], draft: str, status: int, form: str
    ) -> None:
        pair(SUPERIOR, draft)
        assert plancheck("cover", "superior.txt", "draft.txt", "--format", form).returncode == status

    def test_one_of_the_two_may_be_standard_input(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, DRAFT)
        assert plancheck("cover", "-", "draft.txt", stdin=SUPERIOR).returncode == 0
        assert plancheck("cover", "superior.txt", "-", stdin=LOW).returncode == 1
        done = plancheck("cover", "-", "-", stdin=SUPERIOR)
        assert done.stderr == "plancheck: 两份方案不能都是标准输入（-），请把一份存成文件\n"
        assert (done.stdout, done.returncode) == ("", 2)

    @pytest.mark.parametrize("names", [("gone.txt", "draft.txt"), ("superior.txt", "gone.txt")])
    def test_a_file_that_is_not_there_is_named(
        self, plancheck: Run, pair: Callable[[str, str], None], names: tuple[str, str]
    ) -> None:
        pair(SUPERIOR, DRAFT)
        done = plancheck("cover", *names)
        assert done.stderr == "plancheck: gone.txt: 没有这个文件，请核对路径\n"
        assert (done.stdout, done.returncode) == ("", 2)

    def test_a_file_that_is_too_large_is_named(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        pair(SUPERIOR, DRAFT)
        done = plancheck("cover", "superior.txt", "draft.txt", "--max-size", "10")
        assert done.stderr.startswith("plancheck: superior.txt: 文件太大")
        assert done.returncode == 2

    def test_a_binary_file_is_named(self, plancheck: Run, pair: Callable[[str, str], None], tmp_path: Path) -> None:
        pair(SUPERIOR, DRAFT)
        (tmp_path / "draft.txt").write_bytes(bytes(range(256)) * 40)
        done = plancheck("cover", "superior.txt", "draft.txt")
        assert done.stderr.startswith("plancheck: draft.txt: ")
        assert done.returncode == 2

    def test_too_many_tasks_are_refused(self, plancheck: Run, pair: Callable[[str, str], None]) -> None:
        many = "某县方案\n一、主要任务\n" + "".join(f"{n}.措施{n}。做好事情{n}。\n" for n in range(1, 700))
        pair(many, many)
        done = plancheck("cover", "superior.txt", "draft.txt")
        assert done.stderr == "plancheck: 内容太多，无法对照：699 项对 699 项\n"
        assert (done.stdout, done.returncode) == ("", 2)

    @pytest.mark.parametrize("name", ["superior.txt", "draft.txt", "./draft.txt"])
    def test_a_plan_is_never_written_over(
        self, plancheck: Run, pair: Callable[[str, str], None], tmp_path: Path, name: str
    ) -> None:
        pair(SUPERIOR, DRAFT)
        done = plancheck("cover", "superior.txt", "draft.txt", "-o", name)
        assert f"plancheck: {name}: 是要检查的方案，不能用报告覆盖" in done.stderr
        assert done.returncode == 2
        assert (tmp_path / "superior.txt").read_text(encoding="utf-8") == SUPERIOR
        assert (tmp_path / "draft.txt").read_text(encoding="utf-8") == DRAFT

    def test_without_the_library_the_extra_is_named(
        self, plancheck: Run, pair: Callable[[str, str], None], tmp_path: Path
    ) -> None:
        pair(SUPERIOR, DRAFT)
        gone = tmp_path / "gone"
        gone.mkdir()
        (gone / "rapidfuzz.py").write_text('raise ModuleNotFoundError("no rapidfuzz", name="rapidfuzz")\n')
        done = plancheck("cover", "superior.txt", "draft.txt", PYTHONPATH=str(gone))
        assert done.stderr == "plancheck: 对照方案需要 rapidfuzz，请先安装：pip install 'plancheck[cover]'\n"
        assert (done.stdout, done.returncode) == ("", 2)
        assert plancheck("parse", "draft.txt", PYTHONPATH=str(gone)).returncode == 0
        assert plancheck("schema", "cover", PYTHONPATH=str(gone)).returncode == 0, "a schema compares nothing"

    def test_words_of_a_plugin_count(self, plancheck: Run, pair: Callable[[str, str], None], tmp_path: Path) -> None:
        pair(
            SUPERIOR.replace("居民阅读率达到80%", "纸质图书破损率达到3%"),
            DRAFT.replace("居民阅读率达到80%", "纸质图书破损率达到5%"),
        )
        assert plancheck("cover", "superior.txt", "draft.txt").returncode == 0
        words = tmp_path / "words"
        words.mkdir()
        (words / "coverage.yaml").write_text("less_is_better: [破损率]\n", encoding="utf-8")
        (tmp_path / "mine.py").write_text(
            "from pathlib import Path\nfrom checker.hookspecs import hookimpl\n\n\n"
            "@hookimpl\ndef plancheck_lexicon():\n    return [Path(__file__).parent / 'words']\n",
            encoding="utf-8",
        )
        done = plancheck("cover", "superior.txt", "draft.txt", "--plugin", "mine.py")
        assert (done.stderr, done.returncode) == ("", 1)
        assert "目标低于上级要求（1）" in done.stdout
        assert plancheck("cover", "superior.txt", "draft.txt", "--plugin", "none.py").returncode == 2


class TestHarm:
    @pytest.mark.parametrize("form", ["text", "markdown", "html"])
    def test_no_plan_commands_the_terminal(self, plancheck: Run, pair: Callable[[str, str], None], form: str) -> None:
        evil = ESCAPES[2:]
        assert len(evil) == 2
        pair(
            SUPERIOR.replace("办好", evil).replace("居民", f"居{evil}民").replace("校园", f"校{evil}园"),
            DRAFT.replace("上好", evil),
        )
        done = plancheck("cover", "superior.txt", "draft.txt", "--format", form, "-v")
        assert harmless(done.stdout, done.stderr)
        assert done.returncode == 0
