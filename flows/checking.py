"""The checks of a run: the packaged ones and those of a user's own folder, and what runs and counts them.

A worker elsewhere is sent the user's checks themselves, for it may not have the folder; the packaged ones it has.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow as pa

from expectations.check_files import Check, CheckFileError, load_checks, packaged_checks
from flows.settings import Settings, SettingsError
from flows.steps import Tables
from transforms.records.catalogue import TABLES
from warehouse.arrow import arrow_table

Own = tuple[Check, ...]


def own_checks(settings: Settings) -> Own:
    """The checks of the folder that the setting ``checks`` names, each tried on tables without rows.

    Raises ``SettingsError`` with the file, the line, what is wrong and the way out.
    """
    return _loaded(settings.checks) if settings.checks else ()


def all_checks(settings: Settings) -> tuple[Check, ...]:
    """The packaged checks, then the user's own. Raises ``SettingsError``."""
    return (*packaged_checks(), *own_checks(settings))


@cache
def _loaded(folder: Path) -> Own:
    from expectations.run import CheckError, run_checks

    try:
        own = load_checks((folder,))
        taken = {check.id for check in packaged_checks()}
        for check in own:
            if check.id in taken:
                raise CheckFileError(check.path, f"id {check.id} is that of a packaged check", "Give the check an id of its own", 1)
        run_checks(_empty_tables(), own)
    except (CheckFileError, CheckError) as error:
        raise SettingsError(f"setting checks: {error}") from error
    return own


def check_results(own: Own, tables: Tables) -> pa.Table:
    """Verdicts of all checks on the notices of ``tables``; a table that is not handed over counts as empty."""
    return results((*packaged_checks(), *own), tables)


def related_results(own: Own, tables: Tables) -> pa.Table:
    """Verdicts of the checks that read related notices too."""
    return results([check for check in (*packaged_checks(), *own) if check.scope == "related"], tables)


def results(checks: list[Check] | tuple[Check, ...], tables: Tables) -> pa.Table:
    """Verdicts of ``checks``; a table that is not handed over counts as empty. Raises ``CheckError``."""
    from expectations.run import run_checks

    return run_checks({**_empty_tables(), **tables}, checks)


def count(own: Own, tables: Tables, run_id: str) -> pa.Table:
    """What breaks each expectation in a batch."""
    from expectations.measure import measure

    return measure(tables, run_id, (*packaged_checks(), *own))


def validate(own: Own, totals: pa.Table, run_id: str) -> pa.Table:
    """The counts of a run held to the suite; loads Great Expectations, which takes seconds."""
    from expectations.validate import validate_totals

    return validate_totals(totals, run_id, (*packaged_checks(), *own))


@cache
def _empty_tables() -> Tables:
    return {record.TABLE.name: arrow_table(record, ()) for record in TABLES}
