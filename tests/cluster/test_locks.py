"""One writer at a time, whatever machine it is on."""

from __future__ import annotations

import signal
import socket
import threading
import time

import pytest

from flows.run import ingest
from flows.secrets import masked
from flows.writing import writer
from tests.cluster.conftest import Place
from tests.cluster.work import start_holder
from tests.flows.stand_in import STEPS
from tests.warehouse.rows import batch
from warehouse.lake import WarehouseDamaged, WarehouseMissing, open_reader, open_writer
from warehouse.lock import LockHeld
from warehouse.publish import publish

pytestmark = pytest.mark.cluster


def test_writer_on_another_machine_is_named(place: Place) -> None:
    """A second machine may not write, and hears process, machine, time and purpose of the first; a reader is not held up."""
    open_writer(place.settings().location).close()
    holder = start_holder(place, "one", 60)
    try:
        words = rf"PostgreSQL: process {holder.pid} on {socket.gethostname()[:20]} \(taizhang run, since 20"
        with pytest.raises(LockHeld, match=words):
            ingest([str(place.folder)], place.settings("two"), steps=STEPS)
        found = writer(place.settings("two"))
        assert found
        assert (found.pid, found.purpose) == (holder.pid, "taizhang run")
        open_reader(place.settings("two").location).close()
    finally:
        holder.kill()
        holder.wait()


def test_waiting_ends_with_the_other_machines_work(place: Place) -> None:
    """A writer that may wait begins when the first is done."""
    holder = start_holder(place, "one", 1)
    inbox = place.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("通报一\n100", "utf-8")

    summary = ingest([str(inbox)], place.settings("two", lock_wait_seconds=120), steps=STEPS)

    assert summary.published == 1
    assert holder.wait() == 0
    assert writer(place.settings()) is None


def test_lock_of_a_killed_writer_is_free(place: Place) -> None:
    """kill -9 ends the session, and the server frees the lock without anybody's help."""
    holder = start_holder(place, "one", 60)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    deadline = time.monotonic() + 30
    while writer(place.settings("two")) is not None and time.monotonic() < deadline:
        time.sleep(0.05)

    assert writer(place.settings("two")) is None


def test_lost_session_lets_one_publish_through_at_a_time(place: Place) -> None:
    """Two writers without the lock publish one new notice together: the guard row makes one try again, and no row is there twice."""
    location = place.settings().location
    open_writer(location).close()
    together = threading.Barrier(2)
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            with open_writer(location) as lake:
                together.wait()
                for turn in range(3):
                    publish(lake, batch(["n1"]), f"run {number} {turn}")
        except BaseException as error:  # told by the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failed
    with open_reader(location) as lake:
        assert lake.execute("SELECT count(*), count(DISTINCT notice_id) FROM notices").fetchall() == [(1, 1)]


def test_server_that_cannot_be_reached_is_told_without_password(place: Place) -> None:
    """The message names the place and masks the secret; a database without a warehouse is another message."""
    chosen = place.settings(catalog=f"postgres:host=127.0.0.1 port=1 user=taizhang password=s3cr3t-word dbname={place.database}")
    with pytest.raises(WarehouseDamaged) as caught:
        ingest([str(place.folder)], chosen, steps=STEPS)
    assert "s3cr3t-word" not in masked(str(caught.value))
    assert "s3cr3t-word" not in repr(chosen)
    with pytest.raises(WarehouseMissing):
        open_reader(place.settings().location)
