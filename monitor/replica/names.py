"""Names for the replica's articles, each in Vietnamese, English, Arabic and Persian."""

from typing import NamedTuple


class Name(NamedTuple):
    """One name as the four languages write it."""

    vi: str
    en: str
    ar: str
    fa: str


PLACES = (
    Name("Phú Lộc", "Phu Loc", "فو لوك", "فو لوک"),
    Name("Yên Sơn", "Yen Son", "ين سون", "ین سون"),
    Name("Tân Hòa", "Tan Hoa", "تان هوا", "تان هوا"),
    Name("Quảng Lâm", "Quang Lam", "كوانج لام", "کوانگ لام"),
    Name("Thạch Bình", "Thach Binh", "تاتش بينه", "تاچ بین"),
    Name("Nam Thủy", "Nam Thuy", "نام ثوي", "نام توی"),
    Name("Đồng Giao", "Dong Giao", "دونج جياو", "دونگ جیائو"),
    Name("Mường Khao", "Muong Khao", "موونج خاو", "موانگ خائو"),
    Name("Hải Vân", "Hai Van", "هاي فان", "های وان"),
    Name("Cẩm Nhượng", "Cam Nhuong", "كام نهوونج", "کام نهوانگ"),
    Name("Vĩnh An", "Vinh An", "فينه آن", "وین آن"),
    Name("Long Khánh", "Long Khanh", "لونج خانه", "لونگ خان"),
    Name("Bình Liêu", "Binh Lieu", "بينه ليو", "بین لیو"),
    Name("Kỳ Phương", "Ky Phuong", "كي فوونج", "کی فونگ"),
    Name("Ninh Hải", "Ninh Hai", "نينه هاي", "نین های"),
    Name("Gia Tường", "Gia Tuong", "جيا توونج", "جیا تونگ"),
)

PEOPLE = (
    Name("Nguyễn Văn Lãm", "Nguyen Van Lam", "نجوين فان لام", "نگوین وان لام"),
    Name("Trần Thị Hằng", "Tran Thi Hang", "تران ثي هانج", "تران تی هانگ"),
    Name("Lê Quang Hiệp", "Le Quang Hiep", "لي كوانج هيب", "له کوانگ هیپ"),
    Name("Phạm Minh Đức", "Pham Minh Duc", "فام مينه دوك", "فام مین دوک"),
    Name("Hoàng Thu Thảo", "Hoang Thu Thao", "هوانج ثو ثاو", "هوانگ تو تائو"),
    Name("Vũ Đình Khôi", "Vu Dinh Khoi", "فو دينه خوي", "وو دین خوی"),
    Name("Đặng Hữu Tài", "Dang Huu Tai", "دانج هوو تاي", "دانگ هو تای"),
    Name("Bùi Thị Mai", "Bui Thi Mai", "بوي ثي ماي", "بوی تی مای"),
    Name("Lò Văn Pánh", "Lo Van Panh", "لو فان بانه", "لو وان پان"),
    Name("Đỗ Xuân Trường", "Do Xuan Truong", "دو شوان تروونج", "دو شوان ترونگ"),
    Name("Phan Ngọc Ánh", "Phan Ngoc Anh", "فان نجوك آنه", "فان نگوک آن"),
    Name("Cao Bá Kiên", "Cao Ba Kien", "كاو با كين", "کائو با کین"),
    Name("Mai Thị Sen", "Mai Thi Sen", "ماي ثي سين", "مای تی سن"),
    Name("Trương Công Danh", "Truong Cong Danh", "تروونج كونج دانه", "ترونگ کونگ دان"),
)

ROLES = (
    Name("Chủ tịch UBND xã", "chairman of the commune", "رئيس البلدية", "رئیس شهرستان"),
    Name("Bí thư Đảng ủy", "secretary of the Party committee", "أمين لجنة الحزب", "دبیر کمیته حزب"),
    Name("Giám đốc hợp tác xã", "head of the cooperative", "مدير التعاونية", "مدیر تعاونی"),
    Name("Trưởng thôn", "village head", "رئيس القرية", "کدخدای روستا"),
    Name(
        "Phó Giám đốc Sở", "deputy director of the department", "نائب مدير الإدارة", "معاون اداره"
    ),
    Name("Trưởng ban quản lý dự án", "project manager", "مدير المشروع", "مدیر پروژه"),
)

AGENCIES = (
    Name("Sở Nông nghiệp", "the Department of Agriculture", "إدارة الزراعة", "اداره کشاورزی"),
    Name("Sở Y tế", "the Department of Health", "إدارة الصحة", "اداره بهداشت"),
    Name("Sở Giao thông", "the Department of Transport", "إدارة النقل", "اداره حمل و نقل"),
    Name("Sở Du lịch", "the Department of Tourism", "إدارة السياحة", "اداره گردشگری"),
    Name("Hội Nông dân tỉnh", "the Farmers' Union", "اتحاد المزارعين", "اتحادیه کشاورزان"),
    Name("Tỉnh đoàn", "the Youth Union", "اتحاد الشباب", "اتحادیه جوانان"),
    Name("Mặt trận Tổ quốc tỉnh", "the Fatherland Front", "جبهة الوطن", "جبهه میهنی"),
    Name("Ban Tuyên giáo", "the Propaganda Board", "هيئة الدعاية", "هیئت تبلیغات"),
)

THINGS = (
    Name("nuôi tôm công nghệ cao", "high-tech shrimp farming", "تربية الجمبري", "پرورش میگو"),
    Name("trồng rừng gỗ lớn", "timber planting", "زراعة الأخشاب", "کاشت جنگل"),
    Name("du lịch cộng đồng", "community tourism", "السياحة المجتمعية", "گردشگری محلی"),
    Name("nước sạch nông thôn", "rural water supply", "مياه الريف", "آب روستایی"),
    Name("chuyển đổi số", "digital transformation", "التحول الرقمي", "تحول دیجیتال"),
    Name("nhà ở cho hộ nghèo", "homes for poor households", "إسكان الفقراء", "مسکن محرومان"),
    Name("kè chống sạt lở", "river embankments", "سدود الأنهار", "دیواره رودخانه"),
    Name("chợ nông sản", "farm produce markets", "أسواق المحاصيل", "بازار کشاورزی"),
    Name("điện mặt trời", "solar power", "الطاقة الشمسية", "انرژی خورشیدی"),
    Name("làng nghề dệt thổ cẩm", "brocade weaving villages", "قرى النسيج", "روستاهای بافندگی"),
    Name("cây ăn quả có múi", "citrus orchards", "بساتين الحمضيات", "باغ مرکبات"),
    Name("thư viện lưu động", "mobile libraries", "المكتبات المتنقلة", "کتابخانه سیار"),
)

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đinh", "Bùi", "Đoàn", "Lương", "Tạ")
MIDDLES = ("Văn", "Thị", "Minh", "Quốc", "Thanh", "Hải", "Ngọc", "Đức", "Hồng", "Xuân")
GIVENS = ("An", "Bích", "Cường", "Dũng", "Giang", "Hạnh", "Khoa", "Linh", "Nam", "Oanh", "Phúc",
          "Quyên", "Sơn", "Tuấn", "Uyên", "Vinh", "Yến")  # fmt: skip

DOCUMENTS = ("-KH/TU", "/QĐ-UBND", "-CT/TW", "/NQ-HĐND", "-KL/TW", "/BC-SNN")
