"""What the assignment lets one fit use: epochs and batches of its own, pictures together with the other fits."""

from dataclasses import dataclass
from types import SimpleNamespace


@dataclass
class FitBudget:
    """`epochs` is what the program asked for; `samples` (an epoch) and `batch_size` are None where nobody can know."""

    limits: SimpleNamespace
    epochs: int
    samples: int | None
    batch_size: int | None

    def rows_of(self, batch):
        """Return how many pictures the batch of this number in its epoch has."""
        size = self.batch_size or 1
        if self.samples is None:
            return size
        return max(0, min(size, self.samples - batch * size)) or size

    def used_up(self, run, steps, epochs, batch):
        """Return which limit ends the fit after this batch, or None; a fit that is done anyway is not cut."""
        if self._is_last(epochs, batch):
            return None
        if self.limits.steps is not None and steps >= self.limits.steps:
            return "steps"
        if self.limits.samples is not None and run.samples >= self.limits.samples:
            return "samples"
        return None

    def epochs_used(self, epochs):
        return self.limits.epochs is not None and self.limits.epochs <= epochs < self.epochs

    def _is_last(self, epochs, batch):
        if self.samples is None or not self.batch_size or epochs + 1 < self.epochs:
            return False
        return (batch + 1) * self.batch_size >= self.samples
