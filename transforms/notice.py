"""One notice from its text to its rows: every extractor in one written order.

Text that one extractor has claimed is closed to the next: page fields, citations and contacts before dates, dates before
money, money before figures and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from transforms.claims.accountability import accountability
from transforms.claims.claims import claims
from transforms.claims.counts import counts
from transforms.dates.header import header_dates
from transforms.dates.mentions import date_mentions
from transforms.identity.identity import identity
from transforms.identity.marks import marks
from transforms.identity.organisations import organisations
from transforms.identity.page_fields import page_fields
from transforms.identity.persons import persons
from transforms.identity.places import places
from transforms.identity.recognise import recognise
from transforms.layout import Layout, layout
from transforms.numbers.amounts import amounts
from transforms.numbers.figures import figures
from transforms.outline.measures import measures
from transforms.outline.next_steps import next_steps
from transforms.outline.problems import problems
from transforms.outline.tree import outline
from transforms.reading.read import Reading
from transforms.reading.refusal import Refusal
from transforms.records.columns import Record
from transforms.records.notices import Folding, Notice, NoticeText, PageField
from transforms.records.outline import Measure, NextStep, Node, Problem
from transforms.records.references import Citation, Contact, Organisation, Person, Place
from transforms.records.shared import Mention
from transforms.records.statements import Accountability, Amount, Claim, DateMention, Figure
from transforms.references.citations import citations
from transforms.references.contacts import contacts
from transforms.source import Closed, Source
from transforms.text.folding import fold

Row = TypeVar("Row", bound=Mention)


class Extraction(msgspec.Struct, frozen=True, gc=False):
    """All rows of one notice, by the record class of their table."""

    tables: Mapping[type[Record], Sequence[Record]]

    @property
    def notice(self) -> Notice:
        """The one row of ``notices``."""
        row = self.tables[Notice][0]
        assert isinstance(row, Notice)
        return row


def extract(reading: Reading, notice_id: str, document_id: str) -> Extraction | Refusal:
    """The rows of the notice that ``reading`` holds, or why it holds none."""
    source = Source(notice_id, fold(reading.text), reading.page)
    text, parts = source.text, layout(source.text)
    recognition = recognise(source, parts)
    if isinstance(recognition, Refusal):
        return recognition
    # these two look at all characters at once, which takes the more memory the more rows there are
    marked, counted = marks(text), counts(text)
    tree = outline(source, parts)
    closed = Closed(len(text.folded))
    fields = _closing(closed, page_fields(source, parts))
    cited = _closing(closed, citations(source, closed, tree))
    reached = _closing(closed, contacts(source, closed, parts))
    dated = _closing(closed, date_mentions(source, closed, parts, tree))
    sums = _closing(closed, amounts(source, closed, tree))
    computed = figures(source, closed, tree)
    sanctioned = _closing(closed, accountability(source, closed, tree, counted))
    found = problems(source, parts, tree)
    acts = measures(source, parts, tree, found)
    promised = next_steps(source, parts, tree, found, dated)
    claimed = claims(source, closed, tree, found, counted)
    named = identity(source, parts, reached, recognition.genre, fields)
    rows: dict[type[Record], Sequence[Any]] = {
        PageField: fields,
        Node: tree.nodes,
        Problem: found,
        Measure: acts,
        NextStep: promised,
        Claim: claimed,
        Figure: computed,
        DateMention: dated,
        Amount: sums,
        Accountability: sanctioned,
        Citation: cited,
        Contact: reached,
        Organisation: organisations(source, parts, named, fields, marked),
        Person: persons(source, parts, fields, marked),
        Place: places(source, parts, named, marked.ranks),
    }
    notice = Notice(
        notice_id=notice_id,
        document_id=document_id,
        genre=recognition.genre,
        **named,
        **header_dates(source, parts, dated),
        char_count=len(text.folded),
        covered_char_count=_covered(
            closed, parts, (tree.nodes, found, acts, promised, claimed, computed, rows[Organisation], rows[Person], rows[Place])
        ),
    )
    return Extraction(
        {
            Notice: (notice,),
            NoticeText: (NoticeText(notice_id=notice_id, text=text.folded, raw_text=text.raw),),
            Folding: tuple(Folding(notice_id=notice_id, kind=kind, edit_count=count) for kind, count in sorted(text.edit_counts.items())),
            **rows,
        }
    )


def _closing(closed: Closed, rows: Sequence[Row]) -> Sequence[Row]:
    """``rows``, whose words are closed to the extractors that follow."""
    closed.close_all(rows)
    return rows


def _covered(closed: Closed, parts: Layout, tables: Iterable[Sequence[Mention]]) -> int:
    """Number of characters that some row, the title or the signature accounts for; ``tables`` are those whose words are not closed yet."""
    closed.close_all((*parts.title, *parts.signature, *((parts.signed_date,) if parts.signed_date else ())))
    for rows in tables:
        closed.close_all(rows)
    return closed.count()
