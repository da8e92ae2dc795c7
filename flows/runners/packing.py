"""Orders and deliveries as bytes, for workers that share no memory: tables travel as Arrow IPC streams, never as rows of Python."""

from __future__ import annotations

import itertools
import pickle
import threading
from collections.abc import Iterator, Sequence

import pyarrow as pa

from flows.batch import Batch
from flows.runners.orders import Delivery, Order, work
from flows.steps import Steps

_COUNTS = "\0counts"
# Steps of the worker by their pickle: a worker process gets the same ones with every order, and they own a reading process.
_KNOWN = threading.local()


def pack(delivery: Delivery) -> tuple[int, Iterator[pa.Buffer]]:
    """The number of parts, and the parts: a head and one IPC stream for each table that has rows.

    A stream is made when it is asked for and its table let go, so that tables do not lie in memory twice.
    """
    batch = delivery.batch
    tables = {name: table for name, table in batch.tables.items() if table.num_rows} | {_COUNTS: delivery.counts}
    empty = {name: table.schema.serialize().to_pybytes() for name, table in batch.tables.items() if not table.num_rows}
    head = (list(tables), empty, batch.published, batch.duplicate, batch.rejected, delivery.spent)
    return len(tables) + 1, itertools.chain([pa.py_buffer(pickle.dumps(head))], (_stream(tables.pop(name)) for name in list(tables)))


def unpack(parts: Sequence[pa.Buffer | bytes | bytearray]) -> Delivery:
    """What ``pack`` packed; the tables lie in the memory of ``parts``."""
    names, empty, published, duplicate, rejected, spent = pickle.loads(parts[0])
    tables = {name: pa.ipc.open_stream(part).read_all() for name, part in zip(names, parts[1:], strict=True)}
    counts = tables.pop(_COUNTS)
    tables |= {name: pa.ipc.read_schema(pa.py_buffer(words)).empty_table() for name, words in empty.items()}
    return Delivery(Batch(tables, published, duplicate, rejected), counts, spent)


def work_packed(steps: bytes, order: bytes) -> list[pa.Buffer]:
    """``work`` for a worker elsewhere: pickled steps and order in, a packed delivery out."""
    return list(packed_work(steps, order)[1])


def packed_work(steps: bytes, order: bytes | bytearray) -> tuple[int, Iterator[pa.Buffer]]:
    """The same in parts that are made one by one."""
    asked: Order = pickle.loads(order)
    return pack(work(asked, _steps(steps)))


def _steps(pickled: bytes) -> Steps:
    known: dict[bytes, Steps] = _KNOWN.__dict__.setdefault("steps", {})
    if pickled not in known:
        known.clear()
        known[pickled] = pickle.loads(pickled)
    return known[pickled]


def _stream(table: pa.Table) -> pa.Buffer:
    """A buffer of just the length that is needed; one that grows by doubling takes twice as much."""
    measured = pa.MockOutputStream()
    with pa.ipc.new_stream(measured, table.schema) as writer:
        writer.write_table(table)
    buffer = pa.allocate_buffer(measured.size())
    with pa.ipc.new_stream(pa.FixedSizeBufferWriter(buffer), table.schema) as writer:
        writer.write_table(table)
    return buffer
