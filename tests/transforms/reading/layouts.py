"""Page layouts of many content systems around one invented notice, beyond those of ../shared/formats: what each gives is known line by line."""

from __future__ import annotations

import html
import json

TITLE = "中共临江中学支部委员会关于巡察整改进展情况的通报"

BODY = [
    "根据县委统一部署，2023年10月14日至11月17日，县委第一巡察组对临江中学党支部开展了巡察。2024年1月5日，县委巡察组向临江中学党支部反馈了巡察意见。按照党务公开原则，现将巡察整改进展情况予以公布。",
    "一、提高站位，压实责任",
    "（一）加强组织领导。党支部召开专题会议，成立由书记任组长的领导小组，制定整改方案，明确责任人和完成时限，逐项推进整改落实。",
    "二、整改落实情况",
    "（一）会议制度执行不到位",
    "1.“三重一大”议事规则落实不严格的问题",
    "整改情况：修订议事规则，规范会议记录，完善相关制度5项；开展督查3次，发现问题及时纠正。",
    "2.谈心谈话流于形式的问题",
    "整改情况：一是制定计划；二是明确专人。全年谈心谈话86人次。",
    "三、下一步工作",
    "持续抓好后续整改，巩固整改成果。",
    "欢迎干部群众对巡察整改落实情况进行监督。如有意见建议，请及时向我们反映。联系电话：0888-1234567；邮政信箱：云溪县临江镇中学路1号；邮政编码：123456；电子邮箱：lj@example.cn。",
    "中共临江中学支部委员会",
    "2024年5月6日",
]
NOTICE = "\n".join(f"<p>　　{line}</p>" for line in BODY)
WORDS = ("首页", "政务公开", "通知公告", "互动交流", "专题专栏", "网站地图", "机构职能", "办事服务")
NAV = "<ul>" + "".join(f'<li><a href="/{at}">{word}</a></li>' for at, word in enumerate(WORDS)) + "</ul>"
RELATED = (
    "<div><h3>相关信息</h3><ul>"
    + "".join(
        f'<li><a href="/r{at}">中共云溪县{word}党组关于巡察整改进展情况的通报</a> 2024-0{at % 9 + 1}-11</li>'
        for at, word in enumerate(("教育局", "财政局", "水务局", "民政局", "交通局", "审计局") * 8)
    )
    + "</ul></div>"
)
FOOTER = (
    '<div class="ft"><p>主办：云溪县人民政府办公室　承办：云溪县大数据局</p><p>联系电话：0888-7654321　网站标识码：1234560001</p>'
    '<p><a href="#">滇ICP备12345678号-1</a>　<a>滇公网安备 53000002000001号</a></p></div>'
)
LAYOUTS: dict[str, tuple[str, list[str]]] = {}


def page(name: str, body: str, *, title: str = f"{TITLE}_云溪县人民政府", tail: str = FOOTER, lines: list[str] | None = None) -> None:
    """Add a layout; ``lines`` is what reading it gives, by default title and notice."""
    head = f"<!DOCTYPE html><html><head><title>{title}</title>HEAD</head>"
    LAYOUTS[name] = (f"{head}<body>{body}{tail}</body></html>", lines or [TITLE, *BODY])


page(
    "trs_new",
    f'<div class="nav">{NAV}</div><div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/x">巡察整改</a></div><div class="xl_title">{TITLE}</div><div class="xl_info"><span>发布时间：2024-05-06 09:00</span><span>来源：县教育局</span><span>【字号：<a>大</a> <a>中</a> <a>小</a>】</span><span>浏览次数：<script>document.write(1)</script>次</span></div><div class="view TRS_UEDITOR trs_paper_default trs_web">{NOTICE}</div><div class="fj"><a href="./P020240506.docx">附件：整改台账.docx</a></div><div class="bdsharebuttonbox">分享到：<a>微信</a><a>微博</a></div>{RELATED}',
)
page(
    "trs_double",
    f'{NAV}<h2>{TITLE}</h2><div class=TRS_Editor><style type="text/css">.TRS_Editor P{{margin:0}}</style><div class=TRS_Editor>{NOTICE}</div></div>',
)
page(
    "hanweb",
    f'<table width=1000><tr><td>{NAV}</td></tr></table><table id="article"><tr><td class="title">{TITLE}</td></tr><tr><td align=center>发布日期：2024-05-06　　信息来源：县教育局　　浏览次数：<span>12</span></td></tr><tr><td class="bt_content"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{NOTICE}<meta name="ContentEnd"><!--ZJEG_RSS.content.end--></td></tr><tr><td>【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr></table>',
)
page(
    "ucap",
    f'{NAV}<h1><UCAPTITLE>{TITLE}</UCAPTITLE></h1><p class="sub"><span>日期：2024-05-06</span><span>来源：县教育局</span></p><div id="UCAP-CONTENT"><UCAPCONTENT>{NOTICE}</UCAPCONTENT></div><div class="pages">#PAGE_BREAK#</div><div>扫一扫在手机打开当前页</div>',
)
page(
    "vsb",
    f'{NAV}<form name="_newscontent_fromname"><div><h1 align="center">{TITLE}</h1><div align="center">时间：2024-05-06 作者： 来源：党办 点击数：<span id="dynclicks">12</span></div><div id="vsb_content_2"><div class="v_news_content">{NOTICE}</div></div><p>附件【<a href="/system/_content/download.jsp?urltype=1">台账.docx</a>】已下载<span>3</span>次</p></div></form><div>上一条：<a href="1">学校召开大会</a> 下一条：<a href="2">招生公告</a></div>',
)
page(
    "sudy",
    f'{NAV}<div class="infobox"><div class="article"><h1 class="arti_title">{TITLE}</h1><p class="arti_metas"><span class="arti_publisher">发布者：党办</span><span class="arti_update">发布时间：2024-05-06</span><span class="arti_views">浏览次数：<span class="WP_VisitCount">10</span></span></p><div class="entry"><article class="read"><div class="wp_articlecontent">{NOTICE}</div></article></div></div></div>',
)
page(
    "gd",
    f'{NAV}<div class="main-content"><div class="article-title">{TITLE}</div><div class="article-info">来源：本网 时间：2024-05-06 09:12:33 【字体：<a>大</a><a>中</a><a>小</a>】 分享到：<i></i></div><div class="article-content">{NOTICE}</div><div class="extend">相关附件：<a href="/attachment/0/1.pdf">整改情况.pdf</a></div></div>',
)
page(
    "wechat",
    f'<div id="js_article"><h1 class="rich_media_title" id="activity-name">{TITLE}</h1><div id="meta_content"><span>原创</span><span>临江中学</span><a id="js_name">临江中学</a><em id="publish_time">2024-05-06 09:00</em><em>云南</em></div><div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; "><section data-role="outer"><section><section style="text-align:center"><img data-src="x"></section></section>'
    + "".join(
        f'<section><section><p style="text-indent:2em"><span style="font-size:17px">{line}</span></p></section></section>' for line in BODY
    )
    + "<section><p><span>编辑：王某</span></p><p>审核：李某</p><p>监制：赵某</p></section></section></div><div>预览时标签不可点</div><div>微信扫一扫<br>关注该公众号</div><div>继续滑动看下一个</div><div>轻触阅读原文</div><div>向上滑动看下一个</div></div>",
    tail="",
)
page(
    "nested_tables",
    f"<table width=100%><tr><td bgcolor=red>{NAV}</td></tr><tr><td><table><tr><td width=200 valign=top><table><tr><td>站内搜索</td></tr><tr><td><a href=a>县委召开会议</a></td></tr></table></td><td><table><tr><td align=center><b>{TITLE}</b></td></tr><tr><td align=center>2024-5-6 来源：县教育局</td></tr><tr><td><table><tr><td>{NOTICE}</td></tr></table></td></tr></table></td></tr></table></td></tr></table>",
)
page("pre", f"{NAV}<h1>{TITLE}</h1><pre>" + "\n".join("　　" + line for line in BODY) + "</pre>")
page("brbr", f"{NAV}<h3>{TITLE}</h3><div class=c>" + "<br><br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + line for line in BODY) + "</div>")
page(
    "br_font",
    f"{NAV}<center><font size=5><b>{TITLE}</b></font></center><hr><font face=宋体>"
    + "<br />\n".join("&emsp;&emsp;" + line for line in BODY)
    + "</font>",
)
page(
    "json_next",
    '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">'
    + json.dumps(
        {
            "props": {
                "pageProps": {
                    "detail": {"title": TITLE, "publishTime": "2024-05-06", "content": NOTICE, "id": 3},
                    "nav": [{"name": w} for w in WORDS],
                }
            }
        },
        ensure_ascii=True,
    )
    + "</script>",
    tail="",
)
page(
    "json_escaped",
    '<div id="app"></div><script>window.__INITIAL_STATE__={"article":{"title":"'
    + TITLE
    + '","htmlContent":"'
    + html.escape(NOTICE).replace("\n", "\\n")
    + '"}}</script>',
    tail="",
)
page(
    "json_lines",
    '<div id="app"></div><script>var info = {"title":"'
    + TITLE
    + '","content":"'
    + "\\n".join("　　" + line for line in BODY)
    + '"};</script>',
    tail="",
)
page(
    "json_paras",
    '<div id="app"></div><script>window.data=' + json.dumps({"title": TITLE, "paragraphs": BODY}, ensure_ascii=False) + "</script>",
    tail="",
)
page(
    "json_blocks",
    '<div id="app"></div><script type="application/json">'
    + json.dumps({"title": TITLE, "blocks": [{"type": "p", "text": line} for line in BODY]}, ensure_ascii=False)
    + "</script>",
    tail="",
)
page(
    "js_quote",
    "<div id='app'></div><script>var content='"
    + NOTICE.replace("\n", "")
    + "';var title='"
    + TITLE
    + "';document.getElementById('app').innerHTML=content;</script>",
    tail="",
)
page(
    "textarea",
    f'{NAV}<h1>{TITLE}</h1><textarea id="content" style="display:none">' + html.escape(NOTICE) + '</textarea><div id="show"></div>',
)
page(
    "hidden_input",
    f'{NAV}<h1>{TITLE}</h1><input type="hidden" id="content" value="' + html.escape(NOTICE, quote=True) + '"><div id="show"></div>',
)
HALF = 7
page(
    "split2",
    f'{NAV}<h1>{TITLE}</h1><div class="con"><div id="page1">'
    + "".join(f"<p>{line}</p>" for line in BODY[:HALF])
    + '</div><div class="fy"><a>上一页</a> <a>1</a> <a>2</a> <a>下一页</a></div><div id="page2">'
    + "".join(f"<p>{line}</p>" for line in BODY[HALF:])
    + "</div></div>",
)
page(
    "split3_hidden",
    f'{NAV}<h1>{TITLE}</h1><div class="con"><div id="p1">'
    + "".join(f"<p>{line}</p>" for line in BODY[:5])
    + '</div><div id="p2" style="display:none">'
    + "".join(f"<p>{line}</p>" for line in BODY[5:9])
    + '</div><div id="p3" style="display:none">'
    + "".join(f"<p>{line}</p>" for line in BODY[9:])
    + "</div><div>1 2 3 下一页</div></div>",
)
page(
    "iframe_noscript",
    f'{NAV}<noscript>请开启JavaScript后浏览，谢谢，祝您愉快。</noscript><iframe src="x">您的浏览器不支持框架，请升级，谢谢。</iframe><!-- 注释里的话，很多，很多，很多。 --><h1>{TITLE}</h1><div>{NOTICE}</div>',
)
page(
    "strong_heads",
    f'{NAV}<h1>{TITLE}</h1><div class="nr">'
    + "".join((f"<p><strong>{line}</strong></p>" if len(line) < 20 else f"<p>{line}</p>") for line in BODY)
    + "</div>",
)
page("long_related", f"{NAV}<div><h1>{TITLE}</h1><div>{NOTICE}</div>{RELATED}{RELATED}</div>")
page(
    "digest",
    f'{NAV}<div class="l"><h1>{TITLE}</h1><div class="txt">{NOTICE}</div></div><div class="r"><h3>热点</h3><div><a href=1>青禾镇党委关于巡察整改进展情况的通报</a><p>根据县委统一部署，2023年4月至6月，县委第二巡察组对青禾镇党委开展了巡察，现将整改情况予以公布。一、提高站位，压实责任……</p></div><div><a href=2>县水务局党组关于巡察整改的通报</a><p>根据县委统一部署，县委第三巡察组对水务局党组开展了巡察，现将整改情况予以公布，请监督。</p></div></div>',
)
SHORT = ["经县委巡察组反馈的3个问题，我单位已全部整改到位，现予公布，欢迎监督。", "联系电话：0888-1234567。"]
page(
    "short",
    f'{NAV}<h1>{TITLE}</h1><div>发布时间：2024-05-06</div><div class="n">'
    + "".join(f"<p>{line}</p>" for line in SHORT)
    + f"</div>{RELATED}",
    lines=[TITLE, *SHORT],
)
page(
    "tables",
    f'{NAV}<h1>{TITLE}</h1><div class="zw"><p>{BODY[0]}</p><table border=1><tr><th>序号</th><th>问题</th><th>措施</th><th>责任人</th><th>时限</th></tr><tr><td>1</td><td>会议记录不规范，学习不及时。</td><td>修订制度，明确专人，逐项落实。</td><td>支部书记</td><td>2024年3月底</td></tr><tr><td>2</td><td>公示不及时，内容不全面。</td><td>公开公示，接受监督，及时更新。</td><td>办公室主任</td><td>长期</td></tr></table><p>{BODY[11]}</p></div>',
    lines=[
        TITLE,
        BODY[0],
        "序号 | 问题 | 措施 | 责任人 | 时限",
        "1 | 会议记录不规范，学习不及时。 | 修订制度，明确专人，逐项落实。 | 支部书记 | 2024年3月底",
        "2 | 公示不及时，内容不全面。 | 公开公示，接受监督，及时更新。 | 办公室主任 | 长期",
        BODY[11],
    ],
)
page(
    "chrome_inside",
    f'{NAV}<div class="article"><h1>{TITLE}</h1><div>索引号：123/2024-1 发布机构：县教育局 发布日期：2024-05-06 主题分类：党务 文号：无</div><div>[ 字号：大 中 小 ] [打印] [关闭]</div>{NOTICE}<p>（责任编辑：王某）</p><p>扫一扫，用手机看</p><div>分享到：</div><div>上一篇：没有了</div><div>下一篇：<a href=x>县委召开全县巡察工作会议，部署下一步工作</a></div><div>免责声明：本网转载内容仅供参考，版权归原作者所有，如有侵权请联系删除。</div></div>',
)
page(
    "title_in_body",
    f'{NAV}<div class="c"><p align=center><b>{TITLE[:9]}</b></p><p align=center><b>{TITLE[9:]}</b></p>{NOTICE}</div>',
    title="党务公开-云溪县教育局",
    lines=[TITLE[:9], TITLE[9:], *BODY],
)
page("old_html", f"<P>{NAV}<H1>{TITLE}<DIV>" + "".join(f"<P>{line}" for line in BODY) + "</DIV>")
page(
    "spans",
    f'{NAV}<h1>{TITLE}</h1><div id="content">'
    + "".join(
        "<p>" + "".join(f'<span style="color:#000">{line[i : i + 3]}</span>' for i in range(0, len(line), 3)) + "</p>" for line in BODY
    )
    + "</div>",
)
page(
    "divs_only",
    f"<div>{NAV}</div><div>{TITLE}</div><div>2024-05-06</div><div>" + "".join(f"<div>　　{line}</div>" for line in BODY) + "</div>",
)
page(
    "ol_li", f'{NAV}<h1>{TITLE}</h1><div class="d"><p>{BODY[0]}</p><ul>' + "".join(f"<li>{line}</li>" for line in BODY[1:]) + "</ul></div>"
)
page(
    "comments_section",
    f'{NAV}<div class="main"><h1>{TITLE}</h1><div class="body">{NOTICE}</div></div><div id="comments"><h3>网友评论</h3><div class="c1">张三：写得很好，支持，希望继续努力，加油！</div><div class="c2">李四：整改到位，群众满意，点赞！</div></div>',
)
page(
    "recommend_text",
    f'{NAV}<div class="main"><h1>{TITLE}</h1><div class="body">{NOTICE}</div><div class="guess"><div>猜你喜欢</div><div><a href=1>县委第二轮巡察反馈</a><p>近日，县委第二轮巡察集中反馈会召开，会议指出，要提高站位，压实责任，抓好整改。</p></div></div></div>',
)
page(
    "xhtml",
    f'{NAV}<h1>{TITLE}</h1><div class="info">2024年05月06日 09:30　|　作者：　|　来源：云溪县纪委监委　|　点击：</div><div class="contentbox">{NOTICE}</div>',
)
page(
    "mobile_pc", f'<div class="pc">{NAV}<h1>{TITLE}</h1><div>{NOTICE}</div></div><div class="wap"><h1>{TITLE}</h1><div>{NOTICE}</div></div>'
)
page(
    "gov_head_table",
    f'{NAV}<table class="xxgk"><tr><td>索引号</td><td>11330000-2024-001</td><td>公开方式</td><td>主动公开</td></tr><tr><td>文号</td><td></td><td>发布日期</td><td>2024-05-06</td></tr><tr><td>名称</td><td colspan=3>{TITLE}</td></tr></table><div class="t">{TITLE}</div><div class="w">{NOTICE}</div>',
)
page(
    "ascii_punct",
    f"{NAV}<h1>{TITLE}</h1><div>"
    + "".join(f"<p>{line.translate(str.maketrans('，：；（）', 'ASCII'[0:0] + ',:;()'))}</p>" for line in BODY)
    + "</div>",
    lines=[TITLE] + [line.translate(str.maketrans("，：；（）", ",:;()")) for line in BODY],
)
page(
    "aria_main",
    f'<a href="#m">跳到主要内容</a>{NAV}<main id="m"><header><h1>{TITLE}</h1><time datetime="2024-05-06">2024年5月6日</time></header><section>{NOTICE}</section><footer><p>责任编辑：王某</p></footer></main>',
)
page(
    "dl_info",
    f'{NAV}<dl><dt>索引号：</dt><dd>11-2024</dd><dt>发布机构：</dt><dd>云溪县教育局</dd><dt>发布日期：</dt><dd>2024-05-06</dd></dl><h2 class="tit">{TITLE}</h2><div class="txt">{NOTICE}</div>',
)
page(
    "span_br_mixed",
    f'{NAV}<h1>{TITLE}</h1><div class="TRS_Editor"><p>{BODY[0]}<br>　　{BODY[1]}<br/>　　{BODY[2]}</p><p>'
    + "<br>".join(BODY[3:])
    + "</p></div>",
)
page("spaces_lines", f'{NAV}<h1>{TITLE}</h1><div style="white-space:pre-wrap">' + "\n".join("　　" + line for line in BODY) + "</div>")
page("each_para_table", f"{NAV}<h1>{TITLE}</h1><table>" + "".join(f"<tr><td>{line}</td></tr>" for line in BODY) + "</table>")
page(
    "h_tags",
    f"{NAV}<h1>{TITLE}</h1><div>" + "".join(f"<h4>{line}</h4>" if len(line) < 22 else f"<p>{line}</p>" for line in BODY) + "</div>",
)
page("links_in_body", f"{NAV}<h1>{TITLE}</h1><div>" + NOTICE.replace("巡察", "<a href='/xc'>巡察</a>") + "</div>")
page(
    "word_paste",
    f'{NAV}<h1>{TITLE}</h1><div class="WordSection1">'
    + "".join(
        f'<p class="MsoNormal" style="text-indent:32.0pt"><span style="font-family:仿宋_GB2312">{line}<o:p></o:p></span></p>'
        for line in BODY
    )
    + '<p class="MsoNormal"><o:p>&nbsp;</o:p></p></div>',
)
page("ruby", f"{NAV}<h1>{TITLE}</h1><div>" + NOTICE.replace("临江", "<ruby>临<rt>lín</rt>江<rt>jiāng</rt></ruby>") + "</div>")
page("many_menus", f'{NAV * 12}<div id="c">{NOTICE}</div>{NAV * 12}', title=TITLE)
page(
    "share_mid",
    f'{NAV}<h1>{TITLE}</h1><div>{NOTICE}</div><div class="share"><span>分享：</span><a>微信</a><a>微博</a><a>QQ空间</a></div><div class="qr"><img><p>扫一扫在手机打开当前页</p></div><div class="print"><a>打印</a><a>关闭</a></div>',
)
page(
    "copyright_in",
    f'{NAV}<div class="box"><h1>{TITLE}</h1>{NOTICE}<p>版权所有：云溪县人民政府 未经授权，不得转载，违者必究。</p><p>Copyright © 2024 All Rights Reserved</p></div>',
)
page(
    "breadcrumb_text",
    f"<div>首页 &gt; 党务公开 &gt; 巡察整改 &gt; 正文</div><h1>{TITLE}</h1><p>2024-05-06 来源:县教育局 字体：[大 中 小]</p><div>{NOTICE}</div><p>【打印】 【关闭】</p>",
)
page(
    "login_notice",
    f'<div class="modal" style="display:none"><p>本网站使用Cookie，继续浏览即表示同意，详情请见隐私政策，谢谢。请您登录后再操作，注册即代表同意协议。</p></div>{NAV}<h1>{TITLE}</h1><div>{NOTICE}</div>',
)
page("hidden_copy", f'{NAV}<h1>{TITLE}</h1><div class="pc">{NOTICE}</div><div class="m" style="display:none">{NOTICE}</div>')
page(
    "speech",
    f'{NAV}<h1>{TITLE}</h1><div id="audio">听全文</div><div>{NOTICE}</div><div id="tts" style="display:none">{"".join(BODY)}</div>',
)
page(
    "two_notices",
    f'{NAV}<h1>{TITLE}</h1><div class="c">{NOTICE}</div><div class="next-article"><h2><a href="/n">下一篇：青禾镇关于巡察整改进展情况的通报</a></h2></div>',
)
page(
    "signature_right",
    f"{NAV}<h1>{TITLE}</h1><div>"
    + "".join(f"<p>{line}</p>" for line in BODY[:-2])
    + f'<div style="text-align:right">{BODY[-2]}<br>{BODY[-1]}</div></div>',
)
page(
    "nbsp_split_label",
    f"{NAV}<h1>{TITLE}</h1><div>发布日期&nbsp;：&nbsp;2024-05-06&nbsp;&nbsp;来&nbsp;&nbsp;源：县教育局</div><div>"
    + "".join(f"<p>&nbsp; &nbsp; &nbsp;{line}</p>" for line in BODY)
    + "</div>",
)
page(
    "section_divs",
    f'{NAV}<h1>{TITLE}</h1><div class="art">'
    + "".join(f'<div class="sec"><div class="sec-h">{line}</div></div>' for line in BODY)
    + "</div>",
)
page(
    "inline_style_title",
    f'{NAV}<p style="text-align:center;font-size:22pt">{TITLE}</p><p style="text-align:center">（2024年5月6日）</p>' + NOTICE,
    lines=[TITLE, "（2024年5月6日）", *BODY],
)
page(
    "attach_list",
    f'{NAV}<h1>{TITLE}</h1><div>{NOTICE}</div><ul class="fj"><li><a href="a.pdf">1.整改台账.pdf</a></li><li><a href="b.docx">2.制度汇编.docx</a></li></ul>',
)
page(
    "editor_tail",
    f'{NAV}<h1>{TITLE}</h1><div>{NOTICE}<p style="text-align:right">（供稿：党办　初审：李某　复审：王某　终审：赵某）</p></div>',
)
page(
    "counter_js",
    f'{NAV}<h1>{TITLE}</h1><div>发布时间：2024-05-06&nbsp;点击数：<script>document.write("<span>12</span>")</script></div><div>{NOTICE}</div><script>var a="一，二，三，四，五。六；七：八、九";</script>',
)
page(
    "table_in_table_ledger",
    f"{NAV}<table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{NOTICE}<table border=1><tr><td>序号</td><td>问题</td><td>状态</td></tr><tr><td>1</td><td>记录不规范</td><td>已完成</td></tr></table></td></tr></table>",
    lines=[TITLE, *BODY, "序号 | 问题 | 状态", "1 | 记录不规范 | 已完成"],
)
page("all_in_one_p", f"{NAV}<h1>{TITLE}</h1><p>" + "　　".join(BODY) + "</p>")
page(
    "rowspan_ledger",
    f"{NAV}<h1>{TITLE}</h1><div>{NOTICE}<table><tr><th>方面</th><th>问题</th></tr><tr><td rowspan=2>学习</td><td>学习不深入，计划不细。</td></tr><tr><td>记录不规范，归档不及时。</td></tr></table></div>",
    lines=[TITLE, *BODY, "方面 | 问题", "学习 | 学习不深入，计划不细。", "| 记录不规范，归档不及时。"],
)
page(
    "json_api_blocks",
    '<script>var __NUXT__=(function(a,b){return {data:[{title:"'
    + TITLE
    + '",content:"'
    + NOTICE.replace('"', '\\"').replace("\n", "\\n").replace("<", "\\u003C").replace(">", "\\u003E")
    + '"}]}}(1,2))</script><div id="__nuxt"></div>',
    tail="",
)
page(
    "cdata_records",
    '<div id="x"><script type="text/xml"><datastore><recordset><record><![CDATA['
    + NOTICE
    + "]]></record></recordset></datastore></script></div>",
    tail="",
)
