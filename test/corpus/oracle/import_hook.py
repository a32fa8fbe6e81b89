"""Import hook that stands in for third-party packages missing on this machine.

The oracles run real Tempest code with nothing but the standard library. A package that is really installed (or
reachable by an import root) always wins: the hook sits at the end of `sys.meta_path`, so it only sees imports that
nobody else could satisfy. Packages whose behaviour matters have a stub written by us (`register`); any other absent
package gets a permissive module, so that class bodies and decorators that merely mention it still run.
"""

import importlib.abc
import importlib.machinery
import os
import re
import sys
import types

_EXCEPTION_NAME = re.compile(r"(Exception|Error|NotFound|Conflict|Forbidden|Unauthorized|BadRequest|Timeout)$")


class PermissiveMeta(type):
    """Classes of unknown packages: any class attribute exists, so that `pkg.Class.CONSTANT` works.

    But for `runTest`, which would make unittest's loader take a base class for a test.
    """

    def __getattr__(cls, name):
        if name.startswith("__") or name == "runTest":
            raise AttributeError(name)
        return Permissive(cls.__name__ + "." + name)


class PermissiveClass(metaclass=PermissiveMeta):
    """Base of stubbed classes: accepts any arguments, has every attribute."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Permissive(type(self).__name__ + "." + name)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return False

    def __lshift__(self, other):
        return self


class Permissive:
    """An unknown value: callable, iterable (empty), indexable, comparable, falsy in no way that raises.

    Called with exactly one function or class it returns that object, because that is how a decorator is used.
    """

    def __init__(self, name="?"):
        object.__setattr__(self, "_permissive_name", name)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Permissive(self._permissive_name + "." + name)

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type)):
            return args[0]
        return Permissive(self._permissive_name + "()")

    def __getitem__(self, key):
        return Permissive("%s[%r]" % (self._permissive_name, key))

    def __iter__(self):
        """Empty, but where the value is unpacked into several."""
        from fake_values import unpacked_length

        wanted = unpacked_length(sys._getframe(1)) or 0
        return iter([Permissive("%s[%d]" % (self._permissive_name, index)) for index in range(wanted)])

    def __len__(self):
        return 0

    def __bool__(self):
        return False

    def __contains__(self, item):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return False

    def __mro_entries__(self, bases):
        return (PermissiveClass,)

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return id(self)

    def __lt__(self, other):
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __int__(self):
        return 0

    __index__ = __int__

    def __float__(self):
        return 0.0

    def _arithmetic(self, other=None):
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __mod__ = _arithmetic
    __or__ = __ror__ = __and__ = __rand__ = __neg__ = __floordiv__ = __lshift__ = __rshift__ = _arithmetic

    def __str__(self):
        return self._permissive_name.rpartition(".")[2]

    def __repr__(self):
        return "<unknown %s>" % self._permissive_name


class StubError(Exception):
    """Base of made-up exceptions. Some libraries' timeouts are context managers too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return False


class ApiWord(str):
    """A constant of an unknown package: a word, or an empty sequence where one is added to."""

    def __add__(self, other):
        return str.__add__(self, other) if isinstance(other, str) else other

    def __radd__(self, other):
        return other

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Permissive("%s.%s" % (self, name))


def permissive_member(module_name, name):
    """What a stubbed module answers for a name: exception classes, classes, or an unknown value, by naming style."""
    if _EXCEPTION_NAME.search(name):
        return type(name, (StubError,), {"__module__": module_name})
    if name.endswith("TestCase"):
        # Test bases of other libraries (oslotest.base.BaseTestCase, …) stand on testtools.
        from stub_testing import TestCase

        return type(name, (TestCase,), {"__module__": module_name})
    if re.match(r"[A-Z][A-Za-z0-9]*[a-z]", name):
        return PermissiveMeta(name, (PermissiveClass,), {"__module__": module_name})
    if re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        # Constants of client libraries are mostly words of an API: usable as keys and in texts.
        return ApiWord(name.lower())
    return Permissive(module_name + "." + name)


class StubModule(types.ModuleType):
    """A module whose missing names are made up on first use and kept, so that `is` and `except` stay consistent.

    A lower-case name may be a submodule or a function: it becomes a submodule that can also be called.
    """

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name.islower() and self.__spec__ is not None:
            return importlib.import_module(self.__name__ + "." + name)
        value = permissive_member(self.__name__, name)
        setattr(self, name, value)
        return value

    __call__ = Permissive.__call__
    __getitem__ = Permissive.__getitem__
    __iter__ = Permissive.__iter__
    __mro_entries__ = Permissive.__mro_entries__
    __enter__ = Permissive.__enter__
    __exit__ = Permissive.__exit__
    __lt__ = __gt__ = __le__ = __ge__ = Permissive.__lt__

    @property
    def _permissive_name(self):
        return self.__name__


_BUILDERS = {}


def register(name):
    """Decorator: `build(module)` fills the stub of the module `name`."""

    def decorate(build):
        _BUILDERS[name] = build
        return build

    return decorate


class StubFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every absent module, except inside the packages under test and the standard library."""

    def __init__(self, roots):
        self._roots = tuple(root + os.sep for root in roots)
        self._own = {entry.split(".")[0] for root in roots for entry in os.listdir(root)}
        self.stubbed = set()

    def find_spec(self, fullname, path=None, target=None):
        top = fullname.split(".")[0]
        if top in self._own or top in sys.stdlib_module_names or top.startswith("_"):
            return None
        parent = sys.modules.get(fullname.rpartition(".")[0])
        if parent is not None and not isinstance(parent, StubModule):
            return None
        if parent is None and not self._wanted_by_tree():
            return None
        self.stubbed.add(fullname)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def _wanted_by_tree(self):
        """True when the import statement stands in the trees or in our stubs, not in an installed library's probe."""
        frame = sys._getframe(2)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        here = os.path.dirname(os.path.abspath(__file__)) + os.sep
        return frame is None or frame.f_code.co_filename.startswith(self._roots + (here,))

    def create_module(self, spec):
        return StubModule(spec.name)

    def exec_module(self, module):
        module.__path__ = []
        build = _BUILDERS.get(module.__name__)
        if build is not None:
            build(module)


def install(roots, libraries=()):
    """Puts `roots` (the tree first), then `libraries` (folders of installed packages, which win over stubs) on the
    import path and the stub finder at the end. Returns the finder."""
    import stub_oslo  # noqa: F401  (registers its builders)
    import stub_services  # noqa: F401
    import stub_testing  # noqa: F401

    sys.path[:0] = list(roots) + list(libraries)
    finder = StubFinder(roots)
    sys.meta_path.append(finder)
    return finder


def prefer_stubs(names):
    """Makes our stubs of these packages win over installed ones (the recorder needs the fakes, not the originals)."""
    finder = next(entry for entry in sys.meta_path if isinstance(entry, StubFinder))

    class Preferred(importlib.abc.MetaPathFinder):
        def find_spec(self, fullname, path=None, target=None):
            return finder.find_spec(fullname, path, target) if fullname.partition(".")[0] in names else None

    sys.meta_path.insert(0, Preferred())
