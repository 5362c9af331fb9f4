"""From changes to reports for people: the command line, the clock, the replica."""
