"""What a column says about itself: the one place where its meaning, bounds and Chinese label stand.

A record class annotates its fields with ``Annotated[type, Column(...)]``. Arrow schemas, DDL, expectation suites and the data
dictionary read these annotations; nothing about a column is written a second time.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of one column.

    ``label`` is the Chinese label that reports and ledgers print; ``allowed`` lists every value a categorical column may take;
    ``pattern`` must match the whole value; ``minimum`` and ``maximum`` are inclusive bounds; ``unit`` is the physical unit.
    """

    description: str
    label: str
    allowed: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The name, Chinese label and key columns of the table that a record class declares."""

    name: str
    label: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table: its name, Python type without ``None``, whether it may be null, and its meaning."""

    name: str
    type: Any
    is_nullable: bool
    column: Column


class Record(typing.Protocol):
    """A frozen struct that declares a table."""

    TABLE: ClassVar[Table]
    __struct_fields__: ClassVar[tuple[str, ...]]


@cache
def fields(record: type[Record]) -> tuple[Field, ...]:
    """The columns of ``record`` in declaration order. Raises ``TypeError`` for a field without a ``Column``."""
    return tuple(_fields(record))


def _fields(record: type[Record]) -> Iterator[Field]:
    hints = typing.get_type_hints(record, include_extras=True)
    for name in record.__struct_fields__:
        base, column = _annotated(hints[name], f"{record.__name__}.{name}")
        inner, is_nullable = _without_none(base)
        yield Field(name, inner, is_nullable, column)


def _annotated(hint: Any, where: str) -> tuple[Any, Column]:
    """The plain type and the ``Column`` of a hint, looking through ``X | None`` around an alias."""
    if get_origin(hint) is Annotated:
        base, *extras = get_args(hint)
        for extra in reversed(extras):  # where a table describes a shared alias anew, the outer description stands
            if isinstance(extra, Column):
                return base, extra
    inner, is_nullable = _without_none(hint)
    if is_nullable and get_origin(inner) is Annotated:
        base, column = _annotated(inner, where)
        return base | None, column
    raise TypeError(f"{where} has no Column annotation")


def _without_none(hint: Any) -> tuple[Any, bool]:
    """``X | None`` as ``(X, True)``, anything else as ``(hint, False)``."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = tuple(arg for arg in get_args(hint) if arg is not type(None))
        if len(rest) == 1:
            return rest[0], True
    return hint, False
