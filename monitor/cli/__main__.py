"""``python -m monitor.cli``: the command ``baowatch`` where its script is not on the path."""

from monitor.cli import main

main()
