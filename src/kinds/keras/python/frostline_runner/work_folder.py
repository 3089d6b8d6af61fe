"""The folder a program runs in: its own files, `data/` and `bases/`."""

import os
import shutil


def prepare_folder(run):
    """Copy what was handed in, and link the assignment's data into it; returns the folder, which is then the current one."""
    folder = run.job.folder
    shutil.copytree(run.job.submission, folder)
    for parent, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(parent, name)
            os.chmod(path, 0o755 if os.path.isdir(path) else 0o644)
    data = os.path.join(folder, "data")
    os.makedirs(data, exist_ok=True)
    for split in os.listdir(run.job.data):
        place = os.path.join(data, split)
        # A program that brings its own copy of the assignment's pictures is given the real ones.
        if os.path.isdir(place):
            shutil.rmtree(place)
        os.symlink(os.path.join(run.job.data, split), place)
    os.chdir(folder)
    return folder


def offer_bases(run, source, write):
    """Put the bases that `source` names into `bases/`, as whole Keras models; `write(base, path)` writes one."""
    for base in run.job.bases:
        if base.name not in source:
            continue
        os.makedirs("bases", exist_ok=True)
        for ending in [one for one in (".keras", ".h5") if base.name + one in source] or [".keras"]:
            write(base, os.path.join("bases", base.name + ending))
