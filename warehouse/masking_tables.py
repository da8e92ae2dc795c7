"""Masking of whole tables: which names a warehouse knows, and every column of text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, get_args, get_origin

import pyarrow as pa
import regex

from transforms.records.columns import Record, fields
from warehouse.masking import Masker, is_person, names_in

# Where names of people stand, asked of the lake at one snapshot: (notice_id, words); a text is searched, a cell is taken apart.
NAME_CELLS = (
    "SELECT notice_id, name FROM {persons}",
    "SELECT notice_id, responsible_leader FROM {problems} WHERE responsible_leader IS NOT NULL",
    "SELECT notice_id, responsible_person FROM {problems} WHERE responsible_person IS NOT NULL",
    "SELECT notice_id, responsible FROM {next_steps} WHERE responsible IS NOT NULL",
)
NAME_TEXTS = ("SELECT notice_id, text FROM {texts}",)
_PARTS = regex.compile("[、,，;；/]+")
_AFTER_OFFICE = regex.compile(
    r"^.{0,24}(?:书记|主任|校长|局长|组长|院长|所长|站长|部长|科长|处长|股长|委员|主席|经理|队长|园长|馆长|镇长|乡长|县长|区长|市长)(?=.{2,4}$)"
)
_LOCAL = "file://"


def names_by_notice(cells: Iterable[tuple[str, str]], texts: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The names of people that each notice gives, from the cells that hold names and from its text."""
    names: dict[str, set[str]] = {}
    for notice, cell in cells:
        parts = [*_PARTS.split("".join(cell.split())), *(piece for part in _PARTS.split(cell) for piece in part.split())]
        parts += [_AFTER_OFFICE.sub("", part) for part in parts]
        names.setdefault(notice, set()).update(part for part in parts if is_person(part))
    for notice, text in texts:
        if found := names_in(text):
            names.setdefault(notice, set()).update(found)
    return names


def mask_batch(record: type[Record], batch: pa.Table, masker: Masker) -> pa.Table:
    """``batch`` of ``record``'s table with every column of text masked; ids, codes and categories stay, so that tables still join."""
    notices = batch["notice_id"].to_pylist() if "notice_id" in batch.column_names else [None] * batch.num_rows
    for at, field in enumerate(batch.schema):
        kind = _text_kind(record, field.name)
        if kind is None:
            continue
        values = batch.column(at).to_pylist()
        if kind == "list":
            masked: list[Any] = [
                value and [masker.mask(each, notice) for each in value] for value, notice in zip(values, notices, strict=True)
            ]
        else:
            masked = [value and masker.mask(value, notice) for value, notice in zip(values, notices, strict=True)]
        if field.name == "uri":
            masked = [_without_folders(value) for value in masked]
        batch = batch.set_column(at, field, pa.array(masked, field.type))
    return batch


def _text_kind(record: type[Record], name: str) -> str | None:
    """``text`` or ``list`` for a column that may hold words, None for any other."""
    field = next((each for each in fields(record) if each.name == name), None)
    if field is None or field.column.allowed or field.column.pattern or name == "duplicate_of" or name.endswith(("_id", "_version")):
        return None
    if field.type is str:
        return "text"
    return "list" if get_origin(field.type) is tuple and get_args(field.type)[0] is str else None


def _without_folders(uri: str | None) -> str | None:
    """A local path may name the person whose folder it is: only the file's name stays."""
    return _LOCAL + PurePosixPath(uri.removeprefix(_LOCAL)).name if uri and uri.startswith(_LOCAL) else uri
