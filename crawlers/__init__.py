"""From a site to its pages: HTTP, links and politeness. Knows no database."""
