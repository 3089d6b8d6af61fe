"""One run from its job to the model that is handed back."""

import importlib
import os
import sys
import time

from .after_import import watch_imports
from .channel import emit
from .checkpoint_files import model_file
from .collect_model import chosen_model, collect
from .custom_loops import watch_batches
from .data_sets import KERAS_DATASETS, load_data, offer_tensorflow_datasets
from .deadline import forget_deadline, watch_deadline
from .flag_trap import notice_flags_without_effect
from .fork_trap import notice_forks_of_tensorflow
from .legacy_alias import alias_keras
from .legacy_rates import accept_old_rates
from .load_keras import load_keras, whole_source
from .made_outside import make_outside
from .optional_modules import offer_optional_modules
from .own_preparation import defined_function
from .predict_pictures import send_predictions
from .printed_text import cap_output, tell_dropped
from .record_fit import record_fit
from .record_model import record_model
from .record_optimizer import record_optimizer
from .run_state import open_run
from .store_answers import get_file
from .student_program import is_readable, run_program
from .weights_elsewhere import find_elsewhere
from .work_folder import offer_bases, prepare_folder


def run_session(job_path):
    """Run the job and leave the process, whatever threads the program started."""
    run = open_run(job_path)
    printed = cap_output(run.job.outputBytes)
    folder = prepare_folder(run)
    # Loading TensorFlow takes seconds, and a program that cannot be read needs none of it.
    if is_readable(run, folder):
        try:
            _prepare(run, folder)
            run_program(run, folder)
            forget_deadline(run)
            hand_back(run)
        except Exception as error:
            emit("broken", message=f"{type(error).__name__}: {error}")
    tell_dropped(printed)
    emit("done")
    os._exit(0)


def _prepare(run, folder):
    finder = watch_imports()
    _answer_from_store(run, finder)
    offer_optional_modules(folder)
    offer_tensorflow_datasets(run)
    source = whole_source(run.job.program, folder)
    _watch_keras(run, source)
    os.makedirs(run.job.scratch, exist_ok=True)
    offer_bases(run, source, lambda base, path: model_file(run, base, path))
    emit("start", keras=run.keras.__version__, tensorflow=run.tensorflow.__version__, seconds=time.monotonic() - run.started)
    # Loading TensorFlow is our time, not the student's.
    run.started = run.clock()
    watch_deadline(run)


def hand_back(run):
    """Send the model; or, where the job brings its trained weights, what it predicts with them."""
    if run.job.weights is None:
        return collect(run)
    model = chosen_model(run)
    if model is None:
        return emit("unloadable", message="the program makes no model when it is run again")
    run.depth += 1
    model.load_weights(run.job.weights)
    send_predictions([model], run.job.pictures, defined_function(run.job.prepare, run.job.folder))


def _answer_from_store(run, finder):
    answer = get_file(run)
    for package, module in (("keras.src", "utils.file_utils"), ("tf_keras.src", "utils.data_utils")):
        finder.on_import(f"{package}.{module}", lambda loaded: setattr(loaded, "get_file", answer))
        for name in KERAS_DATASETS:
            load = load_data(run, name)
            finder.on_import(f"{package}.datasets.{name}", lambda loaded, load=load: setattr(loaded, "load_data", load))


def _watch_keras(run, source):
    """Import the Keras that the job names, and start recording."""
    legacy = run.job.keras == 2
    run.keras = keras = load_keras(legacy, source)
    run.tensorflow = tensorflow = importlib.import_module("tensorflow")
    run.Model = keras.Model
    if legacy:
        alias_keras()
        accept_old_rates(keras)
        find_elsewhere(tensorflow.compat.v2.io.gfile)
        for module, name in (("optimizer", "Optimizer"), ("legacy.optimizer_v2", "OptimizerV2")):
            record_optimizer(run, getattr(importlib.import_module(f"tf_keras.src.optimizers.{module}"), name), "apply_gradients")
    else:
        # A program may load its own Lambda layers again; the jail is what keeps them from doing harm.
        keras.config.enable_unsafe_deserialization()
        find_elsewhere(importlib.import_module("keras.src.utils.file_utils"))
        notice_flags_without_effect(importlib.import_module("keras.src.backend.tensorflow.trackable"))
        BaseOptimizer = importlib.import_module("keras.src.optimizers.base_optimizer").BaseOptimizer
        record_optimizer(run, BaseOptimizer, "apply")
        graphs = importlib.import_module("tensorflow.python.framework.ops")
        for Owner in (BaseOptimizer, importlib.import_module("keras.src.metrics.metric").Metric):
            make_outside(run, Owner, graphs)
    notice_forks_of_tensorflow(importlib.import_module("tensorflow.python.eager.context"))
    watch_batches(run, keras.Model, importlib.import_module("tensorflow.python.eager.polymorphic_function.polymorphic_function").Function)
    record_model(run, keras.Model)
    record_fit(run, keras.Model, keras.callbacks)
    keras.utils.set_random_seed(run.job.seed)
