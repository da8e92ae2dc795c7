"""Masks: people, mobile numbers, private mailboxes; what stays; and that a mask is as long as what it hides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.rows import document
from transforms.records.documents import Document
from transforms.records.references import Contact
from warehouse.arrow import arrow_table
from warehouse.masking import Masker, masked_name, names_in
from warehouse.masking_tables import mask_batch, names_by_notice

MASKER = Masker({"a": {"陈志远", "许立", "欧阳文远"}, "b": set()})


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("校长陈志远任组长", "校长陈某某任组长"),
        ("陈 志 远、许　立", "陈 某 某、许　某"),
        ("局长欧阳文远", "局长欧阳某某"),
        ("电话13811112222。", "电话138****2222。"),
        ("138-1111-2222", "138-****-2222"),
        ("１３８１１１１２２２２", "１３８****２２２２"),
        ("手机:138 1111 2222", "手机:138 **** 2222"),
        ("zhouxc@163.com", "z*****@163.com"),
        ("zhouxc @ 163.com", "z***** @ 163.com"),
        ("12345678@QQ.com，", "1*******@QQ.com，"),
        ("ａｂｃ＠ｑｑ．ｃｏｍ", "ａ**＠ｑｑ．ｃｏｍ"),
        ("a@126.com", "*@126.com"),
        ("13811112222@139.com", "1**********@139.com"),
    ],
)
def test_people_mobiles_and_private_mailboxes_are_masked(words: str, masked: str) -> None:
    """Each in the printed form, with blanks and full-width signs."""
    assert MASKER.mask(words, "a") == masked


@pytest.mark.parametrize(
    "words",
    [
        "0311-81234567",
        "邮编050000",
        "fqslj@fengqiao.gov.cn",
        "office@qq.company.cn",
        "金额13811112222.50元",
        "编号91138111122220011X",
        "追缴1.38万元，涉及2人",
        "校长任组长",
        "陈某某、张某",
    ],
)
def test_what_is_public_stays(words: str) -> None:
    """Landlines, postcodes, official mailboxes, sums, long codes and names that are masked already."""
    assert MASKER.mask(words, "a") == words


def test_short_names_are_masked_in_their_own_notice_only() -> None:
    """A name of two characters may be an everyday word elsewhere; a longer one is masked wherever it stands."""
    masker = Masker({"a": {"文明", "陈志远"}})

    assert masker.mask("校长文明、陈志远", "a") == "校长文某、陈某某"
    assert masker.mask("精神文明，陈志远", "b") == "精神文明，陈某某"
    assert masker.mask("陈志远", None) == "陈某某"


def test_longer_names_go_first() -> None:
    """Of 陈志 and 陈志远 the longer one is taken."""
    assert Masker({"a": {"陈志", "陈志远"}}).mask("陈志远", "a") == "陈某某"


def test_names_behind_labels_and_before_comrade_are_found() -> None:
    """联系人：… and 对…同志 name people who hold no office; offices and words are not taken for names."""
    words = "联系人：周小川  电话：1\n责任人：党建办\n对赵高明同志诫勉。向李文同志看齐。编辑：办公室\n审核:王 平\n联系人：许立联系电话：1"

    assert set(names_in(words)) >= {"周小川", "赵高明", "李文", "王平", "许立"}
    assert not {"党建办", "办公室", "看齐"} & set(names_in(words))


def test_cells_of_the_ledger_give_names() -> None:
    """A cell may hold several names, an office before one, or blanks within one."""
    names = names_by_notice([("a", "陈志远、许 立"), ("a", "副校长周小川"), ("b", "党总支")], [("c", "联系人：赵高明。")])

    assert names["a"] >= {"陈志远", "许立", "周小川"}
    assert not names["b"]
    assert names["c"] == {"赵高明"}


def test_double_surnames_keep_both_characters() -> None:
    """欧阳文远 is 欧阳某某; 欧阳 alone is a surname and a name."""
    assert [masked_name(name) for name in ("欧阳文远", "欧阳", "张伟")] == ["欧阳某某", "欧某", "张某"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="陈志远许立138１＠@qQ.com 　-0某、", max_size=60))
def test_a_mask_is_as_long_as_what_it_hides(words: str) -> None:
    """Else offsets would not count right any more; and masking twice changes nothing more."""
    once = MASKER.mask(words, "a")

    assert len(once) == len(words)
    assert MASKER.mask(once, "a") == once


def test_ids_and_categories_of_a_table_stay() -> None:
    """Only words are masked, so that masked tables still join; a local path keeps its file's name alone."""
    contact = Contact(
        notice_id="a", start_char=0, end_char=11, raw_start=0, raw_end=11, surface="13811112222", raw="138 1111 2222", rule="contact.phone.mobile",
        kind="phone", value="13811112222", label="电话",
    )  # fmt: skip
    row = mask_batch(Contact, arrow_table(Contact, [contact]), MASKER).to_pylist()[0]
    held = mask_batch(Document, arrow_table(Document, [document("file:///home/chenzy/inbox/one.txt")]), MASKER).to_pylist()[0]

    assert (row["surface"], row["raw"], row["value"]) == ("138****2222", "138 **** 2222", "138****2222")
    assert (row["notice_id"], row["kind"], row["rule"]) == ("a", "phone", "contact.phone.mobile")
    assert held["uri"] == "file://one.txt"
    assert held["sha256"] == document("file:///home/chenzy/inbox/one.txt").sha256
