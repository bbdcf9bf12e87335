"""Environments of their own: what is installed in them, and nothing of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path

_SURROUNDINGS = ("PYTHONPATH", "VIRTUAL_ENV", "PLANCHECK_DISABLE_PLUGINS", "PYTEST_ADDOPTS")
BUILT = ("__pycache__", "build", "dist", "*.egg-info", ".pytest_cache")
"""What building and testing leave in a folder."""


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command where it cannot find the repository by itself."""
    around = {name: value for name, value in os.environ.items() if name not in _SURROUNDINGS}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**around, "PLANCHECK_CACHE_DIR": str(cwd / ".cache"), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    print(f"$ {' '.join(map(str, command))}\n{done.stdout}\nstderr:\n{done.stderr}\nexit status {done.returncode}")
    return done


class Environment:
    """A virtual environment that sees, beside what is installed in it, what lies in a few other folders."""

    def __init__(self, folder: Path, sees: Sequence[Path] = (), *, with_pip: bool = False) -> None:
        venv.create(folder, with_pip=with_pip)
        self.folder = folder
        self.commands = folder / ("Scripts" if sys.platform == "win32" else "bin")
        """Where its commands are."""
        self.python = self.commands / "python"
        self.packages = Path(
            sysconfig.get_path("purelib", "venv", {"base": str(folder), "installed_base": str(folder)})
        )
        """Its site-packages."""
        # A path in a .pth file is appended; .pth files that lie there, as editable installs have them, are not read.
        (self.packages / "seen.pth").write_text("".join(f"{place}\n" for place in sees), encoding="utf-8")

    def install(self, *wheels: Path) -> subprocess.CompletedProcess[str]:
        """Install wheels; what they require has to be there: nothing is fetched."""
        pip = (sys.executable, "-m", "pip", "--python", self.python)
        return run(*pip, "install", "--quiet", "--no-index", *wheels, cwd=self.folder)

    def run(self, *arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run its Python with ``arguments``."""
        return run(self.python, *arguments, cwd=cwd, **environment)

    def plancheck(self, *arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run its ``plancheck``."""
        return self.run("-m", "checker", *arguments, cwd=cwd, **environment)


def copy_distributions(names: Sequence[str], place: Path) -> None:
    """Copy installed distributions and all that they require into a folder, and nothing of what lies beside them."""
    for one in _required(names, {}):
        for file in one.files or ():
            source = Path(str(one.locate_file(file)))
            if ".." not in file.parts and source.is_file() and source.suffix != ".pyc":
                target = place / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)


def _required(names: Sequence[str], seen: dict[str, Distribution]) -> Iterator[Distribution]:
    from packaging.requirements import Requirement

    for name in names:
        if name not in seen:
            seen[name] = distribution(name)
            yield seen[name]
            wanted = map(Requirement, seen[name].requires or ())
            yield from _required([one.name for one in wanted if not one.marker or one.marker.evaluate()], seen)
