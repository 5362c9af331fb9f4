"""Plain text: one encoding, nothing invisible, single spaces. Pure."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "["
    "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"  # controls that are no white space
    "\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]+"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """NFC, nothing invisible, every run of white space one space, none at the ends.

    Invisible are controls, zero-width characters (ZWNJ too, which portals lose and gain at
    random), soft hyphens, bidi controls and variation selectors. A lone surrogate, which
    no encoding can write, becomes U+FFFD.
    """
    visible = _LONE_SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", visible).split())
