"""Orders and deliveries as bytes, for workers that share no memory: tables travel as Arrow IPC streams, never as rows of Python."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Sequence

import pyarrow as pa

from flows.batch import Batch
from flows.runners.orders import Delivery, Order, work
from flows.steps import Steps

_COUNTS = "\0counts"
# Steps of the worker by their pickle: a worker process gets the same ones with every order, and they own a reading process.
_KNOWN = threading.local()


def pack(delivery: Delivery) -> list[pa.Buffer]:
    """A head and one IPC stream for each table that has rows."""
    batch = delivery.batch
    tables = {name: table for name, table in batch.tables.items() if table.num_rows} | {_COUNTS: delivery.counts}
    empty = {name: table.schema.serialize().to_pybytes() for name, table in batch.tables.items() if not table.num_rows}
    head = (list(tables), empty, batch.published, batch.duplicate, batch.rejected, delivery.spent)
    return [pa.py_buffer(pickle.dumps(head)), *map(_stream, tables.values())]


def unpack(parts: Sequence[pa.Buffer | bytes]) -> Delivery:
    """What ``pack`` packed; the tables lie in the memory of ``parts``."""
    names, empty, published, duplicate, rejected, spent = pickle.loads(parts[0])
    tables = {name: pa.ipc.open_stream(part).read_all() for name, part in zip(names, parts[1:], strict=True)}
    counts = tables.pop(_COUNTS)
    tables |= {name: pa.ipc.read_schema(pa.py_buffer(words)).empty_table() for name, words in empty.items()}
    return Delivery(Batch(tables, published, duplicate, rejected), counts, spent)


def work_packed(steps: bytes, order: bytes) -> list[pa.Buffer]:
    """``work`` for a worker elsewhere: pickled steps and order in, a packed delivery out."""
    asked: Order = pickle.loads(order)
    return pack(work(asked, _steps(steps)))


def _steps(pickled: bytes) -> Steps:
    known: dict[bytes, Steps] = _KNOWN.__dict__.setdefault("steps", {})
    if pickled not in known:
        known.clear()
        known[pickled] = pickle.loads(pickled)
    return known[pickled]


def _stream(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()
