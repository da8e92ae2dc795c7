"""The samples show all that taizhang can say: every verdict and every reason, and what notices of one body say of each other."""

from __future__ import annotations

from expectations.check_files import packaged_checks
from expectations.reasons import REASONS
from transforms.records.verdicts import VERDICTS
from warehouse.lake import Location, open_reader


def test_every_verdict_and_every_reason_is_shown(all_samples: Location) -> None:
    """No code is a mere promise: each stands in some verdict on some sample."""
    with open_reader(all_samples) as lake:
        told = lake.execute("SELECT DISTINCT verdict, reason FROM check_results").fetchall()

    assert set(VERDICTS) == {verdict for verdict, _ in told}
    assert set(REASONS) - {reason for _, reason in told} == set()


def test_every_check_is_decided_somewhere(all_samples: Location) -> None:
    """Each check passes, fails or asks for review on some sample, so that its equation can be seen."""
    with open_reader(all_samples) as lake:
        decided = lake.execute("SELECT DISTINCT check_id FROM check_results WHERE verdict IN ('pass', 'fail', 'review')").fetchall()

    assert {check.id for check in packaged_checks()} - {check for (check,) in decided} == {"K28"}
