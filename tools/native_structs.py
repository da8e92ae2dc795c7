"""Turns the msgspec structs of a module's source into plain classes, which mypyc reads by offset and not by name (for the compiled copy only).

A struct is the quicker class for Python itself; compiled code has to ask it for each field as for any foreign object.
"""

from __future__ import annotations

import ast
import re

_FORCED = re.compile(r"msgspec\.structs\.force_setattr\(self, \"(\w+)\", (.+)\)$", re.M)


def as_classes(source: str) -> str:
    """``source`` with its structs written out; a module that copies structs by their fields stays as it is.

    >>> print(as_classes("class Pair(msgspec.Struct, frozen=True):\\n    a: int\\n    b: str = ''"))
    class Pair:
        a: int
        b: str
    <BLANKLINE>
        def __init__(self, a: int, b: str = '') -> None:
            self.a = a
            self.b = b
    <BLANKLINE>
        def __eq__(self, other: object) -> bool:
            return isinstance(other, Pair) and (self.a, self.b) == (other.a, other.b)
    <BLANKLINE>
        def __hash__(self) -> int:
            return hash((self.a, self.b))
    """
    if "structs.replace(" in source:
        return source
    lines = source.split("\n")
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "msgspec.Struct" for base in node.bases):
            fields = [item for item in node.body if isinstance(item, ast.AnnAssign)]
            header_end = node.body[0].lineno - 1
            for field in fields:
                assert field.end_lineno is not None
                lines[field.lineno - 1 : field.end_lineno] = [f"    {ast.unparse(field.target)}: {ast.unparse(field.annotation)}"] + [
                    ""
                ] * (field.end_lineno - field.lineno)
            last = fields[-1].end_lineno or 0
            lines[last:last] = _methods(node, fields)
            lines[node.lineno - 1 : header_end] = [f"class {node.name}:"]
    return _FORCED.sub(r"self.\1 = \2", "\n".join(lines))


def _methods(node: ast.ClassDef, fields: list[ast.AnnAssign]) -> list[str]:
    names = [ast.unparse(field.target) for field in fields]
    parameters, values = [], []
    for name, field in zip(names, fields, strict=True):
        kind, value = ast.unparse(field.annotation), name
        default = ast.unparse(field.value) if field.value else ""
        if made := re.fullmatch(r"msgspec\.field\(default_factory=(\w+)\)", default):
            kind, value, default = f"{kind} | None", f"{made[1]}() if {name} is None else {name}", "None"
        parameters.append(f"{name}: {kind} = {default}" if default else f"{name}: {kind}")
        values.append(f"        self.{name} = {value}")
    if any(isinstance(item, ast.FunctionDef) and item.name == "__post_init__" for item in node.body):
        values.append("        self.__post_init__()")
    own, others = (
        "({})".format(", ".join([f"{owner}.{name}" for name in names] + [""] * (len(names) == 1))) for owner in ("self", "other")
    )
    is_frozen = any(keyword.arg == "frozen" for keyword in node.keywords)
    return [
        "",
        f"    def __init__(self, {', '.join(parameters)}) -> None:",
        *values,
        "",
        "    def __eq__(self, other: object) -> bool:",
        f"        return isinstance(other, {node.name}) and {own} == {others}",
        *(["", "    def __hash__(self) -> int:", f"        return hash({own})"] if is_frozen else []),
    ]
