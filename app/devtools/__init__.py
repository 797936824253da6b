"""What helps people to try and to show the product: demonstration data. Nothing imports this package but registry.

Not here: anything that the product needs in order to work.
"""
