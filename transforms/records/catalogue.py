"""All tables in one place, in the order in which docs and reports list them."""

from __future__ import annotations

from transforms.records.columns import Record
from transforms.records.documents import Document, ExpectationResult, Fetch, Reject, Run
from transforms.records.likeness import NearDuplicate, Passage, Signature
from transforms.records.notices import Folding, Notice, NoticeText, PageField
from transforms.records.outline import Measure, NextStep, Node, Problem
from transforms.records.references import Citation, Contact, Organisation, Person, Place
from transforms.records.statements import Accountability, Amount, Claim, DateMention, Figure
from transforms.records.verdicts import CheckResult

# One row or more per notice; publishing a notice again replaces its rows in all of them.
NOTICE_TABLES: tuple[type[Record], ...] = (
    Notice,
    NoticeText,
    Folding,
    PageField,
    Node,
    Problem,
    Measure,
    NextStep,
    Claim,
    Figure,
    DateMention,
    Amount,
    Accountability,
    Citation,
    Contact,
    Organisation,
    Person,
    Place,
    CheckResult,
)

# Made from the texts of notices as they are published (warehouse.likeness), and replaced with their notice.
LIKENESS_TABLES: tuple[type[Record], ...] = (Signature, Passage, NearDuplicate)

# About files and runs; rows are added and never replaced by a notice.
RUN_TABLES: tuple[type[Record], ...] = (Document, Reject, Fetch, Run, ExpectationResult)

TABLES: tuple[type[Record], ...] = (*RUN_TABLES[:1], *NOTICE_TABLES, *LIKENESS_TABLES, *RUN_TABLES[1:])
