"""What pages say that stand in an article's place: named phrases with samples. Pure.

Each is looked for in a page's title, headings and short lines, never inside running text, and
only counts on a page with little text: an article about a 404 page is an article.
"""

import re
from dataclasses import dataclass
from typing import Literal

LONGEST_LINE = 300
"""Characters of a line that are looked at: what stands in an article's place is short."""

TelltaleKind = Literal["block_page", "soft_404"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telltale:
    """``pattern`` is searched in one line; ``whole`` asks that the line says nothing else."""

    kind: TelltaleKind
    name: str
    sample: str
    pattern: re.Pattern[str]
    whole: bool = False


def _telltale(
    kind: TelltaleKind, name: str, sample: str, pattern: str, *, whole: bool = False
) -> Telltale:
    compiled = re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    return Telltale(kind=kind, name=name, sample=sample, pattern=compiled, whole=whole)


_PAGE = (
    r"(?:trang(?:\s+web)?|bài\s+viết|nội\s+dung|tin(?:\s+bài)?|đường\s+dẫn|địa\s+chỉ"
    r"|liên\s+kết|url)"
)
_ENGLISH_PAGE = r"(?:page|article|content|story|document|file|url|resource|address|post|link)"

TELLTALES: tuple[Telltale, ...] = (
    _telltale(
        "block_page", "browser check", "Just a moment...",
        r"^(?:just\s+a\s+moment|please\s+wait|one\s+moment,?\s+please)\s*(?:\.\.\.|…)?$"
        r"|checking\s+(?:if\s+the\s+site\s+connection\s+is\s+secure|your\s+browser)"
        r"|verif(?:y|ying)\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human|performing\s+security\s+verification"
        r"|needs\s+to\s+review\s+the\s+security\s+of\s+your\s+connection"
        r"|enable\s+javascript\s+and\s+cookies\s+to\s+continue|ddos[\s-]protection\s+by",
    ),
    _telltale(
        "block_page", "access denied", "Access Denied",
        r"^(?:error\s+)?(?:40[13]\s*[-–—:|.]?\s*)?(?:access\s+(?:is\s+|to\s+this\s+page\s+(?:has\s+been\s+)?)?denied"
        r"|forbidden|unauthori[sz]ed)(?:\s*[-–—|.!].*)?$|attention\s+required!?\s*\|?"
        r"|you\s+(?:don.t|do\s+not)\s+have\s+permission\s+to\s+access|sorry,\s+you\s+have\s+been\s+blocked"
        r"|(?:your|this)\s+request\s+(?:was|has\s+been)\s+(?:blocked|rejected|denied)"
        r"|the\s+requested\s+url\s+was\s+rejected|web\s+application\s+firewall|^error\s+10\d\d\b",
    ),
    _telltale(
        "block_page", "your address", "Your IP address 203.0.113.9 has been blocked",
        r"your\s+ip(?:\s+address)?\s*(?:[:(]|is\b|has\b|was\b|\d)|(?:địa\s+chỉ\s+)?ip\s+(?:của\s+(?:bạn|quý\s+khách))"
        r"|unusual\s+traffic\s+from\s+your|too\s+many\s+requests|rate\s+limit\s+exceeded"
        r"|quá\s+nhiều\s+(?:yêu\s+cầu|truy\s+cập|lượt\s+truy\s+cập)",
    ),
    _telltale(
        "block_page", "robot check", "Vui lòng xác nhận bạn không phải là robot",
        r"(?:không\s+phải\s+(?:là\s+)?(?:robot|rô\s?bốt|người\s+máy)|xác\s+(?:minh|nhận|thực)\s+(?:rằng\s+)?bạn\s+là\s+(?:con\s+)?người)"
        r"|(?:i\s+am|i'm|you\s+are|you're)\s+not\s+a\s+robot|(?:complete|solve|enter|nhập|điền)\s+(?:the\s+|mã\s+)?captcha"
        r"|are\s+you\s+(?:a\s+)?(?:robot|human)\??$|^captcha$|press\s+(?:&|and)\s+hold|pardon\s+our\s+interruption"
        r"|nhập\s+mã\s+(?:xác\s+(?:nhận|thực)|bảo\s+vệ)|kiểm\s+tra\s+trình\s+duyệt",
    ),
    _telltale(
        "block_page", "refused in Vietnamese", "Truy cập bị từ chối",
        r"(?:quyền\s+)?truy\s+cập\s+(?:của\s+bạn\s+)?(?:đã\s+)?bị\s+(?:từ\s+chối|chặn|hạn\s+chế|cấm)|từ\s+chối\s+truy\s+cập"
        r"|bạn\s+(?:đã\s+)?bị\s+chặn|bạn\s+không\s+có\s+quyền\s+truy\s+cập|yêu\s+cầu\s+(?:của\s+bạn\s+)?(?:đã\s+)?bị\s+(?:chặn|từ\s+chối)",
    ),
    _telltale(
        "block_page", "under maintenance", "Website đang bảo trì",
        r"(?:hệ\s+thống|website|trang\s+web|trang\s+thông\s+tin|máy\s+chủ)\s+(?:đang\s+)?(?:được\s+)?(?:bảo\s+trì|nâng\s+cấp|quá\s+tải)"
        r"|(?:site|website|page)\s+(?:is\s+)?(?:under\s+(?:maintenance|construction)|down\s+for\s+maintenance"
        r"|temporarily\s+unavailable)|service\s+(?:temporarily\s+)?unavailable|^bảo\s+trì(?:\s+hệ\s+thống)?$"
        r"|^(?:50[0234]\s*[-–—:|.]?\s*)?(?:internal\s+server\s+error|bad\s+gateway|gateway\s+time-?out)$",
    ),
    _telltale(
        "soft_404", "not found in Vietnamese", "Không tìm thấy trang",
        rf"không\s+(?:tìm\s+thấy|tồn\s+tại)\s+{_PAGE}"
        rf"|{_PAGE}\s+(?:\S+\s+){{0,6}}(?:không\s+(?:còn\s+)?(?:tồn\s+tại|tìm\s+thấy|được\s+tìm\s+thấy|khả\s+dụng|hợp\s+lệ)"
        r"|đã\s+bị\s+(?:xóa|xoá|gỡ|di\s+chuyển)|chưa\s+được\s+(?:xuất\s+bản|đăng))"
        r"|không\s+có\s+(?:bài\s+viết|nội\s+dung|dữ\s+liệu)\s+(?:nào|này|bạn)",
    ),
    _telltale(
        "soft_404", "not found", "404 - Page not found",
        rf"(?:{_ENGLISH_PAGE}|that)\s+(?:\S+\s+){{0,8}}(?:not\s+(?:be\s+)?(?:found|exist|available)|n.t\s+(?:be\s+found|exist)"
        r"|no\s+longer\s+(?:exists?|available|here)|(?:has|have)\s+been\s+(?:moved|removed|deleted|withdrawn))"
        rf"|(?:can.?t|cannot|can\s+not|couldn.t|could\s+not|unable\s+to)\s+(?:seem\s+to\s+)?(?:find|locate)\s+(?:the|that|this)\s+{_ENGLISH_PAGE}"
        rf"|no\s+(?:such\s+)?{_ENGLISH_PAGE}\s+(?:was\s+)?found|{_ENGLISH_PAGE}\s+(?:doesn.t|does\s+not|didn.t)\s+exist",
    ),
    _telltale(
        "soft_404", "404", "Lỗi 404",
        r"(?:oops!?\s*|lỗi\s*|error\s*|http\s*|mã\s+lỗi\s*)*[:\-–]?\s*404\s*[!.]?"
        r"(?:\s*(?:[-–—:|]\s*)?(?:error|lỗi|not\s+found|không\s+tìm\s+thấy|page|file\s+(?:or\s+directory\s+)?not\s+found|oops)[!.]?)*"
        r"|not\s+found[!.]?|không\s+tìm\s+thấy[!.]?|410\s*[-–—:|]?\s*gone",
        whole=True,
    ),
    _telltale(
        "soft_404", "not found in Arabic and Persian", "الصفحة غير موجودة",
        r"(?:الصفحة|المقال|المحتوى)\s+(?:\S+\s+){0,4}(?:غير\s+(?:موجودة?|متوفرة?|متاحة?)|لم\s+يتم\s+العثور)"
        r"|لم\s+يتم\s+العثور\s+على|صفحه\s+(?:\S+\s+){0,5}(?:یافت\s+نشد|وجود\s+ندارد|پیدا\s+نشد)",
    ),
)  # fmt: skip


def find_telltale(line: str) -> Telltale | None:
    """The first telltale that ``line`` (NFC, one line) shows within LONGEST_LINE."""
    line = line[:LONGEST_LINE]
    for telltale in TELLTALES:
        match = telltale.pattern.fullmatch if telltale.whole else telltale.pattern.search
        if match(line):
            return telltale
    return None
