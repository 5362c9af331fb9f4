"""A portal's page as an attacker serves it."""

import html
import json

from desks import BODY
from hostile import ADDRESSES, BIDI, EMOJI, EVERYTHING, MARKDOWN, MARKUP, MIXED, TERMINAL


def page(figure: int, hidden: str) -> bytes:
    """``hidden`` stands where a browser would run it."""
    spelled = html.escape(" ".join((*MARKUP, *ADDRESSES, MARKDOWN, MIXED)))
    obeyed = "".join(f"&#{ord(one)};" for one in f"{BIDI}{TERMINAL}\n") + "&#xD800;&#0;&#x1FFFE;"
    raw = f"{BIDI}{TERMINAL}\x00\x9b31m{EMOJI}"
    told = json.dumps(
        {"@type": "NewsArticle", "headline": f"Hội nghị {EVERYTHING}", "author": EVERYTHING}
    ).replace("<", "\\u003c")
    return f"""<!doctype html><html lang="vi"><head><title>Hội nghị {spelled}</title>
<meta property="og:title" content="Hội nghị {spelled}{obeyed}">
<meta property="article:published_time" content="2026-03-02T08:15:00+07:00">
<link rel="canonical" href="javascript:window.pwned=1">
<script type="application/ld+json">{told}</script></head><body>
<article><h1>Hội nghị {spelled}{obeyed}{raw}</h1>
<p class="sapo"><b>Mở đầu {obeyed} {raw} về hội nghị tổng kết năm của tỉnh.</b></p>
<p>Tỉnh thu {figure} tỷ đồng {spelled}{obeyed}{raw}, bằng 27 % dự toán giao.</p>
<p>{hidden} {BODY[0]}</p><p>{BODY[1]} <a href="javascript:window.pwned=1">xem</a></p>
<figure><img src="x" onerror="window.pwned=1" alt="a"><figcaption>Ảnh {spelled}{raw}</figcaption>
</figure></article></body></html>""".encode()
