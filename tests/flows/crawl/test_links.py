"""Links are found wherever content systems put them, and documents are told from pages."""

from __future__ import annotations

from flows.crawl.links import Link, document_links, links

_PAGE = "http://a.cn/xcgg/index.html"


def test_links_of_a_list() -> None:
    """Plain links, unquoted ones, titles, nested tags, CDATA records and script strings; no mail, no script, no anchor without href."""
    markup = """
    <ul><li><a href="./202405/t20240506_1.html" title="关于巡察整改进展情况的通报">关于巡察整改…</a></li>
    <li><A HREF=/art/2.html target=_blank><span>通报&nbsp;二</span></A></li>
    <a name="top">top</a><a href="javascript:void(0)">x</a><a href="mailto:a@b.cn">x</a>
    <record><![CDATA[<li><a href='/art/3.html?a=1&amp;b=2'>通报三</a>]]></record>
    <script>var s = "<a href=\\"/art/4.html\\">通报四</a>";</script>"""

    assert list(links(markup, _PAGE)) == [
        Link("http://a.cn/xcgg/202405/t20240506_1.html", "关于巡察整改进展情况的通报"),
        Link("http://a.cn/art/2.html", "通报 二"),
        Link("http://a.cn/art/3.html?a=1&b=2", "通报三"),
        Link("http://a.cn/art/4.html", "通报四"),
    ]


def test_base_element() -> None:
    """Relative links follow the page's base."""
    assert [link.url for link in links('<base href="http://b.cn/x/"><a href="1.html">一</a>', _PAGE)] == ["http://b.cn/x/1.html"]


def test_documents() -> None:
    """Links to documents and the file of a viewer, not links to pages."""
    markup = '<a href="P0202.docx">附件</a><a href="/a.html">x</a><div class="wp_pdf_player" pdfsrc="/up/b.pdf"></div>'

    assert list(document_links(markup, _PAGE)) == ["http://a.cn/xcgg/P0202.docx", "http://a.cn/up/b.pdf"]


def test_hostile_markup_is_linear() -> None:
    """A megabyte of open tags takes no time worth speaking of."""
    assert list(links("<a " * 300_000, _PAGE)) == []
    assert list(links('<a href="' * 100_000, _PAGE)) == []
    assert len(list(links("<a href=x>" * 50_000, _PAGE))) == 50_000
