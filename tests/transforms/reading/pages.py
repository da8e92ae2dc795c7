"""Web pages for tests: the rows of html.toml name their invented body and menu by words that are replaced here."""

from __future__ import annotations

import json
from typing import Any

BODY = (
    "根据县委统一部署，2023年10月14日至11月17日，县委第一巡察组对临江中学党支部开展了巡察，现将整改情况予以公布。",
    "一、提高站位，压实责任",
    "党支部召开专题会议，成立领导小组，制定整改方案，明确责任人和完成时限，逐项推进整改落实。",
    "（一）会议制度执行不到位",
    "整改情况：修订议事规则，规范会议记录，完善相关制度5项；开展督查3次，发现问题及时纠正。",
    "欢迎干部群众对整改情况进行监督。联系电话：0888-1234567；邮政编码：123456。",
)
NAV = "".join(
    f'<li><a href="/{word}">{word}</a></li>'
    for word in ("首页", "政务公开", "通知公告", "互动交流", "专题专栏", "网站地图", "机构职能", "办事服务")
)


def built(row: dict[str, Any]) -> str:
    """The page of a row."""
    tag = row.get("tag", "p")

    def tagged(lines: tuple[str, ...]) -> str:
        return "\n".join(f"<{tag}>　　{line}</{tag}>" for line in lines)

    page: str = row["html"]
    for word, content in (
        ("BODY", tagged(BODY)),
        ("FIRST", tagged(BODY[:3])),
        ("SECOND", tagged(BODY[3:])),
        ("BREAKS", "<BR>\n".join("　　" + line for line in BODY)),
        ("PRE", "\n".join("　　" + line for line in BODY)),
        ("JSON", json.dumps("".join(f"<p>{line}</p>" for line in BODY), ensure_ascii=False)[1:-1]),
        ("NAV", f'<ul class="nav">{NAV}</ul>'),
    ):
        page = page.replace(word, content)
    return page


def expected_lines(row: dict[str, Any]) -> list[str]:
    """The lines that reading the page of a row gives."""
    if "lines" in row:
        return list(row["lines"])
    title = [row["title"]] if "title" in row else []
    return title + row.get("before", []) + list(BODY) + row.get("more", [])
