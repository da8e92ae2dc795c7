"""Tests run the sources, which they may patch, unless ``make test-compiled`` wants the compiled rules tested."""

from __future__ import annotations

import os

os.environ.setdefault("TAIZHANG_COMPILED", "0")
