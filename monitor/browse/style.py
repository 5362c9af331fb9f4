"""The one stylesheet of the browsed pages: our own, and what differences need."""

from pathlib import Path
from typing import Final

from monitor.render.html import STYLES

STYLESHEET: Final = f"{(Path(__file__).parent / 'style.css').read_text('utf-8')}\n{STYLES}"
