# ruff: noqa: E501
"""What portals answer in an article's place, and short articles that look like it.

Written by hand in the manner of real servers, frames and firewalls.
"""

from dataclasses import dataclass, field

SENTENCE = "Sáng 2/3, tỉnh khánh thành tuyến đường dài 12,5 km nối hai huyện miền núi với quốc lộ. "
FOOT = (
    "<footer><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh. Giấy phép số 12/GP-BTTTT cấp ngày 3/1/2024.</p>"
    "<p>Tổng biên tập: Nguyễn Văn An. Tòa soạn: số 1 đường Lê Lợi, điện thoại 0200 3 123 456.</p>"
    "<p>Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</p></footer>"
)
SECTIONS = "Trang chủ,Thời sự,Chính trị,Kinh tế,Xã hội,Văn hóa,Thể thao,Du lịch,Pháp luật,Giải trí"
MENU_ROWS = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in SECTIONS.split(","))
MENU = f"<header><ul>{MENU_ROWS}</ul></header>"
TITLES = [f"Xã Tân Lập {number} hoàn thành chỉ tiêu thu ngân sách quý một" for number in range(18)]


def links(count: int) -> str:
    rows = "".join(
        f"<li><a href='/x-{n}.html'>{title}</a></li>" for n, title in enumerate(TITLES[:count])
    )
    return f"<div><h3>Tin mới nhất</h3><ul>{rows}</ul></div>"


def teasers(count: int) -> str:
    return "".join(
        f"<div><h4><a href='/x-{n}.html'>{title}</a></h4><p>{SENTENCE}Đây là tin số {n}.</p></div>"
        for n, title in enumerate(TITLES[:count])
    )


def bare(inside: str, title: str = "", head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body>{inside}</body></html>"
    )


def framed(inside: str, title: str = "Báo tỉnh", head: str = "", side: str = "") -> str:
    """``inside`` between a portal's menu, sidebar and foot."""
    side = side or links(10)
    return bare(f"{MENU}<div><main>{inside}</main><aside>{side}</aside></div>{FOOT}", title, head)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``kind``: the verdict's name for it; ``final``: the path that answered."""

    name: str
    kind: str
    body: bytes = field(repr=False)
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    final: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def says(name: str, kind: str, body: str | bytes, **more: object) -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    return Answer(name=name, kind=kind, body=raw, **more)  # type: ignore[arg-type]


OG_ARTICLE = '<meta property="og:type" content="article">'
WHOLE = framed(
    f"<h1>Khánh thành tuyến đường nối hai huyện</h1><div>{f'<p>{SENTENCE * 2}</p>' * 5}</div>"
)
"""An article; several answers are pieces of it."""

BLOCKS = [
    says("browser check", "block_page", bare("<div id=c><noscript>Enable JavaScript and cookies to continue</noscript></div><script src=/cdn-cgi/challenge.js></script>", "Just a moment...")),
    says("browser check in words", "block_page", bare("<h1>bao.example</h1><h2>Verifying you are human. This may take a few seconds.</h2><p>bao.example needs to review the security of your connection before proceeding.</p>", "Just a moment...")),
    says("browser check in Vietnamese", "block_page", bare("<h1>bao.example</h1><p>Đang kiểm tra kết nối của bạn. Trang sẽ tự chuyển tiếp sau vài giây.</p><p>Mã tia: 8f1c</p>", "Chờ một chút...")),
    says("blocked by ray", "block_page", bare("<h1>Sorry, you have been blocked</h1><h2>You are unable to access bao.example</h2><p>This website is using a security service to protect itself from online attacks.</p><p>Ray ID: 8f1c0a</p>", "Attention Required! | Cloudflare")),
    says("error of a delivery network", "server_error", bare("<h1>Error 522</h1><h2>Connection timed out</h2><p>The initial connection between the network and the origin web server timed out.</p><p>Ray ID: 8f</p>", "bao.example | 522: Connection timed out")),
    says("reference number", "block_page", bare("<h1>Access Denied</h1>You don't have permission to access \"http://bao.example/x\" on this server.<p>Reference #18.2f1c0a17.1709341.2b</p>", "Access Denied")),
    says("support id", "block_page", bare("The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 1234567890", "Request Rejected")),
    says("incident id", "empty", bare("<iframe src='/_Incapsula_Resource?x'>Request unsuccessful. Incapsula incident ID: 12-34</iframe>")),
    says("Vietnamese firewall", "block_page", bare("<h2>Yêu cầu của bạn đã bị chặn bởi tường lửa ứng dụng web</h2><p>Hệ thống phát hiện truy cập bất thường. Mã sự kiện: 20260302-11.</p>", "WAF")),
    says("Vietnamese firewall in a sentence", "block_page", bare("<p>Truy cập của quý khách đã bị hệ thống bảo mật ngăn chặn. Vui lòng liên hệ quản trị viên để được hỗ trợ.</p>", "Cảnh báo bảo mật")),
    says("robot question", "block_page", bare("<h3>Xác minh bạn không phải là robot</h3><form><input name=captcha><button>Gửi</button></form><p>Vui lòng nhập các ký tự trong hình để tiếp tục.</p>", "Xác thực")),
    says("picture puzzle", "block_page", bare("<p>Our systems have detected unusual traffic from your computer network. Please complete the captcha.</p>", "Sorry...")),
    says("too many visits", "block_page", bare("<p>Bạn đã truy cập quá nhiều lần trong thời gian ngắn. Vui lòng thử lại sau 10 phút.</p>", "Thông báo")),
    says("region", "block_page", framed("<h1>Nội dung không khả dụng tại quốc gia của bạn</h1><p>Do quy định bản quyền, bạn không thể xem nội dung này.</p>")),
    says("region in English", "block_page", bare("<h1>We're sorry</h1><p>This content is not available in your region.</p><p>Error 451</p>", "Unavailable")),
    says("login wall", "block_page", framed("<h1>Đăng nhập</h1><p>Vui lòng đăng nhập để xem nội dung này.</p><form><p>Tên đăng nhập</p><p>Mật khẩu</p><p>Quên mật khẩu?</p></form>", "Đăng nhập")),
    says("login wall in English", "block_page", bare("<h1>Sign in to continue</h1><form><p>Email</p><p>Password</p><a href=/forgot>Forgot your password?</a></form><p>Do not have an account yet? Create one, it is free.</p>", "Log in")),
    says("subscribers only", "block_page", framed("<h1>Khánh thành tuyến đường nối hai huyện</h1><p>Bạn cần đăng nhập để đọc tiếp bài viết này.</p>")),
    says("age gate", "block_page", bare("<h1>Bạn đã đủ 18 tuổi chưa?</h1><p>Nội dung này chỉ dành cho người từ 18 tuổi trở lên. Vui lòng xác nhận độ tuổi của bạn.</p><a href=?ok>Tôi đủ 18 tuổi</a>", "Xác nhận độ tuổi")),
    says("age gate in English", "block_page", bare("<h1>Age verification</h1><p>You must be 18 or older to enter this site. Please confirm your age.</p>", "Age verification")),
    says("consent wall", "block_page", bare("<h1>Before you continue</h1><p>We and our 812 partners use cookies to store and access information on your device. Please accept cookies to continue to the site.</p><a href=#>Accept all</a><a href=#>Manage options</a>", "Consent")),
    says("consent wall in Vietnamese", "block_page", bare("<h2>Chúng tôi coi trọng quyền riêng tư của bạn</h2><p>Vui lòng chấp nhận cookie để tiếp tục truy cập trang web.</p>", "Quyền riêng tư")),
    says("captive portal", "block_page", bare("<h1>Chào mừng đến với Wi-Fi miễn phí</h1><p>Vui lòng đăng nhập để sử dụng Internet. Nhập số điện thoại để nhận mã OTP.</p>", "WiFi Login")),
    says("please wait", "block_page", bare("<p>Đang tải, vui lòng chờ trong giây lát để hệ thống kiểm tra trình duyệt của bạn...</p>", "Vui lòng chờ...")),
    says("JavaScript wanted", "block_page", bare("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><p>Vui lòng bật JavaScript trên trình duyệt của bạn để xem trang web này.</p>", "Báo tỉnh")),
    says("old browser", "block_page", bare("<h1>Trình duyệt của bạn không được hỗ trợ</h1><p>Vui lòng nâng cấp lên phiên bản mới nhất để tiếp tục xem trang này.</p>", "Thông báo")),
]  # fmt: skip

UPKEEP = [
    says("upkeep", "block_page", bare("<h1>Hệ thống đang bảo trì</h1><p>Website tạm thời gián đoạn để nâng cấp. Mong quý độc giả thông cảm và quay lại sau.</p>", "Bảo trì hệ thống")),
    says("upkeep of a host", "block_page", bare("<p>Website đang được bảo trì, nâng cấp. Quý khách vui lòng quay lại sau. Trân trọng cảm ơn!</p><p>Hotline hỗ trợ kỹ thuật: 1800 1260</p>", "Thông báo bảo trì")),
    says("account suspended", "block_page", bare("<h1>Account Suspended</h1><p>This account has been suspended. Contact your hosting provider for more information.</p>", "Account Suspended")),
    says("service not paid", "block_page", bare("<h2>Website tạm ngưng hoạt động</h2><p>Dịch vụ lưu trữ đã hết hạn. Vui lòng liên hệ nhà cung cấp để gia hạn.</p>", "Thông báo")),
    says("bandwidth", "block_page", bare("<h1>Bandwidth Limit Exceeded</h1>The server is temporarily unable to service your request due to the site owner reaching his/her bandwidth limit. Please try again later.", "509 Bandwidth Limit Exceeded")),
    says("quota", "block_page", bare("<h1>Website đã vượt quá băng thông cho phép</h1><p>Vui lòng liên hệ quản trị để nâng cấp gói dịch vụ.</p>", "Thông báo")),
    says("coming soon", "block_page", bare("<h1>Coming soon</h1><p>Our new website is on its way. Stay tuned for something amazing, we will be back soon.</p>", "Coming soon")),
    says("database in Vietnamese", "server_error", bare("<p>Lỗi kết nối cơ sở dữ liệu. Vui lòng thử lại sau hoặc liên hệ quản trị viên.</p>", "Lỗi")),
    says("database", "server_error", bare("<h1>Error establishing a database connection</h1><p>This either means that the username and password information is incorrect or that contact with the database server was lost.</p>", "Database Error")),
    says("database driver", "server_error", "<br />\n<b>Fatal error</b>:  Uncaught mysqli_sql_exception: Too many connections in /var/www/html/db.php:12\nStack trace:\n#0 /var/www/html/db.php(12): mysqli_connect()\n#1 {main}\n  thrown in <b>/var/www/html/db.php</b> on line <b>12</b><br />"),
    says("warning in the frame", "server_error", framed("<br /><b>Warning</b>:  mysqli_connect(): (HY000/2002): Connection refused in <b>/home/bao/public_html/inc/db.php</b> on line <b>8</b><br />")),
    says("yellow page", "server_error", bare("<span><h1>Server Error in '/' Application.<hr></h1><h2><i>Object reference not set to an instance of an object.</i></h2></span><b>Description:</b> An unhandled exception occurred during the execution of the current web request. Please review the stack trace for more information about the error and where it originated in the code.<br><b>Exception Details:</b> System.NullReferenceException: Object reference not set to an instance of an object.<pre>[NullReferenceException: Object reference not set]\n   Portal.Detail.Page_Load(Object sender, EventArgs e) +120\n   System.Web.UI.Control.OnLoad(EventArgs e) +95</pre>", "Object reference not set to an instance of an object.")),
    says("runtime error", "server_error", bare("<h1>Server Error in '/' Application.<hr></h1><h2><i>Runtime Error</i></h2><b>Description:</b> An application error occurred on the server. The current custom error settings for this application prevent the details of the application error from being viewed.", "Runtime Error")),
    says("stack trace of Java", "server_error", bare("<h1>HTTP Status 500 – Internal Server Error</h1><p><b>Type</b> Exception Report</p><pre>java.lang.NullPointerException\n\tat vn.portal.ArticleServlet.doGet(ArticleServlet.java:42)</pre>", "HTTP Status 500 – Internal Server Error")),
    says("stack trace of Python", "server_error", bare("<h1>OperationalError at /tin/1</h1><pre>Traceback (most recent call last):\n  File \"/srv/app/views.py\", line 12, in detail\npsycopg2.OperationalError: could not connect to server</pre>", "OperationalError at /tin/1")),
    says("whoops", "server_error", bare("<div>Whoops, looks like something went wrong.</div><p>1/1 QueryException in Connection.php line 664: SQLSTATE[HY000] [2002] Connection refused</p>", "Whoops")),
    says("critical error", "server_error", bare("<p>There has been a critical error on this website.</p><p><a href=#>Learn more about troubleshooting.</a></p>", "Error")),
    says("bad gateway", "server_error", bare("<center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.18.0 (Ubuntu) served this error page today</center>", "502 Bad Gateway")),
    says("error in the frame", "server_error", framed("<h1>Đã có lỗi xảy ra</h1><p>Hệ thống gặp sự cố trong quá trình xử lý yêu cầu của bạn. Vui lòng thử lại sau.</p>", "Lỗi hệ thống")),
    says("default page", "server_error", bare("<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p><p><em>Thank you for using nginx.</em></p>", "Welcome to nginx!")),
    says("default page of Apache", "server_error", bare("<h1>It works!</h1><p>This is the default web page for this server. The web server software is running but no content has been added, yet.</p>")),
    says("default page of IIS", "server_error", bare("<a href=x><img src=iisstart.png alt=IIS></a><p>Internet Information Services</p>", "IIS Windows Server")),
    says("directory", "server_error", bare("<h1>Index of /tin</h1><pre><a href=../>../</a>\n<a href=anh/>anh/</a>       02-Mar-2026 08:00     -\n<a href=bai.html>bai.html</a>   02-Mar-2026 08:01  1024\n</pre>", "Index of /tin")),
    says("parked", "server_error", bare("<h1>bao.example</h1><p>This domain is for sale. Buy this domain today, or contact the owner for details.</p><ul><li><a href=#>Vietnam travel deals and cheap flights</a></li><li><a href=#>Online newspapers and magazines</a></li></ul>", "bao.example is for sale")),
    says("parked in Vietnamese", "server_error", bare("<h1>Tên miền bao.example đang được rao bán</h1><p>Tên miền này đã hết hạn. Vui lòng liên hệ nhà đăng ký để biết thêm chi tiết.</p>", "bao.example")),
]  # fmt: skip

ABSENT = [
    says("404 in the frame", "soft_404", framed("<h1>404</h1><p>Trang không tồn tại. Mời bạn trở về trang chủ.</p>")),
    says("404 with the latest news", "soft_404", framed(f"<h1>Rất tiếc, bài viết này không còn tồn tại</h1><p>Mời bạn đọc các tin mới nhất:</p>{teasers(10)}")),
    says("404 with many summaries", "soft_404", framed("<h2>Không tìm thấy trang yêu cầu</h2>", side=teasers(18))),
    says("404 in a sentence", "soft_404", framed("<p>Xin lỗi, bài viết bạn đang tìm không tồn tại hoặc đã bị gỡ bỏ.</p>", side=links(18))),
    says("404 whose title is the site's", "soft_404", framed("<h3>Nội dung bạn truy cập hiện không có trên hệ thống</h3>")),
    says("404 called article", "soft_404", framed("<p>The story you are looking for could not be found.</p>", "404 | Báo tỉnh", OG_ARTICLE + '<meta property="og:title" content="404">')),
    says("404 in colloquial words", "soft_404", framed("<h1>Oops! Có vẻ như bạn đã đi lạc</h1><p>Đường dẫn bạn truy cập không đúng hoặc đã bị thay đổi.</p>")),
    says("404 with a joke", "soft_404", framed("<h1>Whoops, that page is gone.</h1><p>Try the search, or go back to the front page.</p>")),
    says("deleted", "soft_404", framed("<p>Bài viết đã bị xóa hoặc chưa được xuất bản.</p>")),
    says("not shown yet", "soft_404", framed("<p>Bài viết đang được cập nhật hoặc không được phép hiển thị.</p>")),
    says("nothing there", "soft_404", framed("<p>Không có dữ liệu</p>")),
    says("nothing there in capitals", "soft_404", framed("<h1>KHÔNG TÌM THẤY NỘI DUNG</h1>")),
    says("without diacritics", "soft_404", framed("<h1>Khong tim thay trang</h1><p>Trang ban yeu cau khong ton tai.</p>")),
    says("file of a server", "soft_404", bare("<h1>Not Found</h1><p>The requested URL /tin/1.html was not found on this server.</p>", "404 Not Found")),
    says("resource of a server", "soft_404", bare("<h2>404 - File or directory not found.</h2><h3>The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.</h3>", "404 - File or directory not found.")),
    says("Arabic", "soft_404", framed("<h1>عذراً، الصفحة التي تبحث عنها غير موجودة</h1><p>يمكنك العودة إلى الصفحة الرئيسية.</p>", "خطأ 404")),
    says("Arabic, deleted", "soft_404", framed("<h1>هذا الخبر لم يعد متاحا</h1><p>ربما تم حذف الخبر أو نقله.</p>", "صحيفة")),
    says("Persian", "soft_404", framed("<h1>صفحه مورد نظر شما پیدا نشد</h1><p>ممکن است آدرس را اشتباه وارد کرده باشید.</p>", "خطای ۴۰۴")),
    says("Persian, of an item", "soft_404", framed("<h1>خبر مورد نظر یافت نشد</h1>", "خبرگزاری")),
    says("French", "soft_404", framed("<h1>Page introuvable</h1><p>La page que vous recherchez n'existe pas ou n'existe plus.</p>")),
    says("front page after a redirect", "front_page", framed(teasers(18)), final="/"),
    says("front page of a language", "front_page", framed(teasers(18)), final="/index.html"),
    says("front page at the address", "listing", framed(teasers(18), "Báo tỉnh - Trang chủ")),
    says("section", "listing", framed(f"<h1>Thời sự</h1>{teasers(15)}", "Thời sự")),
    says("section called article", "listing", framed(f"<h1>Thời sự</h1>{teasers(15)}", "Thời sự", OG_ARTICLE + '<meta property="og:title" content="Thời sự">')),
    says("short section called article", "listing", framed(f"<h1>Du lịch</h1>{links(5)}", "Du lịch", OG_ARTICLE + '<meta property="og:title" content="Du lịch">', side=links(3))),
    says("tag", "listing", framed(f"<h1>Từ khóa: chuyển đổi số</h1>{teasers(12)}", "chuyển đổi số")),
    says("search", "listing", framed(f"<h1>Kết quả tìm kiếm cho: tuyến đường</h1><p>Tìm thấy 128 kết quả</p>{teasers(10)}", "Tìm kiếm")),
    says("search without results", "soft_404", framed("<h1>Tìm kiếm</h1><p>Không tìm thấy kết quả nào phù hợp với từ khóa của bạn.</p>", "Tìm kiếm")),
    says("list of titles", "listing", framed(f"<h1>Các tin đã đưa trong ngày hôm nay</h1>{links(18)}")),
]  # fmt: skip

D1N = '<html><body><script>document.cookie="D1N=1f0e3dad99908345f7439f8ffabdffc4"+"; path=/";window.location.reload(true);</script></body></html>'
RSS = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo tỉnh</title><item><title>Tin</title></item></channel></rss>'
MIDDLE = WHOLE.encode().index(
    "huyện".encode(), WHOLE.encode().index(b"<p>", WHOLE.encode().index(b"<h1>"))
)

BROKEN = [
    says("D1N", "cookie_wall", D1N),
    says("cookie by function", "cookie_wall", bare("<script>function setCookie(n,v){document.cookie=n+'='+v+';path=/'}setCookie('D1N','9a');location.href=location.pathname;</script>")),
    says("cookie computed", "cookie_wall", bare('<script src="/aes.min.js"></script><script>function toNumbers(d){return d}var a=toNumbers("f655");document.cookie="__test="+a+"; path=/";location.href="/x?i=1";</script><noscript>This site requires Javascript to work</noscript>')),
    says("refresh", "cookie_wall", bare("<p>Đang chuyển hướng...</p>", "", '<meta http-equiv="refresh" content="0; url=/tin/1?check=1">')),
    says("refresh with words", "cookie_wall", bare("<p>Redirecting you to the page that you asked for. If nothing happens, click <a href=/x>here</a>.</p>", "Redirecting", '<meta http-equiv="Refresh" content="1;URL=/x">')),
    says("script that goes elsewhere", "cookie_wall", bare("<script>window.location.href='/x?js=1'</script><p>Đang chuyển hướng, vui lòng đợi...</p>")),
    says("shell", "empty", bare('<div id="app"></div><script src="/static/app.js"></script>', "Báo tỉnh")),
    says("shell with a loader", "empty", bare('<div id="app"><p>Đang tải...</p></div><script src="/static/app.js"></script>', "Báo tỉnh")),
    says("nothing", "empty", b""),
    says("white space", "empty", b" \r\n\t\r\n "),
    says("byte order mark", "empty", b"\xef\xbb\xbf\n"),
    says("frame with nothing in it", "empty", framed("<h1></h1><div class=content></div>")),
    says("frame with nothing but the title", "empty", framed("<h1>Khánh thành tuyến đường nối hai huyện</h1><div></div>")),
    says("placeholder", "empty", framed("<h1>Khánh thành tuyến đường nối hai huyện</h1><p>Nội dung đang được cập nhật...</p>")),
    says("placeholder alone", "empty", framed("<p>Đang cập nhật nội dung</p>")),
    says("print dialog", "empty", bare("<a href='javascript:window.print()'>In trang này</a><script>window.print()</script>", "Bản in")),
    says("cut in a tag", "truncated", WHOLE[: WHOLE.index("<footer") + 4]),
    says("cut in a paragraph", "truncated", WHOLE.encode()[:MIDDLE]),
    says("cut in a letter", "truncated", WHOLE.encode()[: MIDDLE + len(b"huy") + 1]),
    says("cut in a script", "truncated", WHOLE.replace("</body></html>", "") + "<script>var a = {b: 1, c: 'x"),
    says("cut in a style", "truncated", bare("", "x")[:70] + "<style>body { color: #33"),
    says("cut between paragraphs", "truncated", WHOLE[: WHOLE.index("</p>", WHOLE.index("<h1>")) + 4]),
    says("zipped", "not_html", b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4),
    says("brotli", "not_html", bytes((n * 37 + 11) % 256 for n in range(2_000))),
    says("PDF", "not_html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>>"),
    says("PNG", "not_html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 64),
    says("JPEG", "not_html", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64),
    says("Word", "not_html", b"PK\x03\x04\x14\x00\x06\x00word/document.xml"),
    says("JSON", "not_html", '{"status": false, "message": "Bài viết không tồn tại", "html": "<p>x</p>"}'),
    says("JSON list", "not_html", '[{"title": "Tin", "html": "<p>x</p>"}]'),
    says("feed", "not_html", RSS),
    says("sitemap", "not_html", '<?xml version="1.0"?><urlset><url><loc>https://bao.example/</loc></url></urlset>'),
    says("error of a bucket", "not_html", '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>', content_type="application/xml"),
    says("error of a bucket as HTML", "not_html", '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>'),
    says("plain words", "not_html", b"Service Unavailable"),
    says("plain words in Vietnamese", "not_html", "Không thể kết nối máy chủ"),
    says("script", "not_html", "function a(){return '<div>x</div>'}", content_type="application/javascript"),
]  # fmt: skip

STATUSES = [
    says("not yet", "blocked", bare("<p>x</p>"), status=202),
    says("transformed by a proxy", "block_page", bare("<h1>Access Denied</h1><p>Blocked by your organisation.</p>", "Access Denied"), status=203),
    says("no content", "unreadable", b"", status=204),
    says("a part", "unreadable", WHOLE, status=206),
    says("gone for an hour", "soft_404", framed("<h1>404</h1>"), status=404),
    says("forbidden", "blocked", bare("<h1>403 Forbidden</h1>"), status=403),
    says("unlawful", "blocked", bare("<h1>451</h1>"), status=451),
    says("teapot", "blocked", bare("<h1>I'm a teapot</h1>"), status=418),
    says("too many", "busy", bare("<h1>Too Many Requests</h1>"), status=429),
    says("unavailable", "server_error", bare("<h1>Bảo trì</h1>"), status=503),
    says("broken", "server_error", bare("<h1>500</h1>"), status=500),
    says("an article with the status of an error", "server_error", WHOLE, status=520),
]  # fmt: skip

ANSWERS = [*BLOCKS, *UPKEEP, *ABSENT, *BROKEN, *STATUSES]
