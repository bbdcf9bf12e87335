"""``checkstyle``: XML that Jenkins and editors read."""

from __future__ import annotations

from xml.etree import ElementTree

from reports import report, violation

from checker.reporters.checkstyle import render

from .reviewed import EVIL, alone, reviewed

ZH = """\
<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="0.1.0">
  <file name="drafts/棠城县 方案.txt">
    <error line="4" column="8" severity="warning" message="半角标点“,”（共 3 处，见第 4、9 行）" \
source="plancheck.gongwen/punctuation-width" />
    <error line="8" column="3" severity="error" message="措施“办好赛事”没有写明牵头单位" \
source="plancheck.plan/lead-unit" />
    <error line="11" column="1" severity="info" message="阶段先后颠倒" source="plancheck.plan/stages-order" />
    <error line="1" severity="error" message="规则 plan/unit-name 未能执行：超时" source="plancheck.plan/unit-name" />
  </file>
  <file name="drafts/扫描件.txt">
    <error line="1" severity="error" message="无法检查：文件是空的" source="plancheck" />
  </file>
</checkstyle>
"""


def test_a_whole_report() -> None:
    assert render(reviewed()) == ZH


def test_a_report_in_english_with_what_is_accepted() -> None:
    errors = ElementTree.fromstring(render(reviewed("en", shows_waived=True))).findall("file/error")
    assert [one.get("message") for one in errors] == [
        "Half-width mark “,” (3 places, lines 4, 9)",
        "A target names no year (waived: 本级不设年度目标; 张三; until 2026-12-31)",
        "Measure “办好赛事” names no lead unit",
        "Stages out of order",
        "rule plan/unit-name was not evaluated: it took too long",
        "not checked: the file is empty",
    ]


def test_nothing_found_is_a_document_all_the_same() -> None:
    assert render(report()) == '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="0" />\n'


def test_hostile_words_stay_words() -> None:
    made = render(alone(violation("f0", message=EVIL), f'{EVIL}]]>&amp;"'))
    root = ElementTree.fromstring(made)
    assert [element.tag for element in root.iter()] == ["checkstyle", "file", "error"]
    assert (root[0].get("name") or "").endswith('| a | b |]]>&amp;"')
    assert "<b>|*_`x`_*{0} %0A::error::" in (root[0][0].get("message") or "")
    assert not any(char in made for char in "\x1b\x07\u202e\ufffe\r")
    assert made.count("\n") == 6, "no line break of a draft is one of the report"
