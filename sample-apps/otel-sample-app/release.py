"""The build variant."""

NAME = "base"
"""Names the variant in the answer to "hello"."""
