"""Lines of a page's frame: rules for places that are apart from the text. Data.

These are looser than ``linerules``: a sentence of an article may match one. So they are asked
only about lines that have another shape than the article's paragraphs, or stand outside them.
"""

from pipelines.linerules import LineRule, rule

_NUMBER = r"[\d.,]+\s*[kKmM]?"

FRAME_RULES: tuple[LineRule, ...] = (
    rule(
        "invitation",
        "asks readers to subscribe, follow, install, write or log in",
        "Sign up to our newsletter",
        r"(?:mời\s+(?:bạn|quý)(?:\s+(?:bạn\s+)?đọc)?|hãy|vui\s+lòng|please)?\s*"
        r"(?:đăng\s+ký\s+(?:nhận|theo\s+dõi|kênh|tài\s+khoản|thành\s+viên|đọc\s+báo|ngay)|nhận\s+(?:bản\s+)?tin"
        r"|theo\s+dõi\s+(?:chúng\s+tôi|báo|fanpage|trang|kênh|trên)|tải\s+(?:ứng\s+dụng|app)|đăng\s+nhập"
        r"|gửi\s+(?:bình\s+luận|góp\s+ý|phản\s+hồi|bài\s+viết|tin\s+bài|câu\s+hỏi)|để\s+lại\s+bình\s+luận"
        r"|báo\s+lỗi|mời\s+(?:bạn|quý|độc\s+giả)|bạn\s+(?:còn|đã\s+đọc|có\s+ý\s+kiến)"
        r"|sign\s+up|subscribe|get\s+(?:the\s+|our\s+|all\s+the\s+)?(?:latest|best|top|breaking|daily|free|news)"
        r"|follow\s+us|join\s+(?:our|us|the\s+(?:conversation|discussion))|download\s+(?:our|the|now)|log\s?in"
        r"|register|leave\s+a\s+(?:comment|reply)|post\s+(?:a\s+)?comment|send\s+(?:us|feedback)|support\s+(?:us|our)"
        r"|report\s+an?\s+(?:error|problem|typo)|you\s+have\s+\d+|newsletter|want\s+more|don['’]t\s+miss|become\s+a"
        r"|like\s+us|contact\s+us|reply|enter\s+your|your\s+(?:e-?mail|name)|اشترك|سجل|تابعنا|حمل\s+التطبيق|عضویت)\b.{0,110}",
        opens=True,
    ),
    rule(
        "cookie notice",
        "tells about the page's own cookies and terms",
        "We use cookies to improve your experience on our site.",
        r".*\b(?:cookies?|privacy\s+policy|terms\s+(?:of\s+(?:use|service)|and\s+conditions)|chính\s+sách\s+(?:bảo\s+mật"
        r"|riêng\s+tư)|điều\s+khoản\s+sử\s+dụng)\b.*|(?:tôi\s+)?(?:đồng\s+ý|chấp\s+nhận|từ\s+chối)|(?:i\s+)?(?:accept|agree)(?:\s+all)?"
        r"|ok|got\s+it|reject(?:\s+all)?",
        opens=True,
    ),
    rule(
        "imprint",
        "names the portal's licence, editors, address and rights",
        "Giấy phép số 12/GP-BTTTT. Tổng biên tập: Trần Văn Mẫu.",
        r"(?:©|\(c\)|copyright\b|bản\s+quyền\s+(?:thuộc|của)|giấy\s+phép\s+(?:số|hoạt\s+động|xuất\s+bản|thiết\s+lập)|cơ\s+quan\s+(?:chủ\s+quản|ngôn\s+luận|của\s+đảng)|(?:phó\s+)?tổng\s+biên\s+tập\s*:"
        r"|toà?\s*[òs]?oạn\s*:|tòa\s+soạn\s*:|(?:trụ\s+sở|địa\s+chỉ|liên\s+hệ)(?:\s+\w+){0,3}\s*:|đường\s+dây\s+nóng|điện\s+thoại\s*:|hotline|email\s*:|fax\b"
        r"|ghi\s+rõ\s+nguồn|licen[cs]e\s+no|editor(?:-in-chief)?\s*:|phone\s*:|tel\.?\s*:|published\s+by|جميع\s+الحقوق).*"
        r"|.*(?:all\s+rights\s+reserved|ghi\s+rõ\s+nguồn|GP-(?:BTTTT|TTĐT|BC|CBC|BVHTTDL|STTTT)|جميع\s+الحقوق\s+محفوظة).*",
    ),
    rule(
        "widget",
        "heads a box that lives for itself: weather, rates, polls, lotteries, games",
        "Thăm dò ý kiến",
        r"(?:thời\s+tiết|tỷ\s+giá|giá\s+vàng|chứng\s+khoán|xổ\s+số|kết\s+quả\s+xổ\s+số|lịch\s+(?:vạn\s+niên|thi\s+đấu|phát\s+sóng|âm)"
        r"|bảng\s+xếp\s+hạng|thăm\s+dò(?:\s+ý\s+kiến)?|bình\s+chọn|khảo\s+sát|trắc\s+nghiệm|liên\s+kết\s+(?:website|web)|thống\s+kê\s+truy\s+cập"
        r"|weather|exchange\s+rates?|markets?|gold\s+price|poll|quick\s+poll|survey|quiz|vote|lottery|horoscope|crossword|visitors?"
        r"|الطقس|أسعار\s+العملات|استطلاع|نظرسنجی|آب\s+و\s+هوا)(?:\s+(?:hôm\s+nay|today|ngoại\s+tệ|results?))?\s*[:?]?",
        opens=True,
    ),
    rule(
        "rating",
        "asks for stars and counts them",
        "Đánh giá bài viết",
        r"(?:(?:click\s+để\s+)?đánh\s+giá|xếp\s+hạng|tổng\s+số\s+điểm|bạn\s+(?:thấy|đánh\s+giá)\s+bài|rate\s+(?:this|the)|rank|rating|average\s+rating"
        r"|was\s+this\s+(?:article|page|story)|did\s+you\s+(?:like|find|enjoy)|bài\s+viết\s+(?:này\s+)?có\s+hữu\s+ích|how\s+(?:useful|helpful))\b.*"
        rf"|{_NUMBER}\s*/\s*(?:5|10)(?:\s*[(].*)?|[(]?\s*{_NUMBER}\s*(?:đánh\s+giá|phiếu(?:\s+bầu)?|votes?|ratings?|sao|stars?|bình\s+chọn)\s*[)]?|[★☆⭐\s]+.*",
        opens=True,
    ),
    rule(
        "weather",
        "tells how it is outside at the moment of the look",
        "Ninh Bình 28°C Độ ẩm: 80%",
        r"[^.!?]{0,40}\d+\s?°\s?[CF]?[^.!?]{0,60}|(?:độ\s+ẩm|gió|humidity|wind|tia\s+UV|uv)\s*:?\s*\d.{0,30}",
    ),
    rule(
        "ticker",
        "an index of the stock exchange with its change of the day",
        "VN-Index 1278.43 +2.31 (0.18%)",
        rf"[^.!?:]{{0,30}}\s*{_NUMBER}\s*[▲▼]?\s*[+\-−]\s?{_NUMBER}\s*%?(?:\s*[(].{{0,20}}[)])?",
    ),
    rule(
        "audience",
        "counts who is here, so it differs at every look",
        "Đang truy cập: 123",
        r"(?:đang\s+(?:truy\s+cập|online|xem|trực\s+tuyến)|trực\s+tuyến|khách\s+(?:online|viếng\s+thăm)|hôm\s+(?:nay|qua)|tuần\s+này|tháng\s+này"
        r"|(?:tổng\s+)?(?:số\s+)?(?:lượt\s+)?truy\s+cập|tổng\s+(?:cộng|số|lượt)|đã\s+đọc|(?:visitors?|users?|readers?)(?:\s+online)?|online|today"
        r"|this\s+(?:week|month)|total(?:\s+\w+)?|read|seen|shared|thích|like|likes|share|chia\s+sẻ|save|lưu|comment|bình\s+luận)\s*:?\s*"
        rf"{_NUMBER}\s*(?:lần|lượt|times|người|people)?"
        rf"|(?:follow|theo\s+dõi)\b[^.!?]{{0,40}}|.{{0,40}}\b{_NUMBER}\s*(?:votes?(?:\s+cast)?|phiếu|lượt\s+bình\s+chọn)"
        rf"|\d+\s+(?:giây|phút|giờ|ngày|sec\w*|min\w*|hours?|days?)\s+(?:trước|ago)\b.{{0,30}}"
        rf"|(?:trực\s+tiếp|live)?\s*{_NUMBER}\s*(?:người|people|reads?|readers?|watching|bài\s+(?:viết|báo)|articles?|posts?|stories|followers?"
        r"|người\s+theo\s+dõi|ảnh|photos?|videos?|lượt)\b.{0,20}"
        r"|(?:(?:trả\s+lời|reply|thích|like|report|báo\s+vi\s+phạm|share|chia\s+sẻ|save|lưu|comment|bình\s+luận|facebook|zalo|twitter)"
        r"\s*[(]?\d*[)]?\s*[·•|,]?\s*)+",
    ),
    rule(
        "topics",
        "names an article's keywords, which is no text of it",
        "Topics: Roads, Ninh Bình, Budget",
        r"(?:từ\s+kho[áa]|từ\s+khóa|tags?|topics?|chủ\s+đề|keywords?|filed\s+under|more\s+about|categories|chuyên\s+mục|الكلمات\s+المفتاحية)\s*:.*",
    ),
    rule(
        "browser's clock",
        "tells what time it is",
        "Bây giờ là: 15:31:04",
        r"(?:bây\s+giờ\s+là|giờ\s+hiện\s+tại|now|current\s+time|local\s+time|hôm\s+nay(?:\s+là)?|today\s+is)\s*:?\s*[^.!?]{0,20}\d[^.!?]{0,30}",
    ),
    rule(
        "page control",
        "leads elsewhere or shows more",
        "Xem chi tiết",
        r"(?:xem\s+(?:chi\s+tiết|tiếp|tất\s+cả|toàn\s+bộ|thêm|ảnh)|chi\s+tiết|đọc\s+tiếp|quay\s+(?:lại|về)|về\s+(?:đầu\s+trang|trang\s+chủ)|(?:trở\s+)?lên\s+(?:đầu\s+trang|trên)"
        r"|bài\s+(?:trước|sau|tiếp\s+theo|viết\s+khác)|trang\s+(?:trước|sau|chủ)|tiếp\s+theo|see\s+(?:more|all)|show\s+(?:more|all)|view\s+(?:more|all)|load\s+more"
        r"|đăng\s+ký|sign\s+up|learn\s+more|continue\s+reading|read\s+on|keep\s+reading|xem\s+tiếp|tiếp\s+tục\s+đọc|back(?:\s+to\s+top)?|previous(?:\s+(?:article|post|story))?|next(?:\s+(?:article|post|story))?|home|menu|skip"
        r"|close|đóng|tìm\s+kiếm|search|mua\s+ngay|shop\s+now|buy\s+now|in\s+trang|print(?:\s+page)?|المزيد|ادامه)(?:\s*[»›>→:.…]+)?"
        rf"|(?:trang|page)\s+{_NUMBER}\s*(?:/|of|trên)\s*{_NUMBER}|{_NUMBER}\s*(?:phút\s+đọc|min(?:ute)?s?\s+read)|(?:xem|see|view)\s+(?:thêm|more|all)\s+{_NUMBER}.{{0,20}}",
    ),
    rule(
        "exchange rates",
        "a cell of a table of rates, which stands on every page of a portal",
        "Mua vào",
        r"mua(?:\s+vào)?|bán(?:\s+ra)?|buy(?:ing)?|sell(?:ing)?|ngoại\s+tệ|mã\s+ngoại\s+tệ|currency|usd|eur|jpy|gbp|cny|aud|sgd|thb"
        r"|vàng(?:\s+\w+)?|gold|شراء|بيع|خرید|فروش",
    ),
)
