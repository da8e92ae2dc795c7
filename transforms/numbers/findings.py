"""A figure while it is read: what it states and the operands that were bound to it."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from transforms.numbers.intervals import Interval


class Finding(msgspec.Struct, frozen=True, gc=False):
    """A figure at ``start:end``. ``operands`` are values with their spans, in the order of the formula; none where nothing fits."""

    start: int
    end: int
    kind: str
    rule: str
    stated: Interval
    unit: str | None = None
    subject: str | None = None
    operator: str | None = None
    operands: tuple[tuple[Decimal, int, int], ...] = ()
    sign: str = ""

    @property
    def equation(self) -> str | None:
        """The formula in figures, such as 3057÷48=63.69."""
        if not self.operands:
            return None
        value = self.stated.low if self.stated.low is not None else self.stated.high
        percent = "%" if self.kind == "percent" else ""
        tail = f"={value:f}{percent}" if self.sign in ("÷", "-", "+") and value is not None else ""
        return self.sign.join(f"{operand:f}" for operand, _, _ in self.operands) + tail
