"""Writes samples/notices from samples/sources: the same invented notices in several encodings and page layouts.

Run ``python tools/write_samples.py``; the files it writes are committed, so that the demo needs nothing but them.
"""

from __future__ import annotations

import html
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

# source stem → (file name, encoding, layout)
FORMS = {
    "01_ladder": ("01_ladder.txt", "utf-8", "plain"),
    "02_missing_item": ("02_missing_item.gb18030.txt", "gb18030", "plain"),
    "03_rate": ("03_rate.html", "utf-8", "portal"),
    "04_fullwidth": ("04_fullwidth.big5.txt", "big5hkscs", "plain"),
    "05_masked": ("05_masked.utf16.txt", "utf-16", "plain"),
    "06_accountability": ("06_accountability.gbk.html", "gb18030", "editor"),
    "07_dates": ("07_dates.bom.txt", "utf-8-sig", "plain"),
    "08_order": ("08_order.gbk.txt", "gbk", "plain"),
    "09_summary": ("09_summary.html", "utf-8", "table"),
    "10_news": ("10_news.txt", "utf-8", "plain"),
    "11_announcement": ("11_announcement.txt", "utf-8", "plain"),
    "12_entries": ("12_entries.txt", "utf-8", "crlf"),
    "13_flaws": ("13_flaws.txt", "utf-8", "plain"),
    "14_village": ("14_village.txt", "utf-8", "plain"),
    "15_damaged": ("15_damaged.txt", "utf-8", "plain"),
    "16_no_year": ("16_no_year.gbk.txt", "gbk", "plain"),
    "17_final_paper": ("17_final_paper.txt", "utf-8", "plain"),
    "18_second_round": ("18_second_round.txt", "utf-8", "plain"),
    "19_round": ("19_round.txt", "utf-8", "plain"),
}

NAVIGATION = "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in ("首页", "政务公开", "巡视巡察", "互动交流"))
FOOT = '<div class="foot">主办单位：某某市人民政府办公室　网站地图　网站标识码：0000000000</div>'


def main() -> None:
    """Write every sample."""
    for stem, (name, encoding, layout) in FORMS.items():
        text = (SAMPLES / "sources" / f"{stem}.txt").read_text("utf-8")
        (SAMPLES / "notices" / name).write_bytes(LAYOUTS[layout](text).encode(encoding))


def plain(text: str) -> str:
    """The text as it is."""
    return text


def crlf(text: str) -> str:
    """The text with the line ends of Windows."""
    return text.replace("\n", "\r\n")


def portal(text: str) -> str:
    """A portal page with metadata fields, a header line and a content container."""
    title, header, *paragraphs = text.strip().split("\n")
    body = "".join(f'<p style="text-indent:2em">{html.escape(line)}</p>' for line in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_某区人民政府</title>'
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-05-20 09:30">'
        f'<meta name="ContentSource" content="白鹭洲区文化馆"></head><body><ul class="nav">{NAVIGATION}</ul>'
        f'<h1>{title}</h1><div class="info">{header}</div><div id="zoom">{body}</div>'
        f'<div class="share">分享到：微信 微博</div>{FOOT}</body></html>'
    )


def editor(text: str) -> str:
    """A page whose text stands in an editor's container and whose charset is declared by its older name."""
    title, *paragraphs = text.strip().split("\n")
    body = "".join(f"<P>　　{html.escape(line)}</P>" for line in paragraphs)
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{title}</title></head>'
        f"<body><ul>{NAVIGATION}</ul><div class=title>{title}</div><div>日期:2021-11-02 08:46:31 来源:云杉市纪委监委 浏览量:128</div>"
        f"<div class=TRS_Editor>{body}</div>{FOOT}</body></html>"
    )


def table(text: str) -> str:
    """A page that is laid out with tables, as around 2005."""
    title, *paragraphs = text.strip().split("\n")
    body = "<br>".join(f"&nbsp;&nbsp;{html.escape(line)}" for line in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><table><tr><td>{NAVIGATION}</td></tr></table>"
        f"<table width=960><tr><td align=center><b>{title}</b></td></tr><tr><td>发布时间：2023-02-20　【字体：大 中 小】</td></tr>"
        f"<tr><td class=content>{body}</td></tr></table><table><tr><td>上一篇：无　下一篇：无</td></tr></table></body></html>"
    )


LAYOUTS = {"plain": plain, "crlf": crlf, "portal": portal, "editor": editor, "table": table}

if __name__ == "__main__":
    main()
