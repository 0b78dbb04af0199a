"""The clock of the quota, the same in every framework."""

from benchmarks.reduced.rules import HALF_DAYS, Rules


class Window:
    """Which week it is, and how much of the quota's window is left."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.week = 0  # weeks since hiring

    @property
    def left(self) -> int:
        """Half-days left in the window before the coming week; 0 without a quota."""
        since = self.week - self.rules.warm_up
        if since < 0:
            return 0
        return HALF_DAYS * (self.rules.weeks - since % self.rules.weeks)

    def opens(self) -> bool:
        """Whether a window starts with the coming week."""
        return self.left == HALF_DAYS * self.rules.weeks
