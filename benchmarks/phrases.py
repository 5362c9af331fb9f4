"""Words to write noise and edits with, in Vietnamese and English: made up, and never the same."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The words of one language; a sentence is who, does, what and when, one of each."""

    who: tuple[str, ...]
    does: tuple[str, ...]
    what: tuple[str, ...]
    when: tuple[str, ...]
    names: tuple[str, ...]
    opinions: tuple[str, ...]
    plain: tuple[str, ...]
    label: dict[str, tuple[str, ...]]


VIETNAMESE = Tongue(
    who=(
        *("Ủy ban tỉnh", "Hội Nông dân xã Phú Lộc", "Đội bóng trẻ miền núi", "Sở Giao thông"),
        *(
            "Ngư dân vùng biển",
            "Trường mầm non Hoa Sen",
            "Hợp tác xã chè Tân Cương",
            "Công an huyện",
        ),
        *("Bệnh viện đa khoa", "Nhóm sinh viên tình nguyện", "Bà con bản Mường", "Ban quản lý chợ"),
    ),
    does=(
        *("khánh thành", "đề xuất", "nghiệm thu", "giới thiệu", "kiểm tra", "xây mới", "bàn giao"),
        *("mở rộng", "phát động", "thu hoạch", "trao tặng", "kêu gọi bảo vệ"),
    ),
    what=(
        *("tuyến đường ven hồ", "mô hình nuôi tôm sạch", "giải chạy vì môi trường", "vườn hoa mới"),
        *("trạm bơm chống hạn", "lễ hội trái cây", "khu tái định cư", "đội xe buýt điện"),
        *("thư viện lưu động", "cánh đồng lúa hữu cơ", "phiên chợ vùng cao", "nhà văn hóa thôn"),
    ),
    when=(
        *("trước mùa mưa bão", "trong tháng tới", "giữa ngày nắng nóng", "sau kỳ nghỉ dài"),
        *("nhân dịp đầu xuân", "với sự góp sức của người dân", "tại hội nghị sáng nay"),
        *("theo kế hoạch đã duyệt", "để kịp năm học mới", "ở vùng sâu vùng xa"),
    ),
    names=("Khánh Vân", "Thu Hiền", "Đức Thắng", "Bảo Trâm", "Hải Yến", "Quốc Việt", "Ngọc Diệp"),
    opinions=(
        *(
            "Bài viết rất hay, cảm ơn báo",
            "Tôi thấy cần làm mạnh tay hơn nữa",
            "Ở quê tôi cũng vậy",
        ),
        *("Mong cơ quan chức năng sớm vào cuộc", "Đọc mà thương bà con quá", "Ý kiến này đúng đấy"),
        *("Giá mà chỗ tôi cũng được như thế", "Theo tôi nên tính lại cho kỹ"),
    ),
    plain=("nhanh chóng", "đồng loạt", "kịp thời", "thuận lợi", "chu đáo", "tích cực"),
    label={
        "related": ("Tin liên quan", "Bài liên quan", "Tin cùng chuyên mục", "Có thể bạn quan tâm"),
        "see": ("Xem thêm", "Đọc thêm", ">> Xem thêm", "Tin liên quan"),
        "most_read": ("Đọc nhiều", "Xem nhiều nhất", "Tin nóng 24h"),
        "views": ("Lượt xem", "Lượt đọc", "Số lượt xem"),
        "comments": ("Bình luận", "Ý kiến bạn đọc"),
        "ago": ("giờ trước", "phút trước"),
        "ad": ("Quảng cáo", "QUẢNG CÁO", "Nội dung tài trợ"),
        "share": ("Chia sẻ", "Sao chép liên kết", "Gửi email", "In bài", "Lưu bài"),
        "reply": ("Trả lời", "Thích", "Báo vi phạm"),
        "form": ("Họ tên", "Email", "Nội dung", "Gửi bình luận"),
        "cookie": ("Trang này sử dụng cookie để nâng cao trải nghiệm của bạn", "Đồng ý", "Từ chối"),
        "licence": (
            "Giấy phép số",
            "Tổng biên tập",
            "Tòa soạn",
            "Điện thoại",
            "Bản quyền thuộc về",
        ),
        "listen": ("Nghe đọc bài", "Giọng nữ miền Bắc", "Tốc độ", "Đang phát"),
        "tags": ("Từ khóa", "Chủ đề", "Tags"),
        "rating": ("đánh giá", "Xếp hạng", "điểm"),
        "newsletter": ("Đăng ký nhận tin", "Nhập email của bạn", "Nhận bản tin mỗi sáng"),
        "poll": (
            "Bạn có hài lòng với xe buýt không?",
            "Rất hài lòng",
            "Chưa hài lòng",
            "Biểu quyết",
        ),
        "weather": ("Hà Nội", "Đà Nẵng", "Có mây", "Mưa rào", "Độ ẩm"),
        "money": ("USD", "EUR", "Vàng SJC", "Mua vào", "Bán ra"),
        "home": ("Trang chủ", "Kinh tế", "Xã hội", "Thời sự", "Đời sống", "Văn hóa"),
        "follow": ("Theo dõi tác giả", "Theo dõi báo trên Google News", "Theo dõi"),
        "videos": ("Video nổi bật", "Video đang xem", "Xem video"),
        "continue": ("Đọc tiếp", "Xem tiếp", "Mời bạn đọc tiếp bài bên dưới"),
        "app": ("Tải ứng dụng để đọc báo nhanh hơn", "Tải ngay"),
        "log_in": ("Đăng nhập để bình luận", "Đăng nhập", "Đăng ký"),
        "days": ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"),
        "buy": ("Mua ngay", "Ưu đãi", "giảm giá", "chỉ từ", "đồng", "Gọi ngay hôm nay"),
        "breaking": ("Tin mới", "Nóng", "Tin nhanh"),
        "votes": ("phiếu", "lượt bình chọn"),
        "enlarge": ("Phóng to", "Ảnh đang tải"),
    },
)
ENGLISH = Tongue(
    who=(
        *(
            "The city council",
            "A volunteer group",
            "The school board",
            "Local farmers",
            "The museum",
        ),
        *("The harbour authority", "A young chess team", "Rescue crews", "The county library"),
        *("The transit agency", "Wildlife officers", "The valley growers"),
    ),
    does=(
        *("unveils", "proposes", "inspects", "celebrates", "rebuilds", "donates", "expands"),
        *("launches", "defends", "reopens", "restores", "debates"),
    ),
    what=(
        *("a lakeside trail", "the old ferry terminal", "a charity marathon", "its flower garden"),
        *("the flood barrier", "a summer fruit fair", "new bus routes", "the mountain market"),
        *("a mobile library", "the organic rice fields", "the village hall", "its solar rooftops"),
    ),
    when=(
        *(
            "before the rainy season",
            "later this spring",
            "despite a heat wave",
            "after the holidays",
        ),
        *("with help from neighbours", "at a packed meeting", "under the approved plan"),
        *("ahead of the new school year", "in remote districts", "as costs climb"),
    ),
    names=("Quinlan", "Harper", "Okafor", "Lindqvist", "Marchetti", "Delgado", "Whitlock"),
    opinions=(
        *("Great article, thanks for writing this", "I think they should have acted sooner"),
        *("Same thing happened in my town", "I could not disagree more", "Well said and so true"),
        *(
            "Somebody please look into this",
            "My neighbour said exactly that",
            "What a lovely story",
        ),
    ),
    plain=("carefully", "several", "nearby", "quickly", "openly", "gently"),
    label={
        "related": ("Related articles", "More on this topic", "You may also like", "Recommended"),
        "see": ("See also", "Read more", "READ MORE", "Related"),
        "most_read": ("Most read", "Trending now", "Most popular"),
        "views": ("Views", "Page views", "Reads"),
        "comments": ("Comments", "Reader comments"),
        "ago": ("hours ago", "minutes ago"),
        "ad": ("Advertisement", "ADVERTISEMENT", "Sponsored"),
        "share": ("Share", "Copy link", "Email", "Print", "Save"),
        "reply": ("Reply", "Like", "Report"),
        "form": ("Name", "Email", "Your comment", "Post comment"),
        "cookie": ("We use cookies to improve your experience on this site", "Accept", "Decline"),
        "licence": (
            "Licence no.",
            "Editor in chief",
            "Newsroom",
            "Telephone",
            "All rights reserved by",
        ),
        "listen": ("Listen to this article", "Voice", "Speed", "Now playing"),
        "tags": ("Tags", "Topics", "Filed under"),
        "rating": ("ratings", "Rated", "stars"),
        "newsletter": (
            "Sign up for our newsletter",
            "Enter your email",
            "Get the morning briefing",
        ),
        "poll": ("Are you happy with the buses?", "Very happy", "Not happy", "Vote"),
        "weather": ("London", "Hanoi", "Cloudy", "Showers", "Humidity"),
        "money": ("USD", "EUR", "Gold", "Buy", "Sell"),
        "home": ("Home", "Business", "Local", "World", "Life", "Culture"),
        "follow": ("Follow the author", "Follow us on Google News", "Follow"),
        "videos": ("Featured videos", "Now watching", "Watch the video"),
        "continue": ("Continue reading", "Read on", "Story continues below"),
        "app": ("Download our app for faster news", "Get the app"),
        "log_in": ("Log in to comment", "Log in", "Sign up"),
        "days": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "buy": ("Shop now", "Offer", "off", "only", "dollars", "Call us today"),
        "breaking": ("Latest", "Breaking", "Just in"),
        "votes": ("votes", "votes cast"),
        "enlarge": ("Enlarge", "Image loading"),
    },
)
TONGUES = {"vi": VIETNAMESE, "en": ENGLISH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A language and the dice that choose its words."""

    tongue: Tongue
    dice: random.Random

    def headline(self) -> str:
        tongue = self.tongue
        parts = (tongue.who, tongue.does, tongue.what, tongue.when)
        return " ".join(self.dice.choice(part) for part in parts)

    def sentences(self, least: int, most: int) -> str:
        return " ".join(f"{self.headline()}." for _ in range(self.dice.randint(least, most)))

    def label(self, name: str) -> str:
        return self.dice.choice(self.tongue.label[name])

    def labels(self, name: str) -> tuple[str, ...]:
        return self.tongue.label[name]

    def person(self) -> str:
        return self.dice.choice(self.tongue.names)

    def opinion(self) -> str:
        end = self.dice.choice((".", "!", f", {self.person()}.", "…"))
        return f"{self.dice.choice(self.tongue.opinions)}{end}"

    def number(self, most: int = 9999) -> int:
        return self.dice.randint(1, most)
