"""Options and error messages that several commands share."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from typing import Any

import click

from flows.secrets import masked
from flows.settings import Settings, SettingsError, load

warehouse_option = click.option(
    "--warehouse", metavar="DIR", help="Folder of the warehouse (default: setting warehouse, else ./warehouse-data)."
)

checks_option = click.option(
    "--checks", metavar="DIR", help="Folder of your own check files, beside the packaged checks (default: setting checks)."
)

wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="How long to wait for another writer (default: setting lock_wait_seconds).",
)


def settings(**given: Any) -> Settings:
    """The settings in force; a wrong one is a usage error (exit code 2)."""
    try:
        return load(given)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turn what a user can mend into one clear line and exit code 1; the warehouse is as before the batch at hand."""
    import duckdb

    from expectations.run import CheckError
    from warehouse.backup import BackupFailed
    from warehouse.lake import ExtensionMissing, WarehouseDamaged, WarehouseMissing, first_line
    from warehouse.lock import LockHeld

    try:
        yield
    except (WarehouseMissing, ExtensionMissing) as error:
        raise click.ClickException(str(error)) from error
    except WarehouseDamaged as error:
        raise click.ClickException(
            f"{masked(str(error))}. taizhang doctor tells what is damaged; taizhang restore or doctor --repair mends it."
        ) from error
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    except (BackupFailed, CheckError) as error:
        raise click.ClickException(str(error)) from error
    except LockHeld as error:
        raise click.ClickException(f"{error}. Try again later, or wait for it with --wait SECONDS.") from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise click.ClickException(_full(error.strerror or str(error))) from error
        raise click.ClickException(f"{error.strerror}: {error.filename}" if error.filename else str(error)) from error
    except duckdb.Error as error:
        words = masked(first_line(error))
        if any(hint in str(error).lower() for hint in ("no space left", "disk is full", "disk quota", "file too large")):
            raise click.ClickException(_full(words)) from error
        raise click.ClickException(words) from error


def _full(words: str) -> str:
    return f"the disk is full ({words}); the batch at hand was rolled back. Free some space and run again: finished batches are kept."
