"""Settings for all tests: nothing is judged by its speed."""

from hypothesis import settings

settings.register_profile("baowatch", deadline=None, print_blob=True)
settings.load_profile("baowatch")
