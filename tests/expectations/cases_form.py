"""Cases of the checks on form, identity and places: F01-F12."""

from __future__ import annotations

from tests.expectations.cases import Case
from tests.expectations.factories import citation, contact, notice, whole

_ORG = "中共云溪县教育局党组"
_SIGNED = {"title": f"{_ORG}关于巡察整改情况的通报", "inspected_org": _ORG, "signed_org": _ORG, "signed": "2024-05-09"}
_PHONE, _CODE, _MAIL = contact("phone", "0700-1234567"), contact("postcode", "999000", 20), contact("email", "a@example.cn", 40)

CASES = [
    Case("F03", "pass", None, [_PHONE, _CODE, _MAIL, *whole()], "all three"),
    Case("F03", "pass", None, [_PHONE, contact("address", "云溪县青禾镇", 20), _MAIL], "an address will do, also in an excerpt"),
    Case("F03", "fail", "missing", [_PHONE, _MAIL, *whole()], "no post"),
    Case("F03", "not_checkable", "incomplete_text", [_PHONE], "an excerpt owes none"),
    Case("F08", "pass", None, [notice(**_SIGNED)], "the same body"),
    Case("F08", "fail", "missing", [notice(title="通报"), *whole()], "no signature"),
    Case("F08", "review", "names_differ", [notice(**(_SIGNED | {"signed_org": "云溪县委"})), *whole()], "another name"),
    Case("F08", "review", "no_title", [notice(**(_SIGNED | {"title": None})), *whole()], "title lost"),
    Case("F08", "review", "han_numerals", [notice(**_SIGNED | {"signed_raw": "二〇二四年五月九日"})], "date in Han numerals"),
    Case("F08", "not_checkable", "incomplete_text", [notice(title="通报")], "an excerpt"),
    Case("F09", "pass", None, [citation("办法", "云办〔2020〕4号")], "in form"),
    Case("F09", "fail", "form", [citation("办法", "云办〔2020〕4号", number_raw="云办【2020】4号", has_form_error=True), *whole()], "other brackets", "0 < 1"),
    Case("F09", "review", "form", [citation("办法", "云办〔2020〕4号", number_raw="云办[2020]4号", has_form_error=True)], "in an excerpt"),
    Case("F09", "not_applicable", "not_told", [citation("办法")], "no number"),
]
