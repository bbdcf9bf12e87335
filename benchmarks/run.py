"""Measure an installed plancheck against its budgets; see README.md."""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from plans import long_plan, write_plans

HERE = Path(__file__).resolve().parent
SHIPPED = ("checker", "grammars", "rules", "plugins", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")
Measured = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """One line of the table: a ratio and what it may be."""

    name: str
    ratio: float
    budget: float
    at_least: bool = False
    detail: str = ""

    @property
    def kept(self) -> bool:
        """True where the budget is kept."""
        return self.ratio >= self.budget if self.at_least else self.ratio <= self.budget

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        kept = "yes" if self.kept else "NO"
        return f"{self.name:<16}{self.ratio:>7.2f} ×  {sign} {self.budget:<5g}{kept:<5}{self.detail}"


class Bench:
    """The measured environment: its interpreter, a folder to work in, a cache of its own."""

    def __init__(self, python: Path, place: Path, rounds: int) -> None:
        self.python, self.place, self.rounds = python, place, rounds
        self.cache = place / "plancheck"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self.environment.pop("PLANCHECK_CACHE_DIR", None)  # as for most people: the folder is looked for
        self.environment["XDG_CACHE_HOME"] = str(place)

    def cpu(self, *arguments: str | Path) -> float:
        """Run a command and return its CPU time in seconds, user and system."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._run(arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def clock(self, *arguments: str | Path) -> float:
        """Run a command and return the time that it took by the clock, in seconds."""
        start = perf_counter()
        self._run(arguments)
        return perf_counter() - start

    def peak(self, *arguments: str | Path) -> float:
        """Run a command and return its peak memory in MB."""
        process = subprocess.Popen(
            self._command(arguments), cwd=self.place, env=self.environment, stdout=subprocess.DEVNULL
        )
        _, _, usage = os.wait4(process.pid, 0)
        return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)

    def output(self, *arguments: str | Path) -> str:
        """Run a command and return what it prints."""
        done = subprocess.run(
            self._command(arguments), cwd=self.place, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def in_turn(self, *actions: Callable[[], float]) -> list[float]:
        """Return the medians of what actions measure, run in turn; the first round warms up."""
        taken = [[action() for action in actions] for _ in range(self.rounds + 1)][1:]
        return [median(column) for column in zip(*taken, strict=True)]

    def _command(self, arguments: Sequence[str | Path]) -> list[str]:
        """Return the whole command: plancheck's own, or the interpreter with what it is to run."""
        program = self.python.with_name("plancheck") if arguments[:1] == ("check",) else self.python
        return [str(program), *map(str, arguments)]

    def _run(self, arguments: Sequence[str | Path]) -> None:
        done = subprocess.run(
            self._command(arguments), cwd=self.place, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1):  # 1: violations, as there should be
            raise SystemExit(f"{' '.join(map(str, arguments))}: {done.stderr}")


CHECK = ("check", "--format", "concise")


def starting(bench: Bench) -> list[Line]:
    """Measure one plan in a process of its own, with and without a kept result."""
    plan = bench.place / "plan.txt"
    plan.write_text(long_plan(), encoding="utf-8")

    def cold() -> float:
        shutil.rmtree(bench.cache / "results", ignore_errors=True)
        return bench.cpu(*CHECK, plan)

    nothing, first, again = bench.in_turn(lambda: bench.cpu("-c", "pass"), cold, lambda: bench.cpu(*CHECK, plan))
    beside = f"python -c pass {nothing * 1000:.1f} ms"
    return [
        Line("cold", first / nothing, 8, detail=f"{first * 1000:.0f} ms, {beside}"),
        Line("unchanged", again / nothing, 5, detail=f"{again * 1000:.0f} ms, {beside}"),
    ]


def warm(bench: Bench) -> list[Line]:
    """Measure one plan in a process that has done it before."""
    plan = bench.place / "plan.txt"
    timed = bench.output(HERE / "warm.py", plan, str(bench.rounds * 2))
    passed, parsed, checked, word_read, word_checked = json.loads(timed)
    beside = f"regex pass {passed * 1000:.2f} ms"
    return [
        Line("parsed", parsed / passed, 8, detail=f"{parsed * 1000:.1f} ms, {beside}"),
        Line("checked", checked / passed, 16, detail=f"{checked * 1000:.1f} ms, {beside}"),
        Line(
            "Word file read",
            word_read / word_checked,
            1,
            detail=f"{word_read * 1000:.1f} ms, parsed and checked {word_checked * 1000:.1f} ms",
        ),
    ]


def many(bench: Bench, few: int, lots: int) -> list[Line]:
    """Measure folders of plans: processes, growth and memory."""
    write_plans(bench.place / "few", few)
    write_plans(bench.place / "lots", lots)
    here = (*CHECK, "--no-cache", "--jobs")
    turns = max(1, bench.rounds // 5)
    one, two = Bench(bench.python, bench.place, turns).in_turn(
        lambda: bench.clock(*here, "1", "few"), lambda: bench.clock(*here, "2", "few")
    )
    small, large = bench.cpu(*here, "1", "few"), bench.cpu(*here, "1", "lots")
    peak_small, peak_large = bench.peak(*here, "1", "few"), bench.peak(*here, "1", "lots")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    growth = (large / lots) / (small / few)
    return [
        Line("two processes", one / two, 1.8, True, f"{few} plans: {one:.1f} s and {two:.1f} s, {cores} cores"),
        Line(
            "growth",
            growth,
            1.2,
            detail=f"a plan: {small / few * 1000:.1f} ms of {few}, {large / lots * 1000:.1f} ms of {lots}",
        ),
        Line(
            "memory",
            peak_large / peak_small,
            1.5,
            detail=f"{peak_small:.0f} MB for {few}, {peak_large:.0f} MB for {lots}",
        ),
    ]


def installed(place: Path) -> Path:
    """Build a wheel from a copy of the checkout, install it, and return the interpreter."""
    copy = place / "source"
    for name in SHIPPED:
        source = HERE.parent / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    venv.create(place / "venv", with_pip=True)
    python = place / "venv" / "bin" / "python"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    install = [python, "-m", "pip", "install", "--quiet", "--compile", f"{copy}[docx]"]
    subprocess.run(install, check=True, env=environment)
    return python


def main() -> int:
    """Print the table; return 1 where a budget is not kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--python", type=Path, help="interpreter of an environment with plancheck installed")
    options.add_argument("--quick", action="store_true", help="fewer rounds and plans")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="plancheck-bench-") as folder:
        place = Path(folder)
        bench = Bench(given.python.absolute() if given.python else installed(place), place, 7 if given.quick else 21)
        where = bench.output("-c", "import checker; print(checker.__file__)").strip()
        if "site-packages" not in where:
            raise SystemExit(f"{where}: not an installed wheel but a checkout; its times would mean nothing")
        lines = [*starting(bench), *warm(bench), *(many(bench, 100, 500) if given.quick else many(bench, 500, 5000))]
    print(f"{'':<16}{'ratio':>9}  {'budget':<7}{'kept':<5}")
    print("\n".join(map(str, lines)))
    return int(not all(line.kept for line in lines))


if __name__ == "__main__":
    sys.exit(main())
