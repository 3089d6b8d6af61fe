"""The job of this run and what is known of it so far."""

import json
import time
import weakref
from dataclasses import dataclass, field
from types import SimpleNamespace

# A fit that ends for want of time needs some to write its model.
FIT_SHARE = 0.85


@dataclass
class KnownModel:
    """A model that was met: numbered in the order of meeting."""

    id: int
    name: str
    model: weakref.ref
    compiles: int = 0
    metrics: list = field(default_factory=list)
    declared_at_compile: list | None = None
    compiled_since_fit: bool = False
    # Digests of its weights as its latest fit left them.
    left: dict = field(default_factory=dict)


@dataclass
class RunState:
    """What the recorders share."""

    job: SimpleNamespace
    started: float
    keras: object = None
    tensorflow: object = None
    Model: type | None = None
    models: list = field(default_factory=list)
    # Inside one of Keras's own calls, so that what it calls itself is not recorded again.
    depth: int = 0
    fits: int = 0
    # Pictures that all fits together were given.
    samples: int = 0
    fitted: object = None
    # Whether the program saved any model, and (model, path) of what it saved since it last trained.
    has_saved: bool = False
    saves: list = field(default_factory=list)
    checkpoint_file: str | None = None
    base_of_head: object = None
    # Per optimizer: the variables of its latest step as traced.
    stepped: dict = field(default_factory=dict)
    # What the program trains outside `fit`, in the order in which it began.
    loops: list = field(default_factory=list)
    # Pictures in the batch that the program gave to a model last.
    batch_rows: int = 0
    # What ends the loop that has used its budget, until it has left it.
    leaving: BaseException | None = None
    # Its time is over, but it was at a place where stopping it could do harm.
    is_late: bool = False
    predicted_rows: list = field(default_factory=list)
    # Weights sent after fits so far, in bytes.
    kept_bytes: int = 0

    def known(self, model):
        """Return the record of `model`, made at its first meeting."""
        for record in self.models:
            if record.model() is model:
                return record
        record = KnownModel(len(self.models), str(getattr(model, "name", "model")), weakref.ref(model))
        self.models.append(record)
        return record

    def ref(self, model):
        record = self.known(model)
        return {"id": record.id, "name": record.name}

    @property
    def structure_only(self):
        return self.job.depth == "structure"

    def clock(self):
        """Seconds on a clock that stands still while others keep the program from the processors."""
        with open(self.job.lostTime, encoding="ascii") as lost:
            return time.monotonic() - int(lost.read()) / 1000

    def seconds_left(self):
        return self.started + self.job.seconds - self.clock()

    def seconds_left_for_fits(self):
        return self.started + self.job.seconds * FIT_SHARE - self.clock()

    def seconds_for_this_fit(self):
        """Share what is left among this fit, or loop, and those the source still seems to hold."""
        to_come = max(1, self.job.fits - self.fits - len(self.loops))
        return max(0.0, self.seconds_left_for_fits()) / to_come


def open_run(path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file, object_hook=lambda fields: SimpleNamespace(**fields))
    return RunState(job=job, started=time.monotonic())
