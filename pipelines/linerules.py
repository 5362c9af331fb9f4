"""Lines that portals print around articles: named rules, each with its reason and a sample. Data.

A rule matches a whole line and is careful: a real sentence must never match, since an edit of
it would go unseen. Rules for places that are apart from the text stand in ``framerules``.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """A line that ``pattern`` matches as a whole, case aside, is left out.

    ``sample`` is such a line as portals print it. A ``frame`` rule spares list items, cells
    and headings inside the text: there "100%" or "08:30" may be what the article says.
    A rule that ``opens`` heads a box: what stands in the box belongs to it.
    """

    name: str
    why: str
    sample: str
    pattern: re.Pattern[str]
    frame: bool = False
    opens: bool = False


def rule(
    name: str, why: str, sample: str, pattern: str, *, frame: bool = False, opens: bool = False
) -> LineRule:
    """A rule whose pattern is written in the verbose manner: its blanks mean nothing."""
    compiled = re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    return LineRule(name=name, why=why, sample=sample, pattern=compiled, frame=frame, opens=opens)


_UNIT = r"(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|năm)"
_WHEN = r"(?:second|sec|minute|min|hour|hr|day|week|month|year)s?"
_SHARE = (
    r"(?:zalo|facebook|fb|twitter|x|linkedin|pinterest|whatsapp|telegram|messenger|viber|reddit|"
    r"e-?mail|gmail|share|shares|tweet|print|save|copy\s+link|chia\s+sẻ|gửi\s+email|in\s+bài(?:\s+viết)?|lưu"
    r"|sao\s+chép\s+liên\s+kết|lưu\s+bài(?:\s+viết)?|bản\s+in|theo\s+dõi|مشاركة|شارك|اشتراک\s?گذاری"
    r"|google\s+news|instagram|youtube|tiktok|flipboard|tumblr|skype|line|sms|link|thích|like)"
)
_SOURCE = r"(?:المصدر|مصدر|منبع|nguồn(?:\s+tin)?|source|fuente|源|出典)"

LINE_RULES: tuple[LineRule, ...] = (
    rule(
        "see also",
        "points to another article",
        "Xem thêm: Khai mạc lễ hội hoa xuân",
        r"(?:>+|»|•|-|\*)?\s*(?:xem\s+thêm|đọc\s+thêm|tin\s+liên\s+quan|bài\s+liên\s+quan"
        r"|(?:có\s+thể\s+)?bạn\s+quan\s+tâm|see\s+also|read\s+more|read\s+also|also\s+read"
        r"|related(?:\s+(?:stories|articles|news|posts|content|coverage))?|more\s+on\s+this(?:\s+story)?"
        r"|اقرأ\s+أيضا?ً?ا?|شاهد\s+أيضا?ً?ا?|بیشتر\s+بخوانید)\s*(?:[:>»].*|\.{3}|…)?",
    ),
    rule(
        "tail head",
        "heads what follows an article: tags, related news, readers' letters",
        "Ý kiến bạn đọc",
        r"(?:từ\s+khóa|từ\s+khoá|tags?|chủ\s+đề|tin\s+liên\s+quan|tin\s+bài\s+liên\s+quan"
        r"|ý\s+kiến\s+bạn\s+đọc|ý\s+kiến\s+của\s+bạn|bình\s+luận|tin\s+(?:cùng\s+chuyên\s+mục|khác|mới(?:\s+nhất)?)"
        r"|các\s+tin\s+khác|tin\s+(?:đọc|xem)\s+nhiều|đọc\s+nhiều(?:\s+nhất)?|comments?|(?:share|like)\s+this"
        r"(?:\s+(?:story|article|post))?|most\s+(?:read|popular|viewed)|trending)\s*[:.]?",
        frame=True,
        opens=True,
    ),
    rule(
        "same as this",
        "heads a list of articles with the same topic, category or author",
        "در همان موضوع",
        r"(?:cùng\s+(?:chủ\s+đề|chuyên\s+mục|thể\s+loại|danh\s+mục|tác\s+giả)"
        r"|(?:in\s+the\s+|from\s+the\s+|by\s+the\s+)?same\s+(?:topic|category|author)"
        r"|(?:في|من)\s+نفس\s+(?:الموضوع|الفئة|التصنيف|القسم|المؤلف|الكاتب)|نفس\s+(?:الموضوع|الفئة|المؤلف)"
        r"|(?:در|از)\s+همان\s+(?:موضوع|دسته\s?بندی|دسته|نویسنده))\s*:?",
        frame=True,
        opens=True,
    ),
    rule(
        "view counter",
        "counts visits, so it differs at every look",
        "Lượt xem: 400",
        r"(?:(?:số|tổng|total|page|unique)\s+)*(?:lượt\s+(?:xem|đọc|truy\s+cập|view)|đã\s+xem|views?|reads?|hits|visits"
        r"|مشاهدات|المشاهدات|بازدید)\s*[:：]?\s*[\d.,]+\s*[kKmM]?"
        r"|[\d.,]+\s*[kKmM]?\s*(?:(?:số|page|unique|total)\s+)?(?:lượt\s+(?:xem|đọc|thích|chia\s+sẻ|truy\s+cập)|views?"
        r"|reads?|shares?|likes?|مشاهدة|بازدید)",
        frame=True,
    ),
    rule(
        "comment counter",
        "counts comments, so it differs at every look",
        "تعليق (0)",
        r"(?:(?:reader|user|your|all)['’]?s?['’]?\s+)?(?:تعليق|تعليقات|التعليقات|نظر|نظرات|bình\s+luận|ý\s+kiến(?:\s+bạn\s+đọc)?"
        r"|phản\s+hồi|comments?|komentar|комментари\w+|评论)\s*[(\[:]\s*\d+\s*[)\]]?"
        r"|\d+\s*(?:bình\s+luận|ý\s+kiến|phản\s+hồi|comments?|تعليق(?:ات)?|نظر)",
        opens=True,
    ),
    rule(
        "ad slot",
        "labels a place for advertisements",
        "[إعلان رقم 2]",
        r"[\[(]?\s*-*\s*(?:quảng\s+cáo|nội\s+dung\s+tài\s+trợ|tin\s+tài\s+trợ|إعلان(?:ات)?(?:\s+رقم)?"
        r"|تبلیغ(?:ات)?|آگهی|advertisements?|advert|ads?|sponsored(?:\s+content)?|publicidade|anzeige"
        r"|publicité|реклама)\s*\d*\s*-*\s*[\])]?"
        r"|story\s+continues\s+below(?:\s+advertisement)?|article\s+continues\s+below(?:\s+ad\w*)?|mời\s+(?:bạn\s+)?(?:đọc|xem)\s+tiếp.{0,40}",
        opens=True,
    ),
    rule(
        "nothing here",
        "an empty place of the page says so",
        "No videos available",
        r"no\s+(?:data|videos?|results?|comments?)(?:\s+(?:available|found|yet))?\.?"
        r"|(?:không|chưa)\s+có\s+(?:dữ\s+liệu|video|bình\s+luận)(?:\s+nào)?\.?"
        r"|(?:like\s+)?loading\.*…?|đang\s+tải\.*…?",
    ),
    rule(
        "share label",
        "names ways to share, not what happened",
        "Zalo",
        rf"{_SHARE}(?:\s*[(]?\d[\d.,]*[kKmM]?[)]?)?(?:\s*(?:[,|/·•:]\s*)?{_SHARE}(?:\s*[(]?\d[\d.,]*[kKmM]?[)]?)?)*\s*:?",
    ),
    rule(
        "font size",
        "a control of the page",
        "100%",
        r"(?:1\d\d|[5-9]\d)\s?%|a\s?[+\-−]+(?:\s?a(?:\s?[+\-−]+)?)*(?:\s*\d{2,3}\s?%)?|(?:cỡ|kích\s+thước)\s+(?:chữ|font)\s*:?"
        r"|(?:tăng|giảm)\s+cỡ\s+chữ|[+\-−]",
        frame=True,
    ),
    rule(
        "relative time",
        "tells when the page was fetched",
        "2 giờ trước",
        rf"(?:cách\s+đây\s+)?(?:\d+|một|vài)\s+{_UNIT}(?:\s+trước)|(?:\d+|an?|one)\s+{_WHEN}\s+ago"
        r"|(?:منذ|قبل)\s+(?:\d+\s+)?\w+|\d+\s+(?:ثانیه|دقیقه|ساعت|روز|هفته|ماه|سال)\s+(?:پیش|قبل)"
        r"|vừa\s+xong|just\s+now|hôm\s+qua|yesterday|hôm\s+nay|today",
        frame=True,
    ),
    rule(
        "clock",
        "a time of day or a date that stands alone belongs to the page's frame",
        "17/05/2024 08:30",
        r"(?:updated|published|posted|last\s+(?:updated|modified))\b[^.!?]{0,60}\b(?:19|20)\d\d[^.!?]{0,20}"
        r"|(?:(?:(?:đăng|cập\s+nhật|xuất\s+bản)(?:\s+(?:ngày|lúc))?|ngày|updated|published|posted)\s*:?\s*)?"
        r"(?:(?:thứ\s+\w+|chủ\s+nhật|\w{3,6}day)\s*,?\s*(?:ngày\s+)?)?"
        r"(?:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}|\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)"
        r"(?:\s*[|,\-–•]?\s*\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s*[ap]m)?)?"
        r"(?:\s*[|,\-–•]?\s*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})?"
        r"(?:\s*[\[(]?\s*(?:GMT|UTC)\s*[+\-]\s*\d{1,2}(?::\d{2})?\s*[\])]?)?",
        frame=True,
    ),
    rule(
        "dateline",
        "the page's date with its zone, the byline and a counter, in one line",
        "Thứ Ba, 25/06/2024, 16:01 [GMT+7] Mai Lan Lượt xem: 400",
        r"(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?\s*(?:ngày\s+)?)?\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}\s*,?\s*"
        r"\d{1,2}\s?[:h]\s?\d{2}\s*[\[(]?\s*(?:GMT|UTC)\s*[+\-]\s*\d{1,2}(?::\d{2})?\s*[\])]?"
        r"[^.!?]{0,80}",
        frame=True,
    ),
    rule(
        "byline and counter",
        "the byline, the page's date and a counter, which differs at every look",
        "Mai Lan25/06/2024 16:01Lượt đọc: 400",
        r"[^.!?:\d]{0,60}\d{1,2}/\d{1,2}/\d{4}\s*[-,|]?\s*\d{1,2}:\d{2}\s*[-,|]?\s*"
        r"(?:lượt\s+(?:xem|đọc|truy\s+cập)|views?)\s*:?\s*[\d.,]+\s*[kKmM]?",
    ),
    rule(
        "player label",
        "a control of an audio or video player",
        "Nghe đọc bài",
        r"(?:nghe|đọc)\s+(?:đọc\s+)?(?:bài(?:\s+(?:viết|báo))?|audio)(?:\s*[\d:]+)?|giọng\s+(?:nam|nữ)(?:\s+miền\s+\w+)?"
        r"|(?:play|pause|mute|unmute|replay|fullscreen|tạm\s+dừng|tắt\s+tiếng)(?:\s+video)?"
        r"|video\s+player\s+is\s+loading\.?|current\s+time|duration|[\d:]+\s*/\s*[\d:.]+\s*x?|(?:listen|watch)(?:\s+to)?\s+(?:this|the)\s+(?:article|story|video|audio)(?:\s*[\d:(]+.{0,10})?|\d(?:\.\d+)?x"
        r"|trình\s+duyệt\s+(?:của\s+bạn\s+)?không\s+hỗ\s+trợ.{0,60}|your\s+browser\s+does\s+not\s+support.{0,60}",
    ),
    rule(
        "cited source",
        "where a copy came from is a fact about the article, kept apart from its text",
        "المصدر: https://baoninhbinh.org.vn/mot-bai/d20240625160152777.htm",
        rf"{_SOURCE}\s*[:：]?\s*(?:https?://\S+)?",
        frame=True,
    ),
    rule(
        "source printed twice",
        "an aggregator prints the source's name and its alternative text, then the date",
        "Báo Nhân dânBáo Nhân dân23/03/2025",
        r"(?P<name>.{2,60}?)\s*(?P=name)\s*\d{1,2}/\d{1,2}/\d{4}(?:\s*[-,]?\s*\d{1,2}:\d{2})?",
    ),
    rule(
        "counters in a row",
        "counts visits, opinions and minutes in one line",
        "512 lượt xem 12 phút trước 3 bình luận",
        r"(?:[|·•,\-\s]*\d[\d.,]*\s*[kKmM]?\s*(?:lượt\s+(?:xem|đọc|thích|chia\s+sẻ)|(?:phút|giờ|ngày)\s+trước|bình\s+luận|views?|reads?"
        r"|likes?|shares?|comments?|(?:min(?:ute)?s?|hours?|days?)\s+ago)){2,}",
        frame=True,
    ),
    rule(
        "hashtags",
        "nothing but keywords, as networks of friends write them",
        "#NinhBinh #LễHội",
        r"\#[\w]+(?:[\s,;]*\#[\w]+)*",
    ),
    rule(
        "picture label",
        "a control of a picture or its place while it loads",
        "Phóng to",
        r"(?:(?:bấm|nhấn|click|tap|chạm)\s+(?:vào\s+ảnh\s+)?(?:để|to)\s+)?(?:phóng\s+to|xem\s+ảnh\s+(?:lớn|gốc|cỡ\s+lớn)|thu\s+nhỏ|enlarge|zoom(?:\s+in)?"
        r"|expand|full\s*screen)(?:\s+(?:ảnh|hình|(?:this\s+|the\s+)?(?:image|photo|picture)))?"
        r"|(?:ảnh|hình|image|photo|picture|video)\s+(?:đang\s+tải|loading)|(?:view|hide|show|toggle)\s+(?:image|photo|gallery|caption)s?"
        r"|(?:image|photo|ảnh)?\s*\d{1,3}\s*(?:/|of)\s*\d{1,3}",
    ),
)
