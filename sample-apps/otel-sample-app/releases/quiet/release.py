"""The build variant."""

NAME = "quiet"
"""Names the variant in the answer to "hello"."""
