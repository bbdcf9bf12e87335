"""Words of packs and plugins: a folder ``lexicon`` adds to the bundled words, for as long as it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import checker
from checker import engine, lexicon
from checker.engine import Review, Selection, check_paths
from checker.host import Host, host
from checker.lexicon_extension import use
from checker.model import Report
from checker.pack_folders import folders_of_words
from checker.problems import BadRule

Run = Callable[..., Any]
PACK = "title: 试验\nversion: 1.0.0\n"
ORGANS = "organs:\n  - {name: 经济促进, short: [经促]}\n"
UNITS = """\
云岭县招商工作方案（2024—2026年）

一、主要任务
1.办好推介会。每年两次。（县经济促进局牵头，县科协配合）
2.办好展览。每年一次。（县经济促进局牵头，县科协配合）
3.编印手册。免费发放。（县经促局牵头，县科协配合）
"""
UNIT_NAME = "同一单位两种写法：这里写“县经促局”，别处写“县经济促进局”（2处）"


@pytest.fixture(autouse=True)
def bundled_words_again() -> Iterator[None]:
    """Leave the other tests the bundled words."""
    yield
    use([])


class Pack:
    """A pack with words, and a draft to check with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "packs" / "local"
        (self.folder / "lexicon").mkdir(parents=True)
        (self.folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        self.draft = folder / "draft.txt"

    def words(self, **files: str) -> Pack:
        for name, text in files.items():
            (self.folder / "lexicon" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return self

    def check(self, text: str, *rules: str, cached: bool = False, local: bool = True) -> list[str]:
        """Return the messages about a draft."""
        self.draft.write_text(text, encoding="utf-8")
        places = (str(self.folder.parent),) if local else ()
        report = check_paths([str(self.draft)], Review(Selection(rules or ("all",)), cached=cached, rules=places))
        assert report.files[0].error is None
        return messages(report)


def messages(report: Report) -> list[str]:
    return [violation.message for file in report.files for violation in file.violations]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path)


class TestAdds:
    def test_an_organ(self, pack: Pack) -> None:
        assert pack.check(UNITS, "plan/unit-name") == []
        assert pack.words(organs=ORGANS).check(UNITS, "plan/unit-name") == [UNIT_NAME]

    def test_an_organ_that_takes_a_name_from_a_bundled_one(self, pack: Pack) -> None:
        # What one bureau does everywhere else, two do here.
        pack.words(organs="organs:\n  - {name: 本地体育, short: [文体]}\n  - {name: 本地文旅, short: [文旅]}\n")
        text = UNITS.replace("县经济促进局", "县文旅局").replace("县经促局", "县文体局")
        assert len(pack.check(text, "plan/unit-name", local=False)) == 1
        assert pack.check(text, "plan/unit-name") == []

    def test_a_document_that_stands_before_a_bundled_one(self, pack: Pack) -> None:
        text = (
            "云岭县健身方案（2024—2026年）\n\n根据《云岭县健身促进办法》（云政发〔2023〕6号）"
            "和《全民健身计划（2021—2025年）》（国发〔2021〕11号），制定本方案。\n"
        )
        assert pack.check(text, "gongwen/cited-document") == []
        pack.words(
            register="documents:\n  - {title: 云岭县健身促进办法, number: 云政发〔2023〕5号}\n"
            "  - {title: 全民健身计划（2021—2025年）, number: 国发〔2021〕99号}\n"
        )
        said = pack.check(text, "gongwen/cited-document")
        assert len(said) == 2
        assert "云政发〔2023〕5号" in said[0]
        assert "国发〔2021〕99号" in said[1]

    def test_a_role_of_sections(self, pack: Pack) -> None:
        text = "云岭县健身方案\n\n一、工作目标\n提升。\n二、主要任务\n1.办好赛事。办赛。\n三、兜底事项\n落实经费。\n"
        roles = "roles:\n  - {role: safeguards, title: ^兜底事项}\n"
        said = ["方案没有“组织实施或保障措施”部分"]
        assert pack.check(text, "plan/required-sections") == said
        assert pack.words(roles=roles).check(text, "plan/required-sections") == []

    def test_a_phrase(self, pack: Pack) -> None:
        text = "云岭县健身方案\n\n一、任务\n建设书香云岭、和谐云岭，办好县民中心，建设智慧城县。\n"
        words = (
            "phrases:\n  - {name: 书香云岭、文明云岭, pattern: '书香云岭.{1,4}云岭'}\nterms:\n  - {name: 市民中心}\n"
        )
        rules = ("gongwen/fixed-phrase", "gongwen/replaced-word")
        assert len(pack.check(text, *rules)) == 1
        assert len(pack.words(wordings=words).check(text, *rules)) == 3

    def test_to_a_table_and_to_the_lists_in_it(self, pack: Pack) -> None:
        pack.words(quantities="comparators: {'>=': [起码达到]}\n")
        there = lexicon.lexicon().quantities.comparators
        assert use([str(pack.folder / "lexicon")]) == ()
        added = lexicon.lexicon().quantities.comparators
        assert added[">="] == ("起码达到", *there[">="])
        assert {sign: words for sign, words in added.items() if sign != ">="} == {
            sign: words for sign, words in there.items() if sign != ">="
        }

    def test_to_a_table_of_texts_and_of_years_in_place_of_what_is_there(self, pack: Pack) -> None:
        pack.words(
            documents="five_year_plans: {十四五: [2021, 2026], 十七五: [2036, 2040]}\nweb_labels: {other: 名字}\n"
        )
        there = lexicon.lexicon().documents
        assert use([str(pack.folder / "lexicon")]) == ()
        added = lexicon.lexicon().documents
        assert added.five_year_plans == {**there.five_year_plans, "十四五": (2021, 2026), "十七五": (2036, 2040)}
        assert added.web_labels == {**there.web_labels, "other": "名字"}

    def test_a_key_of_a_table_that_was_not_there(self, pack: Pack) -> None:
        pack.words(rule_words="meanings: {paragraph: [自然段], novel: [小说]}\n")
        there = lexicon.lexicon().rule_words.meanings
        assert use([str(pack.folder / "lexicon")]) == ()
        added = lexicon.lexicon().rule_words.meanings
        assert added["novel"] == ("小说",)
        assert added["paragraph"] == ("自然段", *there.get("paragraph", ()))

    def test_to_a_part_of_a_file(self, pack: Pack) -> None:
        pack.words(clauses="verbs: {lead: [挑头]}\n")
        there = lexicon.lexicon().clauses.verbs
        assert use([str(pack.folder / "lexicon")]) == ()
        assert lexicon.lexicon().clauses.verbs.lead == ("挑头", *there.lead)
        assert lexicon.lexicon().clauses.verbs.supporter == there.supporter

    def test_several_packs(self, pack: Pack, tmp_path: Path) -> None:
        other = tmp_path / "packs" / "other"
        (other / "lexicon").mkdir(parents=True)
        (other / "pack.yaml").write_text(PACK, encoding="utf-8")
        (other / "lexicon" / "organs.yaml").write_text("organs:\n  - {name: 民生服务}\n", encoding="utf-8")
        pack.words(organs=ORGANS)
        folders = folders_of_words([str(tmp_path / "packs")])
        assert folders == [str(pack.folder / "lexicon"), str(other / "lexicon")]
        assert folders_of_words([str(other)]) == [str(other / "lexicon")]
        assert use(folders) == ()
        assert {"经济促进", "民生服务"} <= {organ.name for organ in lexicon.lexicon().organs.organs}

    def test_a_folder_of_words_is_no_folder_of_rules_that_is_not_read(self, plancheck: Run, pack: Pack) -> None:
        pack.words(organs=ORGANS)
        pack.draft.write_text(UNITS, encoding="utf-8")
        done = plancheck(
            "check", str(pack.draft), "--rules", str(pack.folder), "--select", "plan/unit-name", "--format", "concise"
        )
        assert done.stdout == f"{pack.draft}:6:14: warning plan/unit-name {UNIT_NAME}\n"
        assert (done.stderr, done.returncode) == ("", 1)


class TestForgets:
    def test_the_next_run_without_the_pack_has_the_bundled_words(self, pack: Pack) -> None:
        pack.words(organs=ORGANS)
        assert pack.check(UNITS, "plan/unit-name") == [UNIT_NAME]
        assert pack.check(UNITS, "plan/unit-name", local=False) == []
        assert pack.check(UNITS, "plan/unit-name") == [UNIT_NAME]

    def test_a_program_that_parses_after_a_run_with_the_pack(self, pack: Pack) -> None:
        pack.words(roles="roles:\n  - {role: safeguards, title: ^兜底事项}\n")
        pack.check("云岭县健身方案\n\n一、兜底事项\n落实经费。\n")
        assert checker.parse(pack.draft).sections[0].role == "other"

    def test_another_run_that_was_prepared_before_it_was_read(self, pack: Pack) -> None:
        pack.words(organs=ORGANS).draft.write_text(UNITS, encoding="utf-8")
        select = Selection(("plan/unit-name",))
        with_pack, without = Review(select, rules=(str(pack.folder.parent),)), Review(select)
        assert messages(check_paths([str(pack.draft)], with_pack)) == [UNIT_NAME]
        assert messages(check_paths([str(pack.draft)], without)) == []
        assert messages(check_paths([str(pack.draft)], with_pack)) == [UNIT_NAME]

    def test_everything_that_was_made_of_words(self, pack: Pack) -> None:
        names = [name for name in dir(lexicon.lexicon()) if not name.startswith("_")]
        before = {name: getattr(lexicon.lexicon(), name) for name in names}
        pack.words(organs=ORGANS, roles="tasks: [攻坚战]\n", units="groups: [攻坚专班]\n").check(UNITS)
        assert lexicon.lexicon().organs != before["organs"]
        use([])
        assert {name: getattr(lexicon.lexicon(), name) for name in names} == before


class TestCache:
    def test_a_changed_file_of_words_is_noticed(
        self, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "cache"))
        for _ in range(2):
            assert pack.words(organs=ORGANS).check(UNITS, "plan/unit-name", cached=True) == [UNIT_NAME]
        other = ORGANS.replace("[经促]", "[经办]")
        assert len(other.encode()) == len(ORGANS.encode())
        assert pack.words(organs=other).check(UNITS, "plan/unit-name", cached=True) == []
        assert pack.words(organs=ORGANS).check(UNITS, "plan/unit-name", cached=True) == [UNIT_NAME]
        (pack.folder / "lexicon" / "organs.yaml").unlink()
        assert pack.check(UNITS, "plan/unit-name", cached=True) == []

    def test_an_unchanged_draft_is_not_read_again_with_words_either(
        self, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "cache"))
        pack.words(organs=ORGANS).check(UNITS, "plan/unit-name", cached=True)

        def refuse(path: str, review: Review) -> None:
            raise AssertionError("checked again")

        monkeypatch.setattr(engine, "check_file", refuse)
        assert pack.check(UNITS, "plan/unit-name", cached=True) == [UNIT_NAME]


MISTAKES = {
    "an unknown key": ("organs", "organz:\n  - {name: 经济促进}\n", 1, "您是不是想写“organs”"),
    "an unknown key of an entry": ("organs", "organs:\n  - {nmae: 经济促进}\n", 2, "您是不是想写“name”"),
    "an entry without what it needs": ("organs", "organs:\n  - {short: [经促]}\n", 2, "name"),
    "a text for a list": ("organs", "endings: 署\n", 1, "列表"),
    "a value that is none": ("roles", "roles:\n  - {role: gaols, title: 目标}\n", 2, "objectives"),
    "what is a single text": ("wordings", "levels: 省市\n", 1, "levels"),
    "a word that YAML bends": ("organs", "endings: [no]\n", 1, "'no'"),
    "a year that is none": ("register", "documents:\n  - {title: 办法, since: 今年}\n", 2, "整数"),
    "a key twice": ("organs", "endings: [署]\nendings: [处]\n", 2, "重复"),
    "broken YAML": ("organs", "endings: [署\n", 1, ""),
    "a broken pattern": ("roles", "roles:\n  - {role: other, title: '((兜底'}\n", 2, "有误"),
    "a broken pattern in a list": ("roles", "generic: [事项, '[']\n", 1, "有误"),
    "a broken pattern in a part of a file": ("clauses", "verbs:\n  lead: [挑头, '(']\n", 2, "有误"),
    "a broken pattern in a table": ("clauses", "marks: {lead: '('}\n", 1, "有误"),
    "a broken pattern of a phrase": ("wordings", "phrases:\n  - {name: 甲乙, pattern: '('}\n", 2, "有误"),
    "a pattern that anything matches": ("roles", "roles:\n  - {role: other, title: '兜底|'}\n", 2, "匹配空文字"),
    "a pattern that may take for ever": ("roles", "roles:\n  - {role: other, title: '(.*)*兜底'}\n", 2, "要简单"),
    "a list left empty": ("roles", "roles:\n", 1, "列表"),
    "a list in a part left empty": ("clauses", "verbs: {lead: }\n", 1, "列表"),
    "a word of no characters": ("quantities", "from: [甲, '']\n", 1, "长度最小为 1"),
    "a key of no characters": ("documents", "five_year_plans: {'': [2021, 2025]}\n", 1, "长度最小为 1"),
    "a key that means nothing": ("counts", "of:\n  novels: [小说]\n", 2, "actions"),
    "a level that is none": ("roles", "roles:\n  - {role: other, title: 兜底, level: inner}\n", 2, "nested"),
    "a term in which nothing can be replaced": ("wordings", "terms:\n  - {name: 民心工程}\n", 2, "没有层级的字"),
    "a pattern that only regex knows": ("units", "not_a_level: ['\\p{Han}甲']\n", 1, "要简单"),
}


class TestMistakes:
    def said(self, pack: Pack) -> list[str]:
        problems = use([str(pack.folder / "lexicon")])
        assert all(problem.en for problem in problems)
        return [problem.zh.removeprefix(f"{pack.folder / 'lexicon'}/") for problem in problems]

    @pytest.mark.parametrize(("name", "text", "line", "word"), MISTAKES.values(), ids=MISTAKES)
    def test_in_a_file(self, pack: Pack, name: str, text: str, line: int, word: str) -> None:
        (problem,) = self.said(pack.words(**{name: text}))
        assert problem.startswith(f"{name}.yaml:{line}:")
        assert word in problem

    def test_a_file_with_nothing_in_it(self, pack: Pack) -> None:
        assert self.said(pack.words(organs="")) == ["organs.yaml: 文件是空的"]

    def test_a_file_of_another_name_gets_a_guess(self, pack: Pack) -> None:
        (problem,) = self.said(pack.words(organ=ORGANS))
        assert problem.startswith("organ.yaml:1:1: 没有名为“organ”的词表；可用的：")
        assert "您是不是想写“organs”？" in problem

    @pytest.mark.parametrize("name", ["organs.yml", "organs.yaml.txt", "ORGANS.YAML"])
    def test_a_file_with_another_ending(self, pack: Pack, name: str) -> None:
        (pack.folder / "lexicon" / name).write_text(ORGANS, encoding="utf-8")
        assert self.said(pack) == [f"{name}: 词表文件应以 .yaml 结尾，不读"]

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        (problem,) = use([str(tmp_path / "nowhere")])
        assert problem.zh.startswith(f"{tmp_path / 'nowhere'}: 无法读取")

    def test_other_files_are_nobodys_business(self, pack: Pack) -> None:
        (pack.folder / "lexicon" / "README.md").write_text("说明", encoding="utf-8")
        assert self.said(pack.words(organs=ORGANS)) == []

    def test_words_that_are_no_patterns_may_hold_any_signs(self, pack: Pack) -> None:
        assert self.said(pack.words(organs="organs:\n  - {name: '经济(促进'}\n", units="groups: ['专班*']\n")) == []

    def test_the_good_files_beside_it_hold(self, pack: Pack) -> None:
        assert len(self.said(pack.words(organs=ORGANS, roles="roels: []\n"))) == 1
        assert "经济促进" in {organ.name for organ in lexicon.lexicon().organs.organs}

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_they_end_a_run_with_status_2_and_leave_the_report_whole(
        self, plancheck: Run, pack: Pack, language: str
    ) -> None:
        pack.words(organs=ORGANS.replace("short", "shrot"))
        pack.draft.write_text(UNITS, encoding="utf-8")
        arguments = ("check", str(pack.draft), "--rules", str(pack.folder), "--select", "plan/lead-unit")
        for _ in range(2):  # the second run says so, too
            done = plancheck(*arguments, "--lang", language)
            place = f"{pack.folder / 'lexicon' / 'organs.yaml'}:2:18: "
            assert done.stderr.startswith(f"plancheck: {place}")
            assert "short" in done.stderr
            assert done.stdout.startswith("检查了 1 份方案" if language == "zh" else "1 plan checked")
            assert done.returncode == 2

    @pytest.mark.parametrize("command", [("test",), ("rules",), ("explain", "plan/lead-unit")])
    def test_other_commands_say_so_too(self, plancheck: Run, pack: Pack, command: tuple[str, ...]) -> None:
        pack.words(organs=ORGANS.replace("short", "shrot"))
        select = ("--select", "plan/lead-unit") if command[0] != "explain" else ()
        done = plancheck(*command, "--rules", str(pack.folder), *select)
        assert "organs.yaml:2:18: " in done.stderr
        assert done.returncode == 2

    def test_a_program_gets_them_as_an_error(self, pack: Pack) -> None:
        pack.words(organs=ORGANS.replace("short", "shrot"))
        pack.draft.write_text(UNITS, encoding="utf-8")
        with pytest.raises(BadRule, match=r"organs\.yaml:2:18"):
            checker.check(pack.draft, rules=pack.folder)


class TestPlugins:
    def test_a_hook_gives_folders_of_words(self, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        words = tmp_path / "plugin"
        words.mkdir()
        (words / "organs.yaml").write_text(ORGANS, encoding="utf-8")

        plugin = tmp_path / "words.py"
        plugin.write_text(
            "from checker.hookspecs import hookimpl\n\n\n@hookimpl\n"
            f"def plancheck_lexicon():\n    return [{str(words)!r}]\n",
            encoding="utf-8",
        )
        with_plugin = Host((str(plugin),))
        monkeypatch.setattr(engine, "host", lambda: with_plugin)
        assert with_plugin.word_places == [str(words)]
        assert pack.check(UNITS, "plan/unit-name") == [UNIT_NAME]

    def test_parsing_takes_those_of_plugins_too(self, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
        pack.words(roles="roles:\n  - {role: safeguards, title: ^兜底事项}\n")
        pack.draft.write_text("云岭县健身方案\n\n一、兜底事项\n落实经费。\n", encoding="utf-8")
        monkeypatch.setattr(host(), "word_places", [str(pack.folder / "lexicon")])
        assert checker.parse(pack.draft).sections[0].role == "safeguards"
        pack.words(roles="roels: []\n")
        with pytest.raises(BadRule, match="roels"):
            checker.parse(pack.draft)

    def test_without_one_there_are_none(self) -> None:
        assert Host().word_places == []
