"""Threads or processes of this machine: as many slots as workers, each with a thread that hands orders to its worker.

A slot's thread waits in the pipe of its process while this process publishes, so that no worker waits for the writer to take what
it has made. Threads share one interpreter and help only where reading waits for something; processes use every processor.
"""

from __future__ import annotations

import pickle
import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

from flows.runners.orders import Delivery, Order, work
from flows.runners.runner import Died, Runner, RunnerError
from flows.runners.worker_process import WorkerProcess
from flows.steps import Steps

# Deliveries that wait in this process for the writer; others wait in the workers that made them, or memory here would grow with their number.
_TAKEN_IN = 1


class Worker(Protocol):
    """One worker."""

    def work(self, order: Order, room: threading.Semaphore) -> Delivery:
        """The delivery for ``order``, taken in when there is ``room``. Raises ``EOFError`` if the worker ends without one."""

    def close(self) -> None:
        """End the worker, also from another thread."""


class Slots(Runner):
    """A runner of ``count`` workers that ``make`` makes; a worker that died is made again for the next order."""

    def __init__(self, make: Callable[[], Worker], count: int) -> None:
        # one order more than workers, so that a worker that is done finds the next one ready
        self.capacity = count + 1
        self._make = make
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[Order, Delivery | Died | BaseException]] = queue.SimpleQueue()
        self._workers: list[Worker | None] = [None] * count
        self._is_closed = False
        self._beside = 0.0
        self._room = threading.Semaphore(_TAKEN_IN)
        self._threads = [threading.Thread(target=self._serve, args=(at,), name=f"slot {at}", daemon=True) for at in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(self, order: Order) -> None:
        """Hand the order to the first slot that is free."""
        self._orders.put(order)

    def next(self) -> tuple[Order, Delivery | Died]:
        """The next delivery; raises what the work of an order raised."""
        order, result = self._done.get()
        if isinstance(result, BaseException):
            raise result
        if isinstance(result, Delivery):
            self._room.release()
        return order, result

    def close(self) -> None:
        """End all workers and wait for their threads."""
        self.beside()  # the last figure that can be had
        self._is_closed = True
        for _ in self._threads:
            self._orders.put(None)
            self._room.release()
        for worker in self._workers:
            if worker is not None:
                worker.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def beside(self) -> float:
        """CPU seconds of the slots' threads: they take in what workers made while this process publishes."""
        if not self._is_closed and hasattr(time, "pthread_getcpuclockid"):  # a thread that ended has no clock to be asked
            self._beside = sum(time.clock_gettime(time.pthread_getcpuclockid(thread.ident)) for thread in self._threads if thread.ident)
        return self._beside

    def _serve(self, slot: int) -> None:
        worker: Worker | None = None
        while (order := self._orders.get()) is not None and not self._is_closed:
            result: Delivery | Died | BaseException
            try:
                if worker is None:
                    worker = self._workers[slot] = self._make()
                result = worker.work(order, self._room)
            except EOFError:
                result = Died()
            except BaseException as error:  # raised again in the thread that asks for the delivery
                result = error
            if not isinstance(result, Delivery) and worker is not None:
                worker.close()
                worker = self._workers[slot] = None
            self._done.put((order, result))
            del order, result  # else the thread would hold a batch while its worker makes the next
        if worker is not None:
            worker.close()


class _ThreadWorker:
    """Works in the slot's own thread with steps of its own, since a reading process serves one thread."""

    def __init__(self, steps: bytes) -> None:
        self._steps: Steps = pickle.loads(steps)

    def work(self, order: Order, room: threading.Semaphore) -> Delivery:
        """Work here."""
        delivery = work(order, self._steps)
        room.acquire()
        return delivery

    def close(self) -> None:
        """A thread cannot be ended from outside; it ends with its order."""


def threads(steps: Steps, count: int) -> Slots:
    """A runner of threads."""
    pickled = pickle.dumps(steps)
    return Slots(lambda: _ThreadWorker(pickled), count)


def processes(steps: Steps, count: int) -> Slots:
    """A runner of processes on this machine."""
    try:
        pickled = pickle.dumps(steps)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise RunnerError(f"these steps cannot be sent to another process ({error}); use the runner serial or thread") from error
    return Slots(lambda: WorkerProcess(pickled), count)
