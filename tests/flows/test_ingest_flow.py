"""The Prefect flow does what the plain run does, and its states say how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.run import RunSummary
from tests.flows.stand_in import STEPS
from warehouse.lake import local, open_reader


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Prefect server for this module, with a database of its own."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
    from prefect.testing.utilities import prefect_test_harness

    import flows.ingest  # noqa: F401 - sets the environment that Prefect reads when it is imported

    patch.setattr("flows.run.real_steps", lambda settings: STEPS)
    with prefect_test_harness(server_startup_timeout=120):
        yield
    patch.undo()


@pytest.mark.slow
def test_flow_publishes_gates_and_fails_by_name(server: None, tmp_path: Path) -> None:
    """A run ends Completed, one with rejects CompletedWithRejects, a broken invariant QualityGateFailed; a wrong path fails."""
    from flows.discover import MissingInput
    from flows.ingest import ingest

    inbox, settings = tmp_path / "inbox", {"warehouse": str(tmp_path / "w")}
    inbox.mkdir()
    (inbox / "a.txt").write_text("通报甲\n1", "utf-8")

    completed = ingest([str(inbox)], settings, return_state=True)
    assert (completed.name, completed.is_completed()) == ("Completed", True)
    summary = completed.result()
    assert isinstance(summary, RunSummary)
    assert summary.published == 1

    (inbox / "b.txt").write_text("菜单", "utf-8")
    assert ingest([str(inbox)], settings, return_state=True).name == "CompletedWithRejects"

    (inbox / "c.txt").write_text("通报丙\n13", "utf-8")
    failed = ingest([str(inbox)], settings, return_state=True)
    assert (failed.name, failed.is_failed()) == ("QualityGateFailed", True)
    assert "no amount is 13" in (failed.message or "")

    assert isinstance(ingest([str(inbox / "none")], settings, return_state=True).result(raise_on_failure=False), MissingInput)
    with open_reader(local(tmp_path / "w")) as lake:
        assert lake.execute("SELECT outcome FROM runs ORDER BY run_id").fetchall() == [
            ("completed",),
            ("completed_with_rejects",),
            ("quality_gate_failed",),
        ]
