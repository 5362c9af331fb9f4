"""From what a portal answers to the site file that would crawl it, with the evidence."""
