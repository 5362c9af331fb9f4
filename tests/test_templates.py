# ruff: noqa: E501
"""Pages as common systems print them: every field is read, whatever stands around it."""

from dataclasses import dataclass, field

import pytest
from test_extract import read

TITLE = "Khởi công xây cầu mới qua sông, nối hai bờ phía nam"
LEAD = "Sáng nay, huyện khởi công cây cầu dài 312 m, dự kiến thông xe trước mùa mưa năm sau."
TEXT = (
    "Dự lễ khởi công có lãnh đạo huyện, chủ đầu tư và đông đảo bà con hai xã ven sông.",
    "Theo chủ đầu tư, cầu rộng 9,5 m, gồm bảy nhịp, tổng mức đầu tư 148 tỷ đồng từ ngân sách.",
    "Bà Lê Thị Mơ, nhà ở bờ nam, cho biết lâu nay học sinh vẫn phải đi đò, mùa lũ phải nghỉ học.",
    "Khi hoàn thành, cây cầu giúp rút ngắn 11 km từ bờ nam tới trung tâm huyện và bệnh viện.",
)
CAPTION = "Các đại biểu động thổ khởi công cây cầu. Ảnh: Minh Đức"
DATE = "2026-03-01T02:51:00+00:00"  # 09:51 in Vietnam
AUTHOR = "Mai Lan"
FIGURE = f"<figure><img src='a.jpg'><figcaption>{CAPTION}</figcaption></figure>"
BY = f"<meta name='author' content='{AUTHOR}'>"


def paragraphs(tag: str = "p", between: str = "", attributes: str = "") -> str:
    first, *rest = (f"<{tag}{attributes}>{text}</{tag}>" for text in TEXT)
    return first + between + "".join(rest)


def links(count: int = 4, tag: str = "li") -> str:
    return "".join(
        f"<{tag}><a href='/tin-{n}.html'>Một tin khác của huyện trong tuần, tin số {n}</a></{tag}>"
        for n in range(count)
    )


MENU = "<ul>" + "".join(f"<li><a href='/{n}'>Mục {n}</a></li>" for n in range(8)) + "</ul>"
FOOT = (
    "<div class='f'><p>Giấy phép số 12/GP-BTTTT do Sở cấp. Tổng biên tập: Trần Văn Mẫu.</p>"
    "<p>Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p></div>"
)


@dataclass(frozen=True, kw_only=True)
class Template:
    """A page (``inside`` its body) and what is to be read on it."""

    inside: str
    head: str = ""
    lead: str = LEAD
    captions: tuple[str, ...] = (CAPTION,)
    author: str = ""
    published: str = DATE
    text: tuple[str, ...] = field(default=TEXT)


WORDPRESS = Template(
    head=BY + "<meta property='article:published_time' content='2026-03-01T02:51:00+00:00'>",
    author=AUTHOR,
    lead="",
    inside=f"""<header>{MENU}</header><div id="page"><article class="post-1 hentry">
    <header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
    <div class="entry-meta"><span>1 Tháng Ba, 2026</span> <span>by <a rel="author" href="/a">{
        AUTHOR
    }</a></span></div></header>
    <div class="entry-content">{
        paragraphs(
            between=f'<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">{CAPTION}</p></div>'
        )
    }
    <div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li><li>Facebook 12</li></ul></div>
    <div class="likes"><h3>Like this:</h3><span>Like</span> <span>Loading...</span></div>
    <div class="rp"><h3>Related</h3><div><h4><a href="/x">Bài khác trong cùng chuyên mục này</a></h4><p>Tháng Hai 3, 2026</p><p>In "Tin"</p></div></div></div>
    <footer>Posted in <a href="/c">Tin tức</a></footer></article>
    <nav>{links(2)}</nav><div id="comments"><h2>2 thoughts on “{
        TITLE
    }”</h2><ol class="comment-list">
    <li><article><footer><b>Hoà</b> says: <time>02/03/2026 at 08:12</time></footer><p>Mong cầu sớm xong để các cháu đi học đỡ vất vả.</p><a>Reply</a></article></li>
    <li><article><footer><b>Tuấn</b> says: <time>02/03/2026 at 09:30</time></footer><p>Quá mừng cho bà con quê mình!</p><a>Reply</a></article></li></ol>
    <div><h3>Leave a Reply</h3><form><p>Your email address will not be published. Required fields are marked *</p><textarea></textarea></form></div></div></div>{
        FOOT
    }""",
)
DETAIL = Template(
    head=BY,
    author=AUTHOR,
    inside=f"""<div class="top">{MENU}</div><div class="l-content"><div class="detail">
    <div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/kt">Kinh tế</a></div>
    <h1 class="detail__title">{TITLE}</h1><div class="detail__meta"><span>{
        AUTHOR
    }</span> <time datetime="2026-03-01T09:51:00+07:00">01/03/2026 09:51</time></div>
    <h2 class="detail__summary">{
        LEAD
    }</h2><ul class="detail__social"><li>Facebook</li><li>Zalo</li><li>Sao chép liên kết</li></ul>
    <div class="detail__content">{
        paragraphs(
            between=f"{FIGURE}<div class='banner'><span>Quảng cáo</span></div><div class='detail__related'><h3>Tin liên quan</h3><article><a href='/1'><img src='1.jpg'></a><h4><a href='/1'>Giá lúa đầu vụ tăng nhẹ ở miền trong</a></h4></article></div>"
        )
    }
    <p class="detail__author"><strong>Nguồn: TTXVN</strong></p></div>
    <div class="detail__tags"><span>Từ khóa:</span> <a href="/t1">cầu mới</a> <a href="/t2">bờ nam</a></div>
    <div class="detail__comment"><h3>Bình luận (2)</h3><div><b>Hoà</b><p>Mong cầu sớm xong để các cháu đi học.</p><span>2 giờ trước</span> <a>Trả lời</a></div></div></div>
    <div class="side"><h3>Đọc nhiều</h3>{links()}</div></div>{FOOT}""",
    text=(*TEXT, "Nguồn: TTXVN"),
)
TEASERS_INSIDE = Template(
    inside=f"""<nav>{MENU}</nav><main><div class="article__header"><h1 class="article__title">{
        TITLE
    }</h1>
    <div class="article__sapo">{
        LEAD
    }</div><div class="article__meta"><time datetime="2026-03-01T09:51:00+0700">Chủ nhật 01/03/2026 09:51</time><span class="author">{
        AUTHOR
    }</span></div></div>
    <div class="article__body">{
        paragraphs(
            between=f"{FIGURE}<div class='r'><a href='/n1'>Tin mới không liên quan gì tới bài này cả</a><p>Người dân phấn khởi vì vụ mùa năm nay được giá hơn mọi năm.</p></div><div class='r'><a href='/n2'>Thêm một tin mới không liên quan tới bài</a><p>Đội bóng huyện giành vé vào vòng trong sau loạt sút luân lưu.</p></div>"
        )
    }</div>
    <div class="box"><h2>Tin mới</h2>{
        "".join(
            f"<div><a href='/s{n}'>Tin bên lề số {n} trong ngày hôm nay</a><span>01/03/2026 1{n}:00</span></div>"
            for n in range(5)
        )
    }</div></main>{FOOT}""",
)
SHAREPOINT = Template(
    published="2026-02-28T17:00:00+00:00",
    inside=f"""<form id="aspnetForm"><input type="hidden" value="x"><div id="s4-workspace"><table><tr><td>{
        MENU
    }</td></tr></table>
    <div class="news"><div class="ms-webpart"><h3 class="tandan-title">{
        TITLE
    }</h3><div><span>Đăng ngày 01 - 03 - 2026</span> <span>Lượt xem: 400</span> <span>100%</span></div>
    <div class="summary"><p>{
        LEAD
    }</p></div><div class="content"><div class="ms-rtestate-field"><div>{
        paragraphs(
            between=f'<table><tr><td><img src="a.jpg"></td></tr><tr><td><em>{CAPTION}</em></td></tr></table>',
            attributes=' style="text-align:justify"',
        )
    }</div></div></div>
    <div class="other"><div>Tin khác</div><ul>{links(6)}</ul></div></div></div>
    <div class="counter"><div>Đang truy cập: 31</div><div>Hôm nay: 1.204</div><div>Tổng lượt truy cập: 5.301.222</div></div></div></form>{
        FOOT
    }""",
    head=f"<title>{TITLE}</title>",
)
DRUPAL = Template(
    head="<meta property='article:published_time' content='2026-03-01T09:51:00+07:00'>",
    inside=f"""<div class="region-header">{MENU}</div><div class="region-content"><article role="article" class="node node--type-article"><h1><span class="field--name-title">{TITLE}</span></h1>
    <div class="node__content"><div class="field field--name-field-summary"><p>{LEAD}</p></div>
    <div class="field--name-field-image"><figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure></div>
    <div class="field--name-body field__item">{paragraphs()}</div>
    <div class="field--name-field-tags"><div class="field__label">Tags</div><div class="field__items">{links(2, "div")}</div></div></div>
    <section class="comments"><h2>Add new comment</h2><form><label>Your name</label><input type="text"></form></section></article></div>
    <div class="region-sidebar"><h2>Who's online</h2><p>There are currently 12 users online.</p></div>{FOOT}""",
)
TABLES = Template(
    head=f"<title>{TITLE} - Sở Mẫu</title>",
    inside=f"""<table width="100%"><tr><td colspan="2">{MENU}</td></tr><tr><td width="200"><table><tr><td>Liên kết website</td></tr>{"".join(f"<tr><td><a href='/l{n}'>Cơ quan số {n}</a></td></tr>" for n in range(6))}</table></td>
    <td><table><tr><td class="tieude">{TITLE}</td></tr><tr><td>Cập nhật: 01/03/2026 09:51</td></tr><tr><td class="tomtat"><b>{LEAD}</b></td></tr>
    <tr><td class="noidung">{paragraphs(between=f"<table><tr><td><img src='a.jpg'></td></tr><tr><td>{CAPTION}</td></tr></table>")}</td></tr>
    <tr><td><b>Các tin khác</b></td></tr><tr><td><ul>{"".join(f"<li><a href='/k{n}'>Tin đã đưa số {n} của sở trong tháng</a> (2{n}/02/2026)</li>" for n in range(6))}</ul></td></tr></table></td></tr>
    <tr><td colspan="2">{FOOT}</td></tr></table>""",
)
COPY = Template(
    captions=(),
    published="2026-02-28T17:00:00+00:00",
    inside=f"""<div>{MENU}</div><div class="w"><h1>{TITLE}</h1><p class="sapo">{LEAD}</p><div><img alt="Báo Mẫu Tỉnh"><span>Báo Mẫu TỉnhBáo Mẫu Tỉnh01/03/2026</span></div>
    <div class="content">{paragraphs()}<p>Nguồn: <a href="https://bao.example.vn/x">https://bao.example.vn/x</a></p></div><div>Bình luận (0)</div><div>No data</div>
    <div><h3>Cùng chủ đề</h3>{links(3, "div")}</div><div><h3>Cùng tác giả</h3>{links(3, "div")}</div><div>No videos available</div></div>""",
)
BOLD_FIRST = Template(
    head=BY,
    author=AUTHOR,
    inside=f"""{MENU}<div class="main"><div class="d">Chủ nhật, 01/03/2026 09:51 [GMT+7]</div><h1>{
        TITLE
    }</h1><div id="content"><p><strong>{LEAD}</strong></p>{
        paragraphs(
            between=f'<p style="text-align:center"><img src="a.jpg"></p><p class="pic-caption">{CAPTION}</p><p class="pic-caption">{CAPTION}</p>'
        )
    }<p style="text-align:right"><strong>{
        AUTHOR
    }</strong></p></div><div>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</div><div>Xếp hạng: 5 - 1 phiếu bầu</div><div class="o"><b>Những tin mới hơn</b><ul>{
        links()
    }</ul></div></div>{FOOT}""",
    text=(*TEXT, AUTHOR),
)
LINE_BREAKS = Template(
    captions=(),
    published="2026-02-28T17:00:00+00:00",
    inside=f"""{MENU}<div class="c"><h1>{TITLE}</h1><div>(01/03/2026)</div><h2>{LEAD}</h2><div class="t">{"<br><br>".join(TEXT)}<br><br><span>Lượt đọc: 1.200</span></div><div>{links()}</div></div>{FOOT}""",
)
HALVES = Template(
    inside=f"""{MENU}<main><article><header><h1>{TITLE}</h1><p>{LEAD}</p><div><a href="/a">{AUTHOR}</a> <span>01/03/2026 09:51</span></div></header>
    <div class="s"><p>{TEXT[0]}</p>{FIGURE}<p>{TEXT[1]}</p></div><div class="ad"><div>ADVERTISEMENT</div><a href="https://ad.example/"><img src="ad.gif"></a></div>
    <aside><h4>Sign up for our newsletter</h4><p>Get the morning briefing in your inbox.</p><input type="email"></aside>
    <div class="s"><p>{TEXT[2]}</p><p>{TEXT[3]}</p></div></article></main><section><h2>Most read</h2><ol>{links()}</ol></section>{FOOT}""",
)
TEMPLATES = {
    "WordPress": WORDPRESS,
    "detail": DETAIL,
    "teasers inside": TEASERS_INSIDE,
    "SharePoint": SHAREPOINT,
    "Drupal": DRUPAL,
    "tables": TABLES,
    "copy of an aggregator": COPY,
    "bold first paragraph": BOLD_FIRST,
    "line breaks": LINE_BREAKS,
    "two halves": HALVES,
}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_fields_of_a_template(template: Template) -> None:
    article = read(template.inside, template.head).article
    assert article.title == TITLE
    assert article.lead == template.lead
    assert tuple(block.text for block in article.blocks) == template.text
    assert article.captions == template.captions
    assert article.author == template.author
    assert article.published_at is not None
    assert article.published_at.isoformat() == template.published
