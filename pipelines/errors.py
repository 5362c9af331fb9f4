"""Errors of the store, each telling what happened, where, and what to do."""

from crawlers.errors import UserError


class StoreError(UserError):
    """The store cannot be used as it is; the message is for people."""


class NotAStore(StoreError):
    """The file exists but is not a store of baowatch."""


class NewerStore(StoreError):
    """A newer baowatch has written this store."""


class StoreFull(StoreError):
    """The disk is full: nothing of the failed transaction was written."""


class DiskLow(StoreError):
    """Too little space is free on the store's disk to go on."""


class SiteBusy(StoreError):
    """Another crawl of the same site is under way."""
