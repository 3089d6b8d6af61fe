"""Changes modules right after they were imported, before anybody else can bind their names."""

import importlib.abc
import importlib.util
import sys


class AfterImport(importlib.abc.MetaPathFinder):
    """Finds modules as usual and calls a function on those that were asked for."""

    def __init__(self):
        self.changes = {}
        self.finding = set()

    def find_spec(self, name, path, target=None):
        if name not in self.changes or name in self.finding:
            return None
        self.finding.add(name)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.finding.discard(name)
        if spec and spec.loader:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                for change in self.changes[name]:
                    change(module)

            spec.loader.exec_module = exec_module
        return spec

    def on_import(self, name, change):
        """Call `change(module)` once `name` is imported."""
        self.changes.setdefault(name, []).append(change)


def watch_imports():
    """Install the finder; it must come before the imports it is asked about."""
    finder = AfterImport()
    sys.meta_path.insert(0, finder)
    return finder
