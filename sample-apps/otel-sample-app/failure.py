"""Answers that are no success."""


class Failure(Exception):
    """Ends a request with a status and words for the caller."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class UnexpectedAnswer(Exception):
    """A called service answered, but with no success or no JSON."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(message)
        self.error_type = error_type
