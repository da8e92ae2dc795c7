"""Which year, month and role a date of a notice's body is given."""

from __future__ import annotations

import datetime

from transforms.dates.mentions import date_mentions
from transforms.layout import layout
from transforms.records.statements import DateMention
from transforms.source import Closed, Source
from transforms.text.folding import fold

LEAD = "2022年7月21日至8月26日,县委第一巡察组对县教育局党组进行了巡察。2022年12月6日,县委巡察组反馈了巡察意见。"
SIGNATURE = "\n中共云溪县教育局党组\n2023年5月9日"


def rows(words: str) -> dict[str, DateMention]:
    """The rows of a text by their surface; the last one where a surface stands twice."""
    source = Source("0" * 16, fold(words))
    return {row.surface: row for row in date_mentions(source, Closed(len(source.text.folded)), layout(source.text), None)}


def body(sentence: str) -> DateMention:
    """The only date of a sentence between an ordinary lead and signature."""
    found = rows(LEAD + "\n" + sentence + SIGNATURE)
    (row,) = [row for surface, row in found.items() if surface in sentence]
    return row


def test_year_rises_with_the_chain() -> None:
    """A date before the feedback by the inherited year is in the next year, with the other reading kept."""
    row = body("2月14日举办了培训班。")
    assert (row.earliest, row.inferred, row.alternative_earliest) == (
        datetime.date(2023, 2, 14),
        "year_rising_chain",
        datetime.date(2022, 2, 14),
    )


def test_year_is_inherited_with_its_source() -> None:
    """A date after the feedback keeps the year of the mention before it, and says where that stands."""
    row = body("12月20日召开了会议。")
    assert (row.earliest, row.inferred) == (datetime.date(2022, 12, 20), "year_inherited")
    assert row.year_from_char == LEAD.index("2022年12月6日")


def test_year_is_never_after_the_signing() -> None:
    """A month that only fits before the feedback does not move behind the signing."""
    assert body("9月完成了自查。").latest == datetime.date(2022, 9, 30)


def test_promise_lies_behind_the_signing() -> None:
    """A month that is promised, not told, is the next one after the signing."""
    row = body("争取在6月底前完成整改。")
    assert (row.latest, row.role, row.range_part) == (datetime.date(2023, 6, 30), "deadline", "until")


def test_background_of_the_same_sentence_keeps_its_year() -> None:
    """A second month beside an old one in one sentence is as old."""
    found = rows(LEAD + "\n2019年3月违规发放1万元,5月又发放2万元,已于3月20日清退。" + SIGNATURE)
    assert found["5月"].latest == datetime.date(2019, 5, 31)
    assert found["5月"].role == "background"


def test_this_year_is_the_year_of_writing() -> None:
    """今年 and 去年 count from the signing."""
    found = rows(LEAD + "\n今年4月完成建账,去年12月完成自查。" + SIGNATURE)
    assert found["今年4月"].earliest == datetime.date(2023, 4, 1)
    assert found["去年12月"].latest == datetime.date(2022, 12, 31)


def test_first_date_takes_its_year_from_a_document_number() -> None:
    """Nothing dated stands before, but a document number does."""
    row = rows("学校印发文件(临职校党【2020】4号),11月17日召开专题会议。自2020年11月份以来,多次召开会议。")["11月17日"]
    assert (row.earliest, row.inferred) == (datetime.date(2020, 11, 17), "year_from_document_number")


def test_first_date_takes_its_year_from_a_later_one() -> None:
    """Nothing dated stands before, the next sentence tells."""
    row = rows("11月17日召开专题会议。自2020年11月份以来,多次召开会议。")["11月17日"]
    assert (row.earliest, row.inferred) == (datetime.date(2020, 11, 17), "year_from_later")


def test_lead_without_years_is_dated_by_the_signature() -> None:
    """Inspection and feedback without any year lie in the last year that ends before the signing."""
    found = rows(LEAD.replace("2022年", "") + SIGNATURE)
    assert found["7月21日"].earliest == datetime.date(2022, 7, 21)
    assert found["12月6日"].earliest == datetime.date(2022, 12, 6)
    assert found["7月21日"].inferred == "year_from_signature"


def test_no_year_anywhere_gives_no_value() -> None:
    """Without any year the date has no value, and says why."""
    row = rows("3月20日开展了回访督查。")["3月20日"]
    assert (row.earliest, row.null_reason) == (None, "no_reference")


def test_order_of_dates_need_not_rise() -> None:
    """A later-printed date may lie earlier, as long as it is behind the feedback."""
    found = rows(LEAD + "\n2023年2月22日召开专题民主生活会。2月19日制定整改方案。" + SIGNATURE)
    assert found["2月19日"].earliest == datetime.date(2023, 2, 19)
    assert found["2月19日"].role == "plan"
    assert found["2023年2月22日"].role == "meeting"


def test_roles_of_the_body() -> None:
    """Hearing a report, a measure and background are told apart."""
    assert body("2023年1月16日,局党组听取专题汇报。").role == "report"
    assert body("自2023年2月10日起开展内部审计。").role == "measure"
    assert body("追回了2021年3月发放的补贴。").role == "background"


def test_claimed_words_are_left_alone() -> None:
    """A date inside words that an earlier extractor took is not read, but the date behind a title is."""
    source = Source("0" * 16, fold("《2022年度计划》(2019.8)印发"))
    closed = Closed(len(source.text.folded))
    closed.close(0, 17)
    found = date_mentions(source, closed, layout(source.text), None)
    assert [(row.surface, row.role) for row in found] == [("2019.8", "document")]


def test_claimed_page_fields_still_tell_their_dates() -> None:
    """A page field that was taken as such, with or without a label, is a date as well."""
    for field in ("(2024-07-26)", "\n发布日期:2024-07-26 10:00"):
        source = Source("0" * 16, fold(f"中共云溪县教育局党组关于巡察整改进展情况的通报 {field}\n" + LEAD))
        closed = Closed(len(source.text.folded))
        closed.close(0, source.text.folded.index("\n" + LEAD))
        found = date_mentions(source, closed, layout(source.text), None)
        assert [row.earliest for row in found if row.role == "publication"] == [datetime.date(2024, 7, 26)]


def test_signature_glued_to_the_last_sentence() -> None:
    """A date that ends the text behind a full stop is the signature's."""
    found = rows(LEAD + "现将整改进展情况予以公布。" * 12 + "2023年5月9日")
    assert found["2023年5月9日"].role == "signing"
