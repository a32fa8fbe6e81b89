#!/usr/bin/env python3
"""Lists every test of a Tempest-like tree with Python's own unittest loader: the oracle for our test discovery.

    enumerate_tests.py ROOT [--path DIR]... [--site DIR]... [--only PREFIX] [--json FILE]

ROOT is an import root (it holds the packages). Like `unittest discover`, it looks at modules named `test*.py` in
proper packages (every folder up to ROOT has an `__init__.py`). A module's `load_tests` hook is left out, as if it were
absent, and named in `loadTests`. Nothing but the standard library is needed: absent packages are stubbed.
Output: {"tests": [{name, ids, attrs, file, line, classFile, definedIn, generatedFrom, written}], "failed": [{module,
error}], "loadTests": [module], "emptied": [name], "stubbed": [package]}; `line` is the `def` line; paths are relative to
ROOT; `generatedFrom` is the name at the `def` when data-driven decorators made the test's name (their order may rest on a
set's, so the hash seed is fixed); `written` is false where no class body has the test: code put it there; `emptied` are
data-driven tests for which there is no data. A module that fails is imported once more after all of Tempest's own tests,
which `tempest run` loads first.
"""

import argparse
import ast
import functools
import importlib
import inspect
import json
import os
import sys
import traceback
import unittest
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import import_hook  # noqa: E402


def find_test_modules(root, pattern_prefix="test"):
    """Dotted names of the modules that `unittest discover -p 'test*.py'` would load below `root`, sorted."""
    names = []
    for folder, folders, files in os.walk(root):
        inside = os.path.relpath(folder, root)
        if inside != "." and "__init__.py" not in files:
            folders[:] = []
            continue
        folders[:] = sorted(name for name in folders if name.isidentifier())
        package = [] if inside == "." else inside.split(os.sep)
        for name in files:
            if name.startswith(pattern_prefix) and name.endswith(".py") and name[:-3].isidentifier():
                names.append(".".join(package + [name[:-3]]))
    return sorted(names)


def unwrap(function):
    """The function that the `def` made: through bound methods, partials and decorators that keep `__wrapped__`."""
    while True:
        if isinstance(function, functools.partial):
            function = function.func
        elif hasattr(function, "__func__"):
            function = function.__func__
        elif hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        else:
            return function


@functools.lru_cache(maxsize=None)
def definition_lines(path):
    """{(function name, line of its code object): line of `def`}: a code object starts at the first decorator."""
    with open(path, "rb") as stream:
        tree = ast.parse(stream.read(), path)
    lines = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
            lines[node.name, first] = node.lineno
    return lines


def definition(function):
    """(file, `def` line, name) of a test function."""
    code = unwrap(function).__code__
    path = os.path.abspath(code.co_filename)
    return path, definition_lines(path).get((code.co_name, code.co_firstlineno), code.co_firstlineno), code.co_name


@functools.lru_cache(maxsize=None)
def body_names(cls):
    """Names that the class's own body binds; None where its source is not there."""
    try:
        with open(sys.modules[cls.__module__].__file__, "rb") as stream:
            nodes = [ast.parse(stream.read())]
    except (OSError, AttributeError, TypeError, KeyError):
        return None
    for part in cls.__qualname__.split("."):
        nodes = [inner for node in nodes for inner in ast.walk(node)
                 if isinstance(inner, ast.ClassDef) and inner.name == part]
    names = set()
    for inner in (inner for node in nodes for inner in ast.walk(node)):
        if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(inner.name)
        elif isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            names.add(inner.id)
    return frozenset(names) if nodes else None


def normalise_id(text):
    """A UUID in its usual spelling; other text as it is."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return text.lower()


def describe(test, root):
    """One test of a suite as a plain record."""
    cls, method = type(test), test._testMethodName
    holder = next(base for base in cls.__mro__ if method in vars(base))
    function = getattr(cls, method)
    attributes = getattr(function, "__testtools_attrs", ())
    path, line, written = definition(function)
    names = body_names(holder)
    return {
        "name": "%s.%s.%s" % (cls.__module__, cls.__qualname__, method),
        "ids": sorted({normalise_id(item[3:]) for item in attributes if item.startswith("id-")}),
        "attrs": sorted({item for item in attributes if not item.startswith("id-")}),
        "file": os.path.relpath(path, root),
        "line": line,
        "classFile": os.path.relpath(os.path.abspath(sys.modules[cls.__module__].__file__), root),
        "definedIn": "%s.%s.%s" % (holder.__module__, holder.__qualname__, method),
        "generatedFrom": None if written == method else written,
        "written": names is None or method in names or written in names,
    }


def flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flatten(item)
        else:
            yield item


def load_module_tests(module):
    """The module's tests as unittest loads them, its `load_tests` hook set aside. Answers (tests, had a hook)."""
    hook = vars(module).pop("load_tests", None)
    try:
        return list(flatten(unittest.TestLoader().loadTestsFromModule(module))), hook is not None
    finally:
        if hook is not None:
            module.load_tests = hook


def import_module(name, paths):
    """Imports a test module; where that fails, once more behind Tempest's own tests, as `tempest run` loads them."""
    try:
        return importlib.import_module(name)
    except Exception:
        for other in find_tempest_tests(paths):
            try:
                importlib.import_module(other)
            except Exception:
                continue
        return importlib.import_module(name)


@functools.lru_cache(maxsize=None)
def find_tempest_tests(paths):
    """Tempest's test modules in the import roots: what its own `load_tests` hook finds."""
    names = [name for path in paths for name in find_test_modules(path)]
    return [name for name in names if name.startswith(("tempest.api.", "tempest.scenario.", "tempest.serial_tests."))]


def enumerate_tree(root, only="", paths=()):
    """Every test below `root` whose module starts with `only`."""
    tests, failed, hooks = {}, [], []
    for name in find_test_modules(root):
        if not name.startswith(only):
            continue
        try:
            module = import_module(name, paths)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            last = traceback.extract_tb(error.__traceback__)[-1]
            failed.append({"module": name, "error": "%s: %s (%s:%s)" % (type(error).__name__, error, last[0], last[1])})
            continue
        loaded, hooked = load_module_tests(module)
        if hooked:
            hooks.append(name)
        for test in loaded:
            record = describe(test, root)
            tests[record["name"]] = record
    emptied = sorted(sys.modules["stub_testing"].EMPTIED)
    return {"tests": [tests[name] for name in sorted(tests)], "failed": failed, "loadTests": hooks, "emptied": emptied}


def fix_hash_seed():
    """Starts the program again with a fixed hash seed: some trees number data-driven tests in a set's order."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.environ["PYTHONHASHSEED"] = "0"
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        os.execv(sys.executable, [sys.executable, "-W", "ignore"] + sys.argv)


def main():
    fix_hash_seed()
    parser = argparse.ArgumentParser(description="list the tests of a tree with Python's own loader")
    parser.add_argument("root")
    parser.add_argument("--path", action="append", default=[], help="further import root")
    parser.add_argument("--site", action="append", default=[], help="folder of installed libraries, preferred to stubs")
    parser.add_argument("--only", default="", help="only modules whose dotted name starts so")
    parser.add_argument("--json", help="write here instead of standard output")
    args = parser.parse_args()
    root = os.path.abspath(args.root)
    paths = tuple(os.path.abspath(path) for path in args.path)
    finder = import_hook.install([root, *paths], args.site)
    result = enumerate_tree(root, args.only, paths)
    result["stubbed"] = sorted({name.partition(".")[0] for name in finder.stubbed})
    text = json.dumps(result, indent=1, sort_keys=True) + "\n"
    if args.json:
        with open(args.json, "w", encoding="utf-8") as stream:
            stream.write(text)
    else:
        sys.stdout.write(text)
    print("%d tests, %d modules failed" % (len(result["tests"]), len(result["failed"])), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
