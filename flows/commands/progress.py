"""A progress line on stderr, for people at a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

from flows.run import Progress

_EVERY_SECONDS = 0.1


def progress_line(is_quiet: bool) -> Callable[[Progress], None] | None:
    """A function that redraws one line, or None where nobody would see it."""
    if is_quiet or not sys.stderr.isatty():
        return None
    shown = 0.0

    def show(progress: Progress) -> None:
        nonlocal shown
        if time.monotonic() - shown < _EVERY_SECONDS and progress.done < progress.total:
            return
        shown = time.monotonic()
        share = progress.done / progress.total if progress.total else 1.0
        bar = "█" * round(share * 24)
        click.echo(f"\r\x1b[K{bar:░<24} {progress.done}/{progress.total} files, {progress.stage} …", err=True, nl=False)

    return show


def clear_line(is_quiet: bool) -> None:
    """Remove the progress line, so that the summary stands alone."""
    if not is_quiet and sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
