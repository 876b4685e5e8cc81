"""Where figures are rounded (R9): one number or a column of them."""

from jixiao.exact import Exact, round_half_up
from jixiao.policy.model import Policy


def posted(value: Exact, policy: Policy) -> Exact:
    """A posted figure on the way to the score: rounded under 逐步取整, exact under 仅最后取整."""
    return round_half_up(value, policy.places) if policy.rounding == "逐步取整" else value


def final(value: Exact, policy: Policy) -> Exact:
    """考核得分, which is rounded under either setting."""
    return round_half_up(value, policy.places)
