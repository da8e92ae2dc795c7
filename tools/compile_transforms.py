"""Compiles the pure part of ``transforms`` with mypyc, beside its sources: the same code, values and tests, for less CPU.

    python tools/compile_transforms.py            build (two minutes; wants a C compiler and Python's headers)
    python tools/compile_transforms.py --remove   go back to the plain modules

What is compiled is what runs for every notice: readers of file formats, whose time is in their libraries, and the records, which are
msgspec's own C structs, stay as they are. Python imports a compiled module before its source, so a source that was edited later must
not be hidden by one: ``stale`` names such modules, and the tests refuse to run over them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GROUP = "taizhang"
_SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")
_PACKAGES = ("claims", "dates", "identity", "lexicons", "numbers", "outline", "references", "text")
_MODULES = ("layout", "notice", "source")


def sources() -> list[Path]:
    """The modules that are compiled, below the project's root."""
    folder = ROOT / "transforms"
    return sorted(
        path
        for path in (
            *(one for package in _PACKAGES for one in (folder / package).glob("*.py")),
            *(folder / f"{name}.py" for name in _MODULES),
        )
        if path.name != "__init__.py"
    )


def compiled() -> list[Path]:
    """The extensions that stand beside their sources, and the one that holds the code of all."""
    return sorted([*(ROOT / "transforms").rglob(f"*{_SUFFIX}"), *ROOT.glob(f"{GROUP}__mypyc*{_SUFFIX}")])


def stale() -> list[Path]:
    """Sources that were changed behind the extension that hides them."""
    return [
        path
        for path in sources()
        if (built := path.with_name(path.stem + _SUFFIX)).exists() and built.stat().st_mtime < path.stat().st_mtime
    ]


def build() -> None:
    """Compile all sources; on failure nothing compiled stays."""
    try:
        from mypyc.build import mypycify
        from setuptools import Distribution
        from setuptools.command.build_ext import build_ext
        from setuptools.errors import BaseError
    except ImportError as error:
        sys.exit(f"mypyc and setuptools are needed to compile, and {error.name} is not installed: run make install")

    class Parallel(build_ext):
        """Compiles the C files side by side; setuptools takes the files of one extension one after the other."""

        def build_extensions(self) -> None:
            one_by_one = self.compiler.compile

            def side_by_side(files: Sequence[str], **options: Any) -> list[str]:
                with ThreadPoolExecutor(os.cpu_count()) as pool:
                    return [part for parts in pool.map(lambda file: one_by_one([file], **options), files) for part in parts]

            self.compiler.compile = side_by_side
            super().build_extensions()

    remove()
    os.chdir(ROOT)
    target = tempfile.mkdtemp(prefix="taizhang-mypyc-")
    try:
        modules = [str(path.relative_to(ROOT)) for path in sources()]
        # -O1 takes half the time of -O2 and gives the same speed: what is left is in Python's own library
        extensions = mypycify(modules, opt_level="1", debug_level="0", multi_file=True, group_name=GROUP, target_dir=target)
        command = Parallel(Distribution({"name": GROUP, "ext_modules": extensions, "packages": []}))
        command.inplace, command.build_temp = True, target
        command.ensure_finalized()
        command.run()
    except BaseError as error:
        remove()
        sys.exit(
            f"could not be compiled, the plain modules stay in use ({error}); a C compiler and Python's headers are needed: gcc, python3-dev"
        )
    finally:
        shutil.rmtree(target, ignore_errors=True)


def remove() -> None:
    """Take away what was compiled."""
    for path in compiled():
        path.unlink()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--remove", action="store_true", help="take away what was compiled")
    if parser.parse_args().remove:
        remove()
        return
    build()
    print(f"compiled {len(compiled()) - 1} modules; `make plain` goes back to the sources", file=sys.stderr)


if __name__ == "__main__":
    main()
