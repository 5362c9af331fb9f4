"""Forgetting an article in the store as it lies on the disk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawlers.site import Site
from pipelines.forgetting import Forgotten, forget
from pipelines.runs import lock_site
from pipelines.store.care import tidy_log
from pipelines.store.opening import Store
from pipelines.store.search import condense

PATIENCE: Final = 10.0
"""Seconds to wait for those who read the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """``is_gone``: not even the log beside the store holds a word any more."""

    forgotten: Forgotten
    is_gone: bool


def forget_article(store: Store, site: Site, url: str, *, why: str, now: datetime) -> Erasure:
    """Forget an article, and empty the log that still holds it.

    Called again it does what was left undone. Raises SiteBusy while the site is being crawled.
    """
    lock = lock_site(store, site.name)
    try:
        with store.writing() as db:
            told = forget(db, site, url, why=why, now=now)
        condense(store)
        return Erasure(forgotten=told, is_gone=tidy_log(store, patience=PATIENCE))
    finally:
        lock.release()
