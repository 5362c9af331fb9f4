"""Reports and differences as people or programs read them."""
