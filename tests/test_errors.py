"""What a person reads who has made a mistake: what is wrong, and what to do next.

``errors.zh.txt`` and ``errors.en.txt`` hold the calls and the whole of what is printed, as a person has
approved it. What click says in English is not among it: that may change with click.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from drafts import BAD, CLEAN

from checker import cli
from checker.host import host

HERE = Path(__file__).resolve().parent


class Mistake(NamedTuple):
    """A call with a mistake, and what is printed."""

    language: str
    call: str
    said: str


def mistakes() -> Iterator[Mistake]:
    plugins = host((), False)
    for language, joint in (("zh", "、"), ("en", ", ")):
        text = (HERE / f"errors.{language}.txt").read_text(encoding="utf-8")
        names = {"commands": joint.join(plugins.own_commands), "formats": joint.join(sorted(plugins.reporters))}
        for block in re.split(r"^\$ plancheck ", text, flags=re.MULTILINE)[1:]:
            call, _, said = block.partition("\n")
            for name, there_are in names.items():
                said = said.replace(f"{{{name}}}", there_are)
            yield Mistake(language, call, said.rstrip("\n"))


MISTAKES = list(mistakes())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the mistakes are made."""
    for folder in ("drawings", "packs"):
        (tmp_path / folder).mkdir()
    for name, text in {
        "draft.txt": BAD,
        "clean.txt": CLEAN,
        "empty.txt": "",
        "wrong.yaml": "selct: [plan]\nignore: plan\n",
        "broken.yaml": '{"a": [\n',
        "there.json": "{}",
        "plugin.py": "1 / 0\n",
        ".plancheck.yaml": "",
        "packs/pack.yaml": "title: 试验\nversion: 1.0.0\n",
        "packs/wrong.yaml": "title: 试验\nseverity: bad\nnode: measure\ncheck: requird\nmessage: 试验\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("picture.png", "drawings/picture.png"):
        (tmp_path / name).write_bytes(bytes(range(256)))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.language}: {mistake.call}")
def test_it_is_said_what_to_do(
    mistake: Mistake, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANCHECK_LANG", mistake.language)
    with pytest.raises(SystemExit) as ended:
        cli.main(shlex.split(mistake.call))
    out, err = capsys.readouterr()
    assert (out + err).replace(str(place), "…").rstrip("\n") == mistake.said
    assert ended.value.code == 2


def test_both_languages_speak_of_the_same_mistakes() -> None:
    chinese, english = ({one.call for one in MISTAKES if one.language == language} for language in ("zh", "en"))
    assert english < chinese
    usage = {one.call for one in MISTAKES if one.language == "zh" and "错误：" in one.said}
    assert chinese - english == usage, "those that click tells in English"


class TestLibrariesThatAreMissing:
    """What an extra brings is asked for where it is needed, with the command that installs it."""

    @pytest.mark.parametrize(
        ("module", "call", "said"),
        [
            (
                "rapidfuzz",
                "cover draft.txt clean.txt",
                "对照方案需要 rapidfuzz，请先安装：pip install 'plancheck[cover]'",
            ),
            (
                "xlsxwriter",
                "tasks draft.txt -o tasks.xlsx",
                "写 xlsx 需要 XlsxWriter：pip install 'plancheck[xlsx]'；或改用 --format csv",
            ),
        ],
    )
    def test_are_named(
        self,
        place: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        module: str,
        call: str,
        said: str,
    ) -> None:
        import sys

        for name in [name for name in sys.modules if name.startswith(("checker.coverage", "checker.matrix"))]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(SystemExit) as ended:
            cli.main(shlex.split(call))
        assert (capsys.readouterr().err, ended.value.code) == (f"plancheck: {said}\n", 2)
