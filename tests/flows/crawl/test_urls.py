"""One page has one name, and what is no web page is told apart with its reason."""

from __future__ import annotations

import pytest

from flows.crawl.failure import FetchFailed
from flows.crawl.urls import canonical, host_of, origin_of, url_list


@pytest.mark.parametrize(
    ("words", "base", "expected"),
    [
        ("HTTP://WWW.Example.GOV.cn/A.html#top", "", "http://www.example.gov.cn/A.html"),
        ("www.example.gov.cn/content/post_1.html", "", "http://www.example.gov.cn/content/post_1.html"),
        ("https://a.cn:443", "", "https://a.cn/"),
        ("http://a.cn:8080/x", "", "http://a.cn:8080/x"),
        (" \ufeffhttp://a.cn/x?b=公告 ", "", "http://a.cn/x?b=%E5%85%AC%E5%91%8A"),
        ("http://例子.中国/通报.html", "", "http://xn--fsqu00a.xn--fiqs8s/%E9%80%9A%E6%8A%A5.html"),
        ("http://a.cn/%e4%b8%ad?q=%2f", "", "http://a.cn/%E4%B8%AD?q=%2F"),
        ("http://a.cn/b/../c/./d/", "", "http://a.cn/c/d/"),
        ("http://a.cn/../../x", "", "http://a.cn/x"),
        ("http://a.cn/x;jsessionid=1A2B?id=3", "", "http://a.cn/x?id=3"),
        ("../t20240506_1.html", "http://a.cn/b/c/index.html", "http://a.cn/b/t20240506_1.html"),
        ("//b.cn/x", "https://a.cn/", "https://b.cn/x"),
        ("?page=2", "http://a.cn/list.jsp?page=1", "http://a.cn/list.jsp?page=2"),
        ("files\\a.docx", "http://a.cn/b/", "http://a.cn/b/files/a.docx"),
        ("http://[::1]:80/", "", "http://[::1]/"),
    ],
)
def test_canonical(words: str, base: str, expected: str) -> None:
    """Ways to write a URL come to one form, which stays as it is."""
    assert canonical(words, base) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "words",
    ["ftp://a.cn/x", "file:///etc/passwd", "javascript:alert(1)", "mailto:x@a.cn", "/only/a/path", "", "http://", "http://u:p@a.cn/",
     "http://a.cn:99999/", "http://a.cn:x/", "http://[::1/", "http://" + "a" * 70 + ".cn/", "http://a.cn/" + "x" * 3000],
)  # fmt: skip
def test_no_web_page(words: str) -> None:
    """Other schemes, passwords and broken URLs are refused in words."""
    with pytest.raises(FetchFailed) as caught:
        canonical(words)
    assert caught.value.reason == "invalid_url"


def test_parts() -> None:
    """Host with port, and origin."""
    assert host_of("http://a.cn:8080/x/y") == "a.cn:8080"
    assert origin_of("https://a.cn/x/y") == "https://a.cn"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lists(encoding: str) -> None:
    """Blank lines and comments do not count, whatever the list's encoding."""
    words = "# 巡察整改通报的链接，共两条\r\n\r\nhttp://a.cn/1\r\n  b.cn/2  \r\n# 完"

    assert list(url_list(words.encode(encoding))) == ["http://a.cn/1", "b.cn/2"]


def test_list_without_urls() -> None:
    """An empty list and a picture name nothing."""
    assert list(url_list(b"")) == []
    assert list(url_list(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))) == []
