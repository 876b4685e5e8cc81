"""The one place the program asks for the time: tests and reruns set it here."""

from datetime import datetime


def now() -> datetime:
    """The time of day in the office, with its zone."""
    return datetime.now().astimezone()
