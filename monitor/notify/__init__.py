"""Telling people at once, or in digests, over channels of their choice."""
