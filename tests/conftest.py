"""Settings for all tests: nothing is judged by its speed."""

import os

from hypothesis import settings

settings.register_profile("baowatch", deadline=None, print_blob=True)
settings.load_profile("baowatch")

# The tests start hundreds of crawls; without it each would compile all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
