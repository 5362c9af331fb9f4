"""The project's settings, and children that abort or leak where a test says so."""

from crawlers.settings import *  # noqa: F403
from crawlers.settings import EXTENSIONS as _EXTENSIONS

EXTENSIONS = {**_EXTENSIONS, "misbehaving.Misbehaving": 900}
