"""Stubs of the test libraries: testtools, fixtures, ddt, testscenarios. Faithful where names or attributes of tests
depend on them; assertions are those of unittest plus the testtools spellings."""

import contextlib
import functools
import inspect
import io
import itertools
import os
import re
import sys
import tempfile
import unittest
import unittest.mock

from import_hook import register


class MultipleExceptions(Exception):
    pass


class ExpectedException:
    """`with ExpectedException(Type, value_re)`: like assertRaises as a context manager."""

    def __init__(self, exc_type, value_re=None, msg=None):
        self.exc_type = exc_type

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is None:
            raise AssertionError("%s not raised" % self.exc_type)
        return issubclass(exc_type, self.exc_type)


class Matcher:
    """A matcher is a predicate with a name; `match` answers None when it holds."""

    def __init__(self, predicate, name="matcher"):
        self._predicate = predicate
        self._name = name

    def match(self, observed):
        return None if self._predicate(observed) else Mismatch("%r does not satisfy %s" % (observed, self._name))

    def __str__(self):
        return self._name


class Mismatch:
    def __init__(self, description=None, details=None):
        self._description = description

    def describe(self):
        return self._description

    def get_details(self):
        return {}


class MismatchError(AssertionError):
    pass


class TestCase(unittest.TestCase):
    """testtools.TestCase as far as Tempest uses it."""

    skipException = unittest.SkipTest
    run_tests_with = None

    def __init__(self, methodName="runTest", runTest=None):
        super().__init__(methodName)
        self._details = {}
        self._fixtures = []

    def addDetail(self, name, content):
        self._details[name] = content

    def getDetails(self):
        return self._details

    def addOnException(self, handler):
        pass

    def getUniqueString(self, prefix=None):
        return "%s-%d" % (prefix or self.id(), self.getUniqueInteger())

    def getUniqueInteger(self):
        self._unique = getattr(self, "_unique", 0) + 1
        return self._unique

    def patch(self, obj, attribute, value):
        before = getattr(obj, attribute)
        setattr(obj, attribute, value)
        self.addCleanup(setattr, obj, attribute, before)

    def useFixture(self, fixture):
        fixture.setUp()
        self._fixtures.append(fixture)
        self.addCleanup(fixture.cleanUp)
        return fixture

    def assertThat(self, matchee, matcher, message="", verbose=False):
        mismatch = matcher.match(matchee)
        if mismatch:
            raise MismatchError("%s %s" % (message, mismatch.describe()))

    def expectThat(self, matchee, matcher, message="", verbose=False):
        self.assertThat(matchee, matcher, message)

    def assertRaises(self, expected, callable_object=None, *args, **kwargs):
        if callable_object is None:
            return super().assertRaises(expected)
        try:
            callable_object(*args, **kwargs)
        except expected as error:
            return error
        raise self.failureException("%s not raised" % (expected,))

    def expectFailure(self, reason, predicate, *args, **kwargs):
        self.assertRaises(Exception, predicate, *args, **kwargs)

    def skip(self, reason):
        raise self.skipException(reason)


def attr(*args):
    """Marks a function with attributes, in the very place where testtools keeps them."""

    def decorate(fn):
        fn.__dict__.setdefault("__testtools_attrs", set()).update(args)
        return fn

    return decorate


class WithAttributes:
    """Mixin that appends the attributes to the test's id, as testtools does."""

    def id(self):
        original = super().id()
        attributes = getattr(getattr(self, self._testMethodName), "__testtools_attrs", None)
        return original if not attributes else "%s[%s]" % (original, ",".join(sorted(attributes)))


def _skip(reason):
    def decorate(item):
        if isinstance(item, type):
            item.__unittest_skip__ = True
            item.__unittest_skip_why__ = reason
            return item

        @functools.wraps(item)
        def skip_wrapper(*args, **kwargs):
            raise TestCase.skipException(reason)

        return skip_wrapper

    return decorate


#: Whether a decorator that skips under a condition does so; without, a test runs whatever options said at its import.
HEEDED = {"conditions": True}


def _skip_if(condition, reason):
    return _skip(reason) if condition and HEEDED["conditions"] else lambda item: item


def _skip_unless(condition, reason):
    return _skip_if(not condition, reason)


@register("testtools.testcase")
def build_testcase(module):
    module.TestCase = TestCase
    module.WithAttributes = WithAttributes
    module.TestSkipped = unittest.SkipTest
    module.attr = attr
    module.skip, module.skipIf, module.skipUnless = _skip, _skip_if, _skip_unless
    module.ExpectedException = ExpectedException
    module.MultipleExceptions = MultipleExceptions
    module.unittest = unittest


@register("testtools.matchers")
def build_matchers(module):
    def simple(name, test):
        setattr(module, name, lambda *args, **kwargs: Matcher(lambda observed: test(observed, *args), name))

    simple("Equals", lambda observed, expected: observed == expected)
    simple("NotEquals", lambda observed, expected: observed != expected)
    simple("Is", lambda observed, expected: observed is expected)
    simple("IsInstance", lambda observed, *types: isinstance(observed, types))
    simple("Contains", lambda observed, needle: needle in observed)
    simple("ContainsAll", lambda observed, needles: all(needle in observed for needle in needles))
    simple("HasLength", lambda observed, length: len(observed) == length)
    simple("GreaterThan", lambda observed, least: observed > least)
    simple("LessThan", lambda observed, most: observed < most)
    simple("StartsWith", lambda observed, prefix: observed.startswith(prefix))
    simple("EndsWith", lambda observed, suffix: observed.endswith(suffix))
    simple("MatchesRegex", lambda observed, pattern, *flags: re.match(pattern, observed, *flags))
    simple("KeysEqual", lambda observed, *keys: set(observed) == set(keys))
    simple("MatchesAny", lambda observed, *matchers: any(not m.match(observed) for m in matchers))
    simple("MatchesAll", lambda observed, *matchers: all(not m.match(observed) for m in matchers))
    simple("MatchesListwise", lambda observed, matchers: all(not m.match(o) for m, o in zip(matchers, observed)))
    simple("MatchesSetwise", lambda observed, *matchers: True)
    simple("MatchesStructure", lambda observed, *args: True)
    simple("MatchesDict", lambda observed, matchers: all(not matchers[key].match(observed[key]) for key in matchers))
    simple("ContainsDict", lambda observed, matchers: all(not matchers[key].match(observed[key]) for key in matchers))
    simple("AllMatch", lambda observed, matcher: all(not matcher.match(item) for item in observed))
    module.Not = lambda matcher: Matcher(lambda observed: matcher.match(observed) is not None, "Not(%s)" % matcher)
    module.MatchesPredicate = lambda predicate, message: Matcher(predicate, message)
    module.MatchesPredicateWithParams = lambda predicate, message, name=None: (
        lambda *args, **kwargs: Matcher(lambda observed: predicate(observed, *args, **kwargs), name or message)
    )
    module.Matcher, module.Mismatch, module.MismatchError = Matcher, Mismatch, MismatchError


@register("testtools")
def build_testtools(module):
    import testtools.matchers
    import testtools.testcase

    module.matchers, module.testcase = testtools.matchers, testtools.testcase
    for name in ("TestCase", "ExpectedException", "MultipleExceptions", "skip", "skipIf", "skipUnless"):
        setattr(module, name, getattr(testtools.testcase, name))

    def try_import(name, alternative=None, error_callback=None):
        # Optional packages: absent here, and a stub must not pose as the real one.
        return alternative

    module.try_import = try_import


class Fixture:
    """fixtures.Fixture: setUp runs _setUp, cleanUp runs the cleanups backwards."""

    def setUp(self):
        self._cleanups = []
        self._details = {}
        try:
            self._setUp()
        except BaseException:
            self.cleanUp()
            raise

    def _setUp(self):
        pass

    def addCleanup(self, function, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def cleanUp(self, raise_first=True):
        error = None
        while getattr(self, "_cleanups", None):
            function, args, kwargs = self._cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception as caught:
                error = error or caught
        if error is not None and raise_first:
            raise error

    def useFixture(self, fixture):
        fixture.setUp()
        self.addCleanup(fixture.cleanUp)
        return fixture

    def addDetail(self, name, content):
        self._details[name] = content

    def getDetails(self):
        return self._details

    def reset(self):
        self.cleanUp()
        self.setUp()

    def __enter__(self):
        self.setUp()
        return self

    def __exit__(self, *exc_info):
        self.cleanUp()


@register("fixtures")
def build_fixtures(module):
    class MockPatch(Fixture):
        def __init__(self, name, new=unittest.mock.DEFAULT, **kwargs):
            self._patcher = unittest.mock.patch(name, new, **kwargs)

        def _setUp(self):
            self.mock = self._patcher.start()
            self.addCleanup(self._patcher.stop)

    class MockPatchObject(MockPatch):
        def __init__(self, obj, attribute, new=unittest.mock.DEFAULT, **kwargs):
            self._patcher = unittest.mock.patch.object(obj, attribute, new, **kwargs)

    class MonkeyPatch(Fixture):
        def __init__(self, name, new_value=None):
            self._patcher = unittest.mock.patch(name, new_value, create=True)

        def _setUp(self):
            self._patcher.start()
            self.addCleanup(self._patcher.stop)

    class TempDir(Fixture):
        def _setUp(self):
            directory = tempfile.TemporaryDirectory()
            self.path = directory.name
            self.addCleanup(directory.cleanup)

        def join(self, *parts):
            return os.path.join(self.path, *parts)

    class StringStream(Fixture):
        def __init__(self, detail_name="stream"):
            self.stream = io.StringIO()

    class Quiet(Fixture):
        def __init__(self, *args, **kwargs):
            self.output = ""

    module.Fixture = module.CompoundFixture = Fixture
    module.MockPatch, module.MockPatchObject, module.MonkeyPatch = MockPatch, MockPatchObject, MonkeyPatch
    module.TempDir = module.NestedTempfile = module.TempHomeDir = TempDir
    module.StringStream = StringStream
    module.LoggerFixture = module.FakeLogger = module.Timeout = module.WarningsCapture = Quiet
    module.TimeoutException = type("TimeoutException", (Exception,), {})


class NamedValues(list):
    """Arguments of one data-driven test that carry the label of the generated name."""

    def __init__(self, label, *values):
        super().__init__(values)
        self.label = label

    def __str__(self):
        return str(self.label)


def _is_trivial(value):
    if isinstance(value, NamedValues):
        return True
    if isinstance(value, (list, tuple)):
        return all(map(_is_trivial, value))
    return value is None or isinstance(value, (bool, int, float, str))


def generated_name(name, value, index, width):
    """Name of a data-driven test: padded 1-based index, then the value when it is a plain one."""
    stem = "%s_%0*d" % (name, width, index + 1)
    return re.sub(r"\W|^(?=\d)", "_", "%s_%s" % (stem, value)) if _is_trivial(value) else stem


#: Tests that are written down and that no data makes any of, by dotted name.
EMPTIED = set()


@register("ddt")
def build_ddt(module):
    def data(*values):
        return idata(values)

    def idata(iterable, index_len=None):
        values = tuple(iterable)

        def mark(function):
            function._oracle_data = (values, index_len or len(str(len(values))))
            return function

        return mark

    def unpack(function):
        function._oracle_unpack = True
        return function

    def feed(function, value, spread):
        @functools.wraps(function)
        def wrapper(self):
            if not spread:
                return function(self, value)
            return function(self, **value) if isinstance(value, dict) else function(self, *value)

        return wrapper

    def ddt(cls=None, **kwargs):
        if cls is None:
            return ddt
        for name, function in list(vars(cls).items()):
            if not hasattr(function, "_oracle_data"):
                continue
            values, width = function._oracle_data
            if not values:
                EMPTIED.add("%s.%s.%s" % (cls.__module__, cls.__qualname__, name))
            for index, value in enumerate(values):
                label = generated_name(name, getattr(value, "__name__", value), index, width)
                setattr(cls, label, feed(function, value, hasattr(function, "_oracle_unpack")))
            delattr(cls, name)
        return cls

    def named_data(*named_values):
        return lambda function: data(*[NamedValues(*row) for row in named_values])(unpack(function))

    module.named_data = named_data
    module.ddt, module.data, module.idata, module.unpack = ddt, data, idata, unpack


@register("testresources")
def build_testresources(module):
    module.ResourcedTestCase = type("ResourcedTestCase", (unittest.TestCase,), {"resources": []})
    module.TestResourceManager = module.TestResource = type("TestResourceManager", (), {})


@register("testscenarios")
def build_testscenarios(module):
    class WithScenarios:
        """Scenarios multiply tests at run time, not when they are loaded: nothing to do here."""

        scenarios = ()

    def multiply_scenarios(*scenarios):
        """Every combination: names joined, attributes together."""
        return [(",".join(name for name, _ in combination), {key: value for _, values in combination
                                                             for key, value in values.items()})
                for combination in itertools.product(*scenarios)]

    module.WithScenarios = WithScenarios
    module.TestWithScenarios = type("TestWithScenarios", (WithScenarios, unittest.TestCase), {})
    module.load_tests_apply_scenarios = lambda *args: None
    module.multiply_scenarios = multiply_scenarios
    import testscenarios.scenarios

    module.scenarios = testscenarios.scenarios
    testscenarios.scenarios.multiply_scenarios = multiply_scenarios
