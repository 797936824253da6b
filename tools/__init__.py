"""What `make` does: run, test, check. Not part of the product: nothing in `app` imports it."""
