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

_DOCTOR = "taizhang doctor tells what is damaged; taizhang restore or doctor --repair mends it."
_MEMORY = "Ask of fewer notices (taizhang query --list names what narrows a question), or let it have more: the setting memory_limit, such as TAIZHANG_MEMORY_LIMIT=2GB."
_ALWAYS = 10.0**9  # seconds; infinity is no JSON number, and Prefect keeps settings as JSON


wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    is_flag=False,
    flag_value=_ALWAYS,
    metavar="[SECONDS]",
    help="How long to wait for another writer to finish; without a number as long as it takes (default: setting lock_wait_seconds).",
)


def settings(**given: Any) -> Settings:
    """The settings in force; a wrong one is a usage error (exit code 2)."""
    try:
        return load(given)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turn what a user can mend into one clear line without secrets and exit code 1; the warehouse is as before the batch at hand."""
    import duckdb

    from expectations.run import CheckError
    from warehouse.backup import BackupFailed
    from warehouse.lake import ExtensionMissing, UnknownSnapshot, WarehouseDamaged, WarehouseMissing, first_line
    from warehouse.lock import LockHeld

    try:
        yield
    except (WarehouseMissing, ExtensionMissing, BackupFailed, CheckError) as error:
        raise _failure(str(error)) from error
    except UnknownSnapshot as error:
        raise click.UsageError(str(error)) from error
    except WarehouseDamaged as error:
        raise _failure(f"{error}. {_DOCTOR}") from error
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    except LockHeld as error:
        raise _failure(f"{error}. Try again later, or wait for it with --wait.") from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _failure(_full(error.strerror or str(error))) from error
        raise _failure(f"{error.strerror}: {error.filename}" if error.filename else str(error)) from error
    except duckdb.OutOfMemoryException as error:
        raise _failure(f"{first_line(error)}. {_MEMORY}") from error
    except duckdb.Error as error:
        if any(hint in str(error).lower() for hint in ("no space left", "disk is full", "disk quota", "file too large")):
            raise _failure(_full(first_line(error))) from error
        # files that cannot be read, not what is wrong with a question
        is_damage = isinstance(error, (duckdb.IOException, duckdb.InternalException, duckdb.FatalException))
        is_damage = is_damage or any(hint in str(error).lower() for hint in ("ducklake", ".parquet"))
        raise _failure(f"{first_line(error)}. {_DOCTOR}" if is_damage else first_line(error)) from error


def _failure(words: str) -> click.ClickException:
    return click.ClickException(masked(words))


def _full(words: str) -> str:
    return f"the disk is full ({words}); the batch at hand was rolled back. Free some space and run again: finished batches are kept."
