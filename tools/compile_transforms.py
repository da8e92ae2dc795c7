"""Compiles a copy of the rules with mypyc into var/compiled: the same values and tests, for a quarter less CPU.

    python -m tools.compile_transforms      wants a C compiler and Python's headers

``transforms/compiled.py`` uses the copy as long as no source was touched since. A copy, because Python takes a compiled module before its
source: beside it, an old one would hide an edited rule.

What is compiled is what runs for every notice. Readers of file formats, whose time is in their libraries, and records, which msgspec
keeps in C already, stay as they are.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tools.native_structs import as_classes
from transforms.compiled import FOLDER, SETTING, STAMP, state

ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("claims", "dates", "identity", "lexicons", "numbers", "outline", "references", "text")
_MODULES = ("layout", "notice", "source")


def sources(root: Path) -> list[str]:
    """The modules that are compiled, as paths below ``root``."""
    folder = root / "transforms"
    found = [path for package in _PACKAGES for path in (folder / package).glob("*.py") if path.name != "__init__.py"]
    return sorted(str(path.relative_to(root)) for path in (*found, *(folder / f"{name}.py" for name in _MODULES)))


def copy(target: Path) -> None:
    """Put a fresh copy of the rules into ``target``."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "transforms", target / "transforms", ignore=shutil.ignore_patterns("__pycache__"))
    (target / "transforms/__init__.py").write_text('"""Compiled rules."""\n', "utf-8")


def fix_constants(module: Path) -> None:
    """Declare the constants of a copied module ``Final``, so that mypyc reads them without a look into the module's dictionary (3 %)."""
    text = as_classes(module.read_text("utf-8"))
    fixed = re.sub(r"(?m)^(_?[A-Z][A-Z0-9_]*) = ", r"\1: Final = ", text)
    if fixed != text:
        first = "from __future__ import annotations\n"
        module.write_text(fixed.replace(first, f"{first}\nfrom typing import Final\n", 1), "utf-8")


def compile_in(root: Path) -> int:
    """Compile the modules of the copy at ``root`` beside their sources, and return how many they are."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    class Parallel(build_ext):
        """Compiles C files side by side; setuptools takes those of one extension one after the other."""

        def build_extensions(self) -> None:
            one_by_one = self.compiler.compile

            def side_by_side(files: Sequence[str], **options: Any) -> list[str]:
                with ThreadPoolExecutor(os.cpu_count()) as pool:
                    return [made for part in pool.map(lambda file: one_by_one([file], **options), files) for made in part]

            self.compiler.compile = side_by_side
            super().build_extensions()

    os.chdir(root)
    modules = sources(root)
    for module in modules:
        fix_constants(root / module)
    # -O1 compiles in half the time of -O2 and runs as fast: what is left is in Python's own library
    extensions = mypycify(modules, opt_level="1", debug_level="0", multi_file=True, group_name="taizhang", target_dir="build")
    for extension in extensions:
        # the modules call and read each other within one library, where nobody else can come between
        extension.extra_compile_args = [*extension.extra_compile_args, "-fvisibility=hidden"]  # a new list: they share one
    command = Parallel(Distribution({"name": "taizhang", "ext_modules": extensions, "packages": []}))
    command.inplace, command.build_temp = True, "build"
    command.ensure_finalized()
    command.run()
    shutil.rmtree("build")
    return len(modules)


def main() -> None:
    """The command."""
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(__doc__)
        return
    if sys.argv[1:]:
        sys.exit("there is nothing to choose; --help tells more")
    before = state()
    copy(FOLDER)
    try:
        count = compile_in(FOLDER)
    except (Exception, SystemExit) as error:  # mypyc exits where a module does not pass its stricter look
        shutil.rmtree(FOLDER)
        sys.exit(
            f"could not compile ({error}): a C compiler and Python's headers are needed (Debian: gcc, python3-dev); taizhang runs without"
        )
    (FOLDER / STAMP).write_text(before, "utf-8")
    print(
        f"{count} modules compiled; they are used from now on, until a source is changed ({SETTING}=0 leaves them aside)", file=sys.stderr
    )


if __name__ == "__main__":
    main()
