"""Whether a portal works for us: verdicts from probes, and the mark in a site's file."""
