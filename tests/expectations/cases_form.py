"""Cases of the checks on form, identity and places: F01-F12."""

from __future__ import annotations

from tests.expectations.cases import Case
from tests.expectations.factories import citation, contact, node, notice, whole

_ORG = "中共云溪县教育局党组"
_SIGNED = {"title": f"{_ORG}关于巡察整改情况的通报", "inspected_org": _ORG, "signed_org": _ORG, "signed": "2024-05-09"}
_PHONE, _CODE, _MAIL = contact("phone", "0700-1234567"), contact("postcode", "999000", 20), contact("email", "a@example.cn", 40)

_HERE = {"region_code": "110108", "province": "北京市", "county": "海淀区", "place_rule": "place.name"}
_BEIJING, _SHANGHAI = contact("phone", "010-12345678"), contact("phone", "021-12345678")

CASES = [
    Case("F01", "pass", None, [notice(title=f"{_ORG}关于巡察整改情况的通报")], "all words"),
    Case("F01", "review", "title_form", [notice(title="关于整改情况的通报")], "no 巡察"),
    Case("F01", "fail", "no_title", whole(), "none"),
    Case("F01", "not_checkable", "incomplete_text", [], "an excerpt"),
    Case("F02", "pass", None, [notice(inspector="县委第一巡察组"), *whole()], "all parts"),
    Case("F02", "review", "missing_parts", [notice(inspector="县委第一巡察组"), node("section", 1, 100)], "no next steps"),
    Case("F02", "not_checkable", "incomplete_text", [notice(char_count=300)], "an excerpt"),
    Case("F04", "pass", None, [notice(**_HERE), _BEIJING], "area code of the place", "010-12345678 → 110000 ∋ 110000"),
    Case("F04", "review", "place_differs", [notice(**_HERE), _SHANGHAI], "area code of elsewhere"),
    Case("F04", "not_checkable", "no_area_code", [notice(**_HERE), contact("phone", "7391234")], "a local number"),
    Case(
        "F04",
        "not_checkable",
        "place_unknown",
        [notice(**_HERE | {"place_rule": "place.area_code"}), _BEIJING],
        "the place was told by this very number",
    ),
    Case("F04", "not_checkable", "reference_unknown", [notice(**_HERE), contact("phone", "0199-1234567")], "no such area code"),
    Case("F04", "not_applicable", "not_told", [notice(**_HERE)], "no phone"),
    Case("F05", "pass", None, [notice(**_HERE), contact("postcode", "100080")], "postcode of the place"),
    Case("F05", "review", "place_differs", [notice(**_HERE), contact("postcode", "200080")], "postcode of elsewhere"),
    Case("F05", "not_checkable", "place_unknown", [contact("postcode", "100080")], "place not known"),
    Case("F05", "not_applicable", "not_told", [notice(**_HERE)], "no postcode"),
    Case("F06", "pass", None, [_BEIJING, contact("postcode", "100080", 30)], "one place"),
    Case("F06", "review", "place_differs", [_SHANGHAI, contact("postcode", "100080", 30)], "two places"),
    Case("F06", "not_checkable", "no_area_code", [contact("phone", "7391234"), contact("postcode", "100080", 30)], "a local number"),
    Case("F06", "not_applicable", "not_told", [_BEIJING], "one sign only"),
    Case("F07", "pass", None, [_MAIL], "fits"),
    Case(
        "F07",
        "review",
        "label_differs",
        [contact("postcode", "999000", label="邮政信箱", is_mislabelled=True)],
        "a postcode called 邮政信箱",
    ),
    Case("F07", "review", "form", [contact("email", "a@example.cn", raw="a @example.cn", is_repaired=True)], "a blank"),
    Case("F07", "not_applicable", "not_told", [], "no contact"),
    Case("F10", "pass", None, [citation("甲办法", "云办〔2020〕4号"), citation("甲办法", "云办〔2020〕4号", 20)], "one and one"),
    Case(
        "F10",
        "review",
        "titles_differ",
        [citation("甲办法", "云办〔2020〕4号"), citation("乙办法", "云办〔2020〕4号", 20)],
        "one number, two titles",
    ),
    Case(
        "F10",
        "review",
        "titles_differ",
        [citation("甲办法", "云办〔2020〕4号"), citation("甲办法", "云办〔2020〕5号", 20)],
        "one title, two numbers",
    ),
    Case("F10", "not_applicable", "not_told", [citation("甲办法")], "no number"),
    Case(
        "F11",
        "pass",
        None,
        [
            node("section", 1, 10, mark="han_comma"),
            node("aspect", 1, 20, mark="han_paren", parent="/10"),
            node("item", 1, 30, mark="arabic_dot", parent="/10/20"),
        ],
        "in order",
    ),
    Case(
        "F11",
        "review",
        "form",
        [node("section", 1, 10, mark="han_paren"), node("aspect", 1, 20, mark="han_comma", parent="/10")],
        "一、 under （一）",
    ),
    Case("F11", "review", "form", [node("item", 1, 10, mark="arabic_comma")], "1、"),
    Case("F11", "not_checkable", "not_itemised", [], "no headings"),
    Case("F12", "pass", None, [notice(**_HERE, feedback="2024-01-29")], "in force"),
    Case(
        "F12",
        "review",
        "place_differs",
        [notice(region_code="110103", province="北京市", county="崇文区", feedback="2024-01-29")],
        "abolished in 2010",
    ),
    Case("F12", "review", "place_differs", [notice(**_HERE | {"province": "河北省"}, feedback="2024-01-29")], "another province"),
    Case("F12", "not_checkable", "place_unknown", [notice(feedback="2024-01-29")], "place not known"),
    Case("F12", "not_checkable", "not_dated", [notice(**_HERE)], "no date"),
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
    Case(
        "F09",
        "fail",
        "form",
        [citation("办法", "云办〔2020〕4号", number_raw="云办【2020】4号", has_form_error=True), *whole()],
        "other brackets",
        "0 < 1",
    ),
    Case("F09", "review", "form", [citation("办法", "云办〔2020〕4号", number_raw="云办[2020]4号", has_form_error=True)], "in an excerpt"),
    Case("F09", "not_applicable", "not_told", [citation("办法")], "no number"),
]
