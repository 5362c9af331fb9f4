# ruff: noqa: SIM905
"""What edits are written with."""

NEGATIONS = {"vi": "không", "en": "not"}
NOT_NEGATIONS = ("không gian", "không khí", "không quân", "hàng không", "trên không", "phòng không")
_PLACED = (
    *(("hoà", "hòa"), ("toà", "tòa"), ("hoá", "hóa"), ("xoá", "xóa"), ("khoẻ", "khỏe")),
    *(("thuỷ", "thủy"), ("uỷ", "ủy"), ("tuỳ", "tùy"), ("luỹ", "lũy")),
)
TONES = dict((*_PLACED, *((new, old) for old, new in _PLACED)))
"""A syllable → the same one with its tone mark on the other vowel."""
FACT_WORDS = frozenset(
    (
        "không chưa chẳng đừng hai ba bốn sáu bảy tám chín mười trăm nghìn ngàn triệu tỷ tỉ rưỡi "
        "chục vạn nửa hôm nay qua tăng giảm ngày tháng năm tuần thứ ông anh chị not never without "
        "none nothing nobody neither nor cannot one two three four five six seven eight nine ten "
        "eleven twelve dozen hundred thousand million billion half twice today yesterday tomorrow "
        "rose fell increase increased decrease decreased first second third last"
    ).split()
)
"""Words that say more than wording: not exchanged where only wording shall change."""

CORRECTIONS = {
    "vi": (
        "Đính chính: Bản đăng lần đầu ghi chưa đúng số hộ dân. Tòa soạn xin lỗi bạn đọc.",
        "Đính chính: Bài viết trước đó ghi sai chức danh của người phát ngôn.",
    ),
    "en": (
        "Correction: An earlier version of this article misstated the number of households.",
        "Correction: This story has been updated to give the right title of the spokesman.",
    ),
    "ar": ("تصحيح: ورد في نسخة سابقة من هذا المقال رقم غير صحيح لعدد الأسر.",),
    "fa": ("اصلاحیه: در نسخه پیشین این خبر، شمار خانوارها نادرست آمده بود.",),
    "de": ("Korrektur: In einer früheren Fassung dieses Artikels stand eine falsche Zahl.",),
}
