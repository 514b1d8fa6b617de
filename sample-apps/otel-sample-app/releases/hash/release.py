"""The build variant."""

NAME = "hash"
"""Names the variant in the answer to "hello"."""
