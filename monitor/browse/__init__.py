"""The store as pages: a Datasette plugin, its tables and queries, its templates."""
