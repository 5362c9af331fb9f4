"""From a page to an article, its versions and its changes. Owns the database."""
