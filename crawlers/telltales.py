"""What pages say that stand in an article's place: named phrases with samples. Pure.

Each is looked for in a page's title, headings and short lines, never inside running text, and
only counts on a page with little text: an article about a 404 page is an article.
"""

import re
from dataclasses import dataclass
from typing import Literal

LONGEST_LINE = 300
"""Characters of a line that are looked at: what stands in an article's place is short."""

TelltaleKind = Literal["block_page", "soft_404", "server_error", "empty"]


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
    compiled = re.compile(pattern, re.IGNORECASE)
    return Telltale(kind=kind, name=name, sample=sample, pattern=compiled, whole=whole)


_PAGE = (
    r"(?:trang(?: web)?|bài viết|nội dung|tin(?: bài)?|đường dẫn|địa chỉ"
    r"|liên kết|url)"
)
_ENGLISH_PAGE = r"(?:page|article|content|story|document|file|url|resource|address|post|link)"

TELLTALES: tuple[Telltale, ...] = (
    _telltale(
        "block_page", "browser check", "Just a moment...",
        r"^(?:just a moment|please wait|one moment,? please|(?:xin |vui lòng )?(?:chờ"
        r"|đợi) (?:một )?(?:chút|lát))\s*(?:\.\.\.|…)?$"
        r"|^(?:đang kiểm tra (?:kết nối|trình duyệt)|vui lòng (?:chờ|đợi))\b"
        r"|checking (?:if the site connection is secure|your browser)"
        r"|verif(?:y|ying) (?:that )?you are (?:a )?human|performing security verification"
        r"|needs to review the security of your connection"
        r"|enable javascript and cookies to continue|ddos[\s-]protection by"
        r"|(?:enable|turn on|requires?) (?:javascript|cookies)\b.{0,30}(?:to (?:run|continue|view"
        r"|use|work)|in your browser)"
        r"|bật (?:javascript|cookies?)\b.{0,60}để (?:tiếp tục|xem|sử dụng)"
        r"|trình duyệt (?:của bạn )?(?:đã cũ|(?:hiện )?không (?:được )?hỗ trợ)"
        r"|your browser is (?:not supported|out of date|unsupported)",
    ),
    _telltale(
        "block_page", "access denied", "Access Denied",
        r"^(?:error )?(?:40[13]\s*[-–—:|.]?\s*)?(?:access (?:is "
        r"|to this page (?:has been )?)?denied"
        r"|forbidden|unauthori[sz]ed)(?:\s*[-–—|.!].*)?$|attention required!?\s*\|?"
        r"|you (?:don.t|do not) have permission to access|sorry, you have been blocked"
        r"|(?:your|this) request (?:was|has been) (?:blocked|rejected|denied)"
        r"|the requested url was rejected|^request (?:unsuccessful|rejected)\b"
        r"|web application firewall|^error 10\d\d\b",
    ),
    _telltale(
        "block_page", "your address", "Your IP address 203.0.113.9 has been blocked",
        r"your ip(?: address)?\s*(?:[:(]|is\b|has\b|was\b|\d)|(?:địa chỉ )?ip (?:của (?:bạn"
        r"|quý khách))"
        r"|unusual traffic from your|too many requests|rate limit exceeded"
        r"|quá nhiều (?:lần|yêu cầu|truy cập|lượt truy cập)\b.{0,60}(?:vui lòng|thử lại"
        r"|thời gian ngắn)"
        r"|(?:gửi|có) quá nhiều (?:yêu cầu|lượt truy cập)",
    ),
    _telltale(
        "block_page", "robot check", "Vui lòng xác nhận bạn không phải là robot",
        r"(?:không phải (?:là )?(?:robot|rô\s?bốt|người máy)|xác (?:minh|nhận"
        r"|thực) (?:rằng )?bạn là (?:con )?người)"
        r"|(?:i am|i'm|you are|you're) not a robot|(?:complete|solve|enter|nhập|điền) (?:the "
        r"|mã )?captcha"
        r"|are you (?:a )?(?:robot|human)\??$|^captcha$|press (?:&|and) hold"
        r"|pardon our interruption"
        r"|nhập mã (?:xác (?:nhận|thực)|bảo vệ)|kiểm tra trình duyệt",
    ),
    _telltale(
        "block_page", "refused in Vietnamese", "Truy cập bị từ chối",
        r"(?:quyền )?truy cập (?:của bạn )?(?:đã )?bị (?:từ chối|chặn|hạn chế|cấm)|từ chối truy cập"
        r"|truy cập (?:của \S+ \S+ )?đã bị (?:\S+ ){0,5}(?:ngăn )?chặn|bạn (?:đã )?bị chặn"
        r"|bạn không có quyền truy cập"
        r"|yêu cầu (?:của bạn )?(?:đã )?bị (?:chặn|từ chối)(?: bởi tường lửa(?: ứng dụng web)?)?"
        r"|phát hiện truy cập bất thường",
    ),
    _telltale(
        "block_page", "your country", "This content is not available in your country",
        r"(?:not|un)\s?available (?:in|from|for) your (?:country|region|location|area)"
        r"|không (?:khả dụng|hỗ trợ|được hỗ trợ|cho phép truy cập|có sẵn) (?:tại|ở|từ) (?:quốc gia"
        r"|khu vực|vị trí|vùng) (?:của )?(?:bạn|quý khách|này)",
    ),
    _telltale(
        "block_page", "log in first", "Vui lòng đăng nhập để xem nội dung này",
        r"(?:cần|phải|vui lòng|hãy|mời bạn) (?:đăng nhập|đăng ký|trả phí)\b.{0,40}để (?:xem|đọc"
        r"|tiếp tục|sử dụng internet|truy cập)"
        r"|(?:sign|log) in to (?:continue|read|view|access)|you (?:must|need to) (?:be logged in"
        r"|log in|sign in|subscribe)"
        r"|(?:bài viết|nội dung) (?:này )?(?:chỉ )?dành (?:riêng )?cho (?:thành viên|hội viên"
        r"|độc giả trả phí)"
        r"|(?:đăng nhập|kết nối|chào mừng).{0,20} wi-?fi(?: miễn phí)?$|^wi-?fi (?:login"
        r"|đăng nhập)$",
    ),
    _telltale(
        "block_page", "log in", "Đăng nhập",
        r"(?:đăng nhập|log ?in|sign in|login page|đăng nhập hệ thống)",
        whole=True,
    ),
    _telltale(
        "block_page", "your age", "Bạn đã đủ 18 tuổi chưa?",
        r"bạn (?:đã|có) (?:đủ |trên )?(?:16|18|21) tuổi(?: chưa| không)?\??$"
        r"|xác nhận (?:độ )?tuổi(?: của bạn)?"
        r"|^age (?:verification|check|restricted)|you must be (?:at least )?(?:16|18|21)\b"
        r"|are you (?:over|at least) (?:16|18|21)",
    ),
    _telltale(
        "block_page", "consent", "Vui lòng chấp nhận cookie để tiếp tục",
        r"(?:chấp nhận|đồng ý)(?: sử dụng)? cookies?\b.{0,20}để tiếp tục"
        r"|accept (?:all )?cookies to (?:continue|proceed|access)"
        r"|^before you continue\b|(?:chúng tôi|we) (?:coi trọng|tôn trọng|value"
        r"|respect) (?:quyền riêng tư|your privacy)",
    ),
    _telltale(
        "block_page", "out of service", "Account Suspended",
        r"(?:account|site|website|domain) (?:has been |is )?(?:suspended|disabled|deactivated)"
        r"|bandwidth (?:limit )?exceeded"
        r"|(?:website|trang web|tài khoản|dịch vụ)(?: \S+){0,3} (?:tạm (?:ngưng|ngừng|khóa)"
        r"|bị (?:khóa|đình chỉ)|vượt quá băng thông|hết hạn)"
        r"|^(?:coming soon|website (?:is )?coming soon|sắp ra mắt)\b",
    ),
    _telltale(
        "block_page", "under maintenance", "Website đang bảo trì",
        r"(?:hệ thống|website|trang web|trang thông tin|máy chủ) (?:đang )?(?:được )?(?:bảo trì"
        r"|nâng cấp|quá tải)"
        r"|(?:site|website|page) (?:is )?(?:under (?:maintenance|construction)|down for maintenance"
        r"|temporarily unavailable)|service (?:temporarily )?unavailable|^bảo trì(?: hệ thống)?$"
        r"|thông báo bảo trì$",
    ),
    _telltale(
        "server_error", "error of the server", "502 Bad Gateway",
        r"^(?:http )?(?:status "
        r"|error )?(?:code )?(?:5\d\d\s*[-–—:|.]?\s*)?(?:internal server error|bad gateway"
        r"|gateway time-?out|runtime error|database error"
        r"|(?:origin |web )?(?:connection timed out|server is (?:returning an unknown error"
        r"|down)))$|^(?:http )?error 5\d\d$"
        r"|^http status 5\d\d\b|server error in '.{0,60}' application"
        r"|object reference not set to an instance"
        r"|(?:has been|there was) a critical error on (?:this|your) (?:web)?site"
        r"|something went wrong\.?$"
        r"|(?:đã )?(?:có|xảy ra) (?:một )?lỗi(?: đã)? (?:xảy ra|hệ thống|máy chủ)"
        r"|hệ thống (?:đang )?gặp (?:sự cố|lỗi)|^lỗi (?:hệ thống|máy chủ)$",
    ),
    _telltale(
        "server_error", "database", "Lỗi kết nối cơ sở dữ liệu",
        r"(?:lỗi|không thể) kết nối(?: đến| tới| với)? (?:cơ sở dữ liệu|csdl|máy chủ|database)"
        r"|error establishing a database connection"
        r"|\bSQLSTATE\[|\bmysqli?_\w+\(\)|\bmysqli_sql_exception"
        r"|could not connect to (?:the )?(?:database|server)|too many connections"
        r"|\b(?:ORA-\d{5}|psycopg2\.|System\.Data\.SqlClient)",
    ),
    _telltale(
        "server_error", "words of a program", "Warning: Undefined variable in /www/x.php on line 8",
        r"\b(?:fatal|parse|syntax) error\s*:|\b(?:warning|notice"
        r"|deprecated)\s*: .{1,200} on line \d+|\.php(?::\d+| on line \d+)"
        r"|traceback \(most recent call last\)|unhandled exception|^\s*at [\w.$]+\([\w.]+:\d+\)"
        r"|\b(?:java|javax|System)\.[\w.]*Exception\b"
    ),
    _telltale(
        "server_error", "a program's error", "ZeroDivisionError at /tin/1",
        r"[\w:.]+(?:Error|Exception) at /\S*",
        whole=True,
    ),
    _telltale(
        "server_error", "a server without its site", "Welcome to nginx!",
        r"^welcome to (?:nginx|apache|openresty|caddy)\b|^(?:apache2 \w+ )?default page(?::|$)"
        r"|this is the default (?:web|welcome) page"
        r"|^iis windows(?: server)?$|^internet information services$|^it works!$|^index of /\S*$"
        r"|^directory listing (?:for|of) /"
        r"|(?:this|the) domain (?:name )?(?:\S+ )?(?:is |may be )?(?:for sale|parked|expired)"
        r"|^\S+\.\w+ is for sale|buy this domain"
        r"|tên miền (?:\S+ ){0,3}(?:đang |được )+(?:rao )?bán$|tên miền này (?:đã hết hạn"
        r"|đang được)",
    ),
    _telltale(
        "empty", "a placeholder", "Nội dung đang được cập nhật",
        r"^(?:(?:nội dung|bài viết|thông tin|dữ liệu"
        r"|trang)(?: này)? )?đang (?:được )?cập nhật(?: nội dung| thông tin| dữ liệu)?\s*(?:\.\.\."
        r"|…|\.)?$"
        r"|^(?:content|this page) (?:is )?(?:being updated|coming soon)\.?$"
        r"|^no content(?: available| yet)?\.?$",
    ),
    _telltale(
        "soft_404", "not found in Vietnamese", "Không tìm thấy trang",
        rf"không (?:tìm thấy|tồn tại) {_PAGE}"
        rf"|{_PAGE} (?:\S+ ){{0,6}}(?:không (?:còn )?(?:tồn tại|tìm thấy|được tìm thấy|khả dụng"
        r"|hợp lệ)"
        r"|đã bị (?:xóa|xoá|gỡ|di chuyển)|(?:chưa|không) được (?:xuất bản|đăng|phép hiển thị)"
        r"|(?:hiện )?không có trên hệ thống|(?:truy cập )?không (?:đúng|chính xác)(?: hoặc| $|$))"
        r"|không tìm thấy (?:kết quả|dữ liệu)(?: nào)?|^không có (?:dữ liệu|kết quả"
        rf"|bài viết nào)\.?$|{_PAGE}(?: \S+){{0,4}} đang được cập nhật hoặc không"
        r"|không có (?:bài viết|nội dung|dữ liệu) (?:nào|này|bạn)",
    ),
    _telltale(
        "soft_404", "not found", "404 - Page not found",
        rf"(?:{_ENGLISH_PAGE}|that) (?:\S+ ){{0,8}}(?:not (?:be )?(?:found|exist|available)"
        r"|n.t (?:be found|exist)"
        r"|no longer (?:exists?|available|here)|is gone\b|(?:has|have) been (?:moved|removed"
        r"|deleted|withdrawn))"
        r"|(?:can.?t|cannot|can not|couldn.t|could not|unable to) (?:seem to )?(?:find"
        rf"|locate) (?:the|that|this) {_ENGLISH_PAGE}"
        rf"|no (?:such )?{_ENGLISH_PAGE} (?:was )?found|{_ENGLISH_PAGE} (?:doesn.t|does not"
        r"|didn.t) exist",
    ),
    _telltale(
        "soft_404", "not found in French", "Page introuvable",
        r"(?:page|article|contenu) (?:\S+ ){0,5}(?:introuvable|n['’]existe (?:pas|plus))",
    ),
    _telltale(
        "soft_404", "not found without diacritics", "Khong tim thay trang",
        r"khong (?:tim thay|ton tai) (?:trang|bai viet|noi dung|duong dan)|(?:trang|bai viet"
        r"|noi dung|duong dan) (?:\S+ ){0,5}khong ton tai",
    ),
    _telltale(
        "soft_404", "404", "Lỗi 404",
        r"(?:oops!?\s*|lỗi\s*|error\s*|http\s*|mã lỗi\s*)*[:\-–]?\s*404\s*[!.]?"
        r"(?:\s*(?:[-–—:|]\s*)?(?:error|lỗi|not found|không tìm thấy|page"
        r"|file (?:or directory )?not found|oops)[!.]?)*"
        r"|not found[!.]?|không tìm thấy[!.]?|410\s*[-–—:|]?\s*gone",
        whole=True,
    ),
    _telltale(
        "soft_404", "not found in Arabic and Persian", "الصفحة غير موجودة",
        r"(?:الصفحة|المقال|المقالة|الخبر|الموضوع|المحتوى) (?:\S+ ){0,4}(?:غير (?:موجودة?|متوفرة?"
        r"|متاحة?)|لم يتم العثور|لم تعد? (?:موجودة?|متاحة?)|لم يعد (?:موجودا|متاحا))"
        r"|لم يتم العثور على|(?:صفحه|خبر|مطلب|محتوا[یى]?) (?:\S+ ){0,5}(?:یافت نشد|وجود ندارد"
        r"|پیدا نشد|حذف شده)",
    ),
)  # fmt: skip


def find_telltale(line: str) -> tuple[Telltale, float] | None:
    """The first telltale that ``line`` (NFC, one line) shows within LONGEST_LINE.

    With it the share of the line that says it: the rest is about something else.
    """
    line = line[:LONGEST_LINE]
    for telltale in TELLTALES:
        match = telltale.pattern.fullmatch if telltale.whole else telltale.pattern.search
        if found := match(line):
            return telltale, (found.end() - found.start()) / len(line)
    return None
