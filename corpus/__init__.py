"""Annotated abstracts of our own, as offsets, and how they were chosen."""
