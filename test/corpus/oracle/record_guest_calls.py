#!/usr/bin/env python3
"""Runs a tree's Tempest tests for real against a cloud in memory and records every contact with a guest.

    record_guest_calls.py ROOT [--path DIR]... [--match REGEX] [--variant NAME]... [--json OUT] [--limit SECONDS]
                          [--budget SECONDS] [--jobs N]

Real: test classes, fixtures, waiters, service clients, RemoteClient and ssh.Client. Not real: paramiko, processes,
sockets, HTTP, the clock, credentials (see fake_cloud.py and fake_guest.py). Assertions are counted and not enforced:
what fails against an invented cloud would hold on a real one, and the code behind it is what we want to see. So the
result is a lower bound of the (test, site) pairs that exist. Output, sorted:
{"calls": [{test, kind, file, line, command, stack: [{function, file, line}], variants}], "tests": [{test, outcome,
reason}], "variants": […]}. `kind`: ssh, login, ping, user-data, socket, local. file:line is the call in the innermost
frame that is not a pure forwarder of the SSH client classes; `line` is the one on which the call starts.
"""

import argparse
import ast
import base64
import collections
import concurrent.futures
import functools
import importlib
import inspect
import itertools
import json
import logging
import multiprocessing
import os
import random
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import types
import unittest
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import enumerate_tests  # noqa: E402
import fake_cloud  # noqa: E402
import fake_guest  # noqa: E402
import fake_values  # noqa: E402
import import_hook  # noqa: E402
import record_options  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
FORWARDERS = {"exec_command", "execute_script", "_get_ssh_connection", "test_connection_auth", "validate_authentication",
              "wrapper", "connect", "open_session"}
#: Runs a command of its own; only the login that it needs is its caller's.
LOGIN_FORWARDERS = FORWARDERS | {"_get_proxy_channel"}
FORWARDING_FILES = ("ssh.py", "remote_client.py", "shell.py")


class TimeLimit(BaseException):
    """A test took longer than it may."""


# -- where a call stands -----------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def call_lines(path):
    """{(end line, end column) of a call: the line on which it starts}. Every call ends with a bracket of its own."""
    try:
        with open(path, "rb") as stream:
            tree = ast.parse(stream.read())
    except (OSError, SyntaxError):
        return {}
    return {(node.end_lineno, node.end_col_offset): node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call)}


def call_line(code, instruction):
    """Line on which the call starts that a frame is in."""
    for index, (line, end_line, _, end_column) in enumerate(code.co_positions()):
        if index == instruction // 2:
            return call_lines(code.co_filename).get((end_line, end_column), line)
    return code.co_firstlineno


class Recorder:
    """Listens to the fakes; keeps what the running test (or its class fixtures) did."""

    def __init__(self, roots):
        self.roots = [root + os.sep for root in roots]
        self.calls = []

    def relative(self, path):
        for root in self.roots:
            if path.startswith(root):
                return path[len(root):]
        return None

    def snapshot(self):
        """The stack as (function, file, line), test first; frames outside the trees left out."""
        frame = sys._getframe(2)
        steps = []
        while frame is not None:
            code = frame.f_code
            path = self.relative(code.co_filename)
            if path is not None:
                steps.append((code.co_qualname, code.co_name, path, code, frame.f_lasti))
            frame = frame.f_back
        return steps

    def __call__(self, kind, text):
        steps = self.snapshot()
        if kind == "user-data":
            steps = [step for step in steps if not step[2].startswith("tempest/lib/")] or steps
        self.calls.append((kind, text, steps))

    def take(self):
        taken, self.calls = self.calls, []
        return taken


def innermost(kind, steps):
    """Number of the frame that a call is attributed to."""
    forwarders = LOGIN_FORWARDERS if kind == "login" else FORWARDERS
    inner = 0
    while inner < len(steps) - 1 and steps[inner][1] in forwarders and steps[inner][2].endswith(FORWARDING_FILES):
        inner += 1
    return inner


def describe(kind, text, steps):
    """A recorded call as a plain record (without its test)."""
    if not steps:
        return None
    inner = innermost(kind, steps)
    stack = [{"function": name, "file": path, "line": call_line(code, instruction)}
             for name, _, path, code, instruction in reversed(steps[inner:])]
    site = stack[-1]
    command = fake_guest.strip_prologue(text)
    return {"kind": kind, "file": site["file"], "line": site["line"], "command": command, "stack": stack}


# -- the world that the tests see --------------------------------------------------------------------------------------


class Clock:
    """Virtual time: sleeping moves it on, and so does looking at it, so that every waiting loop ends."""

    def __init__(self):
        self.now = 1_900_000_000.0

    def time(self):
        self.now += 0.05
        return self.now

    def sleep(self, seconds=0):
        self.now += max(0.0, float(seconds or 0))
        fake_values.WAITING.naps += 1


class World:
    """One cloud and its guests; replaced for every test class."""

    def __init__(self):
        self.cloud = fake_cloud.Cloud()
        fake_guest.GUEST.reset(self.cloud)

    def request(self, service, method, url, body, headers):
        if method == "POST" and url.strip("/") == "servers" and body:
            self._note_user_data(body)
        return self.cloud.handle(service, method, url, body, headers)

    @staticmethod
    def _note_user_data(body):
        server = (fake_cloud.Cloud._document(body) or {}).get("server") or {}
        if server.get("user_data"):
            try:
                text = base64.b64decode(server["user_data"]).decode("utf-8", "replace")
            except ValueError:
                text = str(server["user_data"])
            fake_guest.GUEST.listener("user-data", text)


WORLD = None


def patch_process():
    """Cuts the process off from clock, network, processes and chance."""
    clock = Clock()
    time.time, time.sleep, time.monotonic = clock.time, clock.sleep, clock.time
    subprocess.Popen = fake_guest.Process
    subprocess.check_output = lambda args, *rest, **kwargs: fake_guest.Process(args, **kwargs).communicate()[0]
    subprocess.check_call = subprocess.call = lambda args, *rest, **kwargs: fake_guest.Process(args).returncode
    subprocess.run = lambda args, *rest, **kwargs: types.SimpleNamespace(
        returncode=0, stdout=fake_guest.Process(args, **kwargs).communicate()[0], stderr="", args=args)
    os.system = lambda command: fake_guest.Process(command).returncode

    class Task(threading.Thread):
        """A process that has done its work when it was started."""

        def start(self):
            self.run()

        def join(self, timeout=None):
            pass

    multiprocessing.Process = Task
    multiprocessing.Manager = lambda: types.SimpleNamespace(list=list, dict=dict)
    socket.socket = fake_guest.FakeSocket
    socket.create_connection = lambda address, *args, **kwargs: fake_guest.FakeSocket().connect(
        address) or fake_guest.FakeSocket()
    socket.getaddrinfo = lambda host, port, *args, **kwargs: [(2, 1, 6, "", ("192.0.2.10", port or 0))]
    socket.gethostbyname = lambda name: "192.0.2.10"

    class Poll:
        def register(self, *args):
            pass

        unregister = register

        def poll(self, *args):
            return [(0, select.POLLIN)]

    select.poll = Poll
    select.select = lambda readers, writers, errors, timeout=None: (list(readers), list(writers), [])
    numbers = iter(range(1, 1 << 60))
    uuid.uuid4 = lambda: uuid.UUID(int=(next(numbers) * 0x9E3779B97F4A7C15F39CC0605CEDC834 & (1 << 128) - 1) & ~(
        0xF000 << 64) & ~(0xC << 60) | 0x4000 << 64 | 0x8 << 60)
    plain_loads = json.loads

    def loads(text, *args, **kwargs):
        if isinstance(text, fake_cloud.Body):
            import copy

            return copy.deepcopy(text.data)
        return plain_loads(text, *args, **kwargs)

    json.loads = loads
    logging.disable(logging.CRITICAL)
    return clock


def patch_http():
    """HTTP outside the rest clients answers 200 with nothing in it."""
    import builtins
    import io
    import urllib.request

    plain_open = builtins.open

    def open_any(path, mode="r", *args, **kwargs):
        """Files that the configuration names are there."""
        named = isinstance(path, str) and path.startswith(("/etc/", "/var/", "/opt/", "/sys/class/net/")) and "w" not in mode
        if named and not os.path.exists(path):
            if path.startswith("/sys/"):
                return io.StringIO("fa:16:3e:00:00:01\n")
            return io.BytesIO(b"fake") if "b" in mode else io.StringIO("fake")
        return plain_open(path, mode, *args, **kwargs)

    builtins.open = open_any
    answer = types.SimpleNamespace(status=200, code=200, status_code=200, text="fake", content=b"fake", data=b"fake",
                                   reason="OK", headers=fake_values.Entity(), ok=True)
    answer.read = answer.getcode = lambda *args: b"fake"
    answer.getcode = lambda: 200
    answer.json = lambda: fake_values.Entity()
    answer.raise_for_status = answer.close = lambda: None
    urllib.request.urlopen = lambda *args, **kwargs: answer
    for name in ("urllib3", "requests"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        for owner, member in (("PoolManager", "request"), ("PoolManager", "urlopen"), ("Session", "request")):
            if hasattr(module, owner):
                setattr(getattr(module, owner), member, lambda self, *args, **kwargs: answer)
        for member in ("get", "post", "put", "request"):
            if name == "requests":
                setattr(module, member, lambda *args, **kwargs: answer)


def patch_tempest():
    """Credentials, authentication, responses and waiters of tempest itself."""
    from tempest.lib import auth
    from tempest.lib.common import cred_provider, rest_client
    import tempest.scenario.manager  # noqa: F401  (plugins name it without an import: Tempest has done it by then)

    class Provider:
        """Every kind of credentials, all alike, with the cloud's tenant network."""

        def __init__(self, name=None, network_resources=None, **kwargs):
            self.name = name
            self.wanted = network_resources

        def _credentials(self, kind="primary", *args, **kwargs):
            kind = kind if isinstance(kind, str) else "-".join(map(str, kind))
            credentials = auth.KeystoneV3Credentials(
                username="user-" + kind, password="password", user_id="user-" + kind, project_id="project-" + kind,
                project_name="project-" + kind, tenant_id="project-" + kind, tenant_name="project-" + kind, domain_id="default", domain_name="Default",
                user_domain_id="default", user_domain_name="Default", project_domain_id="default",
                project_domain_name="Default")
            resources = cred_provider.TestResources(credentials)
            import copy

            cloud = WORLD.cloud
            resources.set_resources(network=copy.deepcopy(cloud.tenant_network),
                                    subnet=copy.deepcopy(cloud.tenant_subnet),
                                    router=copy.deepcopy(cloud.tenant_router))
            return resources

        def __getattr__(self, name):
            if name.startswith("get_") and name.endswith("creds"):
                return functools.partial(self._credentials, name[4:-6])
            raise AttributeError(name)

        get_credentials = _credentials

        def get_creds_by_roles(self, roles=None, *args, **kwargs):
            return self._credentials("-".join(roles or ["roles"]))

        def is_role_available(self, role):
            return True

        def is_multi_user(self):
            return True

        is_multi_tenant = is_multi_user

        def clear_creds(self):
            pass

        cleanup_default_secgroup = is_role_available

    from tempest.common import credentials_factory

    credentials_factory.get_credentials_provider = Provider
    credentials_factory.is_admin_available = credentials_factory.is_alt_available = lambda *args, **kwargs: True
    credentials_factory.get_configured_admin_credentials = credentials_factory.get_credentials = (
        lambda *args, **kwargs: Provider()._credentials().credentials)

    auth.AuthProvider.get_auth = lambda self: ("token", fake_values.Entity())
    auth.AuthProvider.set_auth = lambda self: None
    auth.AuthProvider.auth_data = property(lambda self: ("token", fake_values.Entity()), lambda self, value: None)
    auth.KeystoneAuthProvider.get_token = lambda self: "token"
    for provider in (auth.KeystoneV2AuthProvider, auth.KeystoneV3AuthProvider):
        provider.base_url = lambda self, filters, auth_data=None: "http://cloud.invalid"
        provider.auth_request = lambda self, method, url, headers=None, body=None, filters=None: (
            url, headers or {}, body)

    def request(self, method, url, headers=None, body=None, chunked=False, log_req_body=None):
        if hasattr(body, "read"):
            body = None
        WORLD.cloud.project = self.auth_provider.credentials.project_id or "project-primary"
        return WORLD.request(self.service, method, url, body, headers)

    client = rest_client.RestClient
    client._request = request
    client.raw_request = lambda self, url, method, headers=None, body=None, chunked=False, log_req_body=None: request(
        self, method, url, headers, body)
    client.expected_success = classmethod(lambda cls, *args, **kwargs: None)
    client.validate_response = classmethod(lambda cls, *args: None)
    client.response_checker = lambda self, *args: None
    client.get_versions = lambda self: (fake_cloud.Response(200), ["v2.1", "v2", "v3"])

    def awaited_deletion(self, id, *args, **kwargs):
        WORLD.cloud.forget(id)

    client.wait_for_resource_deletion = awaited_deletion
    client.wait_for_resource_activation = lambda self, *args, **kwargs: None
    plain_init = rest_client.ResponseBody.__init__

    def keep_document(self, response, body=None):
        plain_init(self, response, body if isinstance(body, dict) else None)
        self._document = body

    def missing(self, key):
        return self._document[key] if isinstance(self._document, fake_values.Entity) else fake_values.guess(key)

    rest_client.ResponseBody.__init__ = keep_document
    rest_client.ResponseBody.__missing__ = missing
    from tempest.lib.common import api_version_utils

    api_version_utils.assert_version_header_matches_request = lambda *args, **kwargs: None
    patch_waiters()


def patch_waiters():
    """Waiters see at once what they wait for. Those that reach the guest (wait_for_ssh, wait_for_ping) stay real."""
    from tempest.common import waiters

    def reach(function, kind):
        signature = inspect.signature(function)

        @functools.wraps(function)
        def waiter(*args, **kwargs):
            client, identity, status = list(signature.bind(*args, **kwargs).arguments.values())[:3]
            entity = WORLD.cloud.find(kind, identity) if kind else None
            if kind is None:
                for (_, path), entities in WORLD.cloud.collections.items():
                    if identity in entities and not path.startswith("servers/"):
                        entity = entities[identity]
            if entity is not None:
                entity["status"] = status if isinstance(status, str) else list(status)[0]
                if kind == "servers":
                    answer = client.show_server(identity)["server"]
                    entity["status"] = fake_values.AnyStatus(entity["status"])
                    return answer
            return None

        return waiter

    def gone(client, identity, *args, **kwargs):
        WORLD.cloud.forget(identity)

    def attachment(client, volume_id, server_id, *args, **kwargs):
        for found in client.show_volume(volume_id)["volume"]["attachments"]:
            if found["server_id"] == server_id:
                return found
        return fake_values.Entity(server_id=server_id, volume_id=volume_id)

    waiters.wait_for_server_status = reach(waiters.wait_for_server_status, "servers")
    waiters.wait_for_volume_resource_status = reach(waiters.wait_for_volume_resource_status, None)
    waiters.wait_for_image_status = reach(waiters.wait_for_image_status, None)
    waiters.wait_for_server_termination = gone
    if hasattr(waiters, "wait_for_volume_attachment_create"):
        waiters.wait_for_volume_attachment_create = attachment
    for name in ("wait_for_volume_attachment_remove", "wait_for_volume_attachment_remove_from_server",
                 "wait_for_volume_migration", "wait_for_volume_retype", "wait_for_qos_operations",
                 "wait_for_interface_detach", "wait_for_server_floating_ip", "wait_for_caching",
                 "wait_for_image_tasks_status", "wait_for_image_imported_to_stores", "wait_for_image_copied_to_stores",
                 "wait_for_port_status", "wait_for_object_create"):
        if hasattr(waiters, name):
            setattr(waiters, name, lambda *args, **kwargs: fake_values.Entity())
    waiters.wait_for_server_ports_active = lambda client, server_id, *args, **kwargs: client.list_ports(
        device_id=server_id)["ports"]
    waiters.wait_for_interface_status = lambda client, server_id, port_id, status: fake_values.Entity(
        client.show_interface(server_id, port_id)["interfaceAttachment"], port_state=status)


def patch_plugins():
    """Waiting loops of plugins that talk to services through clients of their own."""
    try:
        from octavia_tempest_plugin.tests import validators

        from octavia_tempest_plugin.tests import test_base

        for name in ("validate_URL_response", "check_members_balanced", "assertConsistentResponse"):
            setattr(validators.ValidatorsMixin, name, lambda *args, **kwargs: "")
        for name, member in vars(test_base).items():
            if isinstance(member, type) and "_validate_webserver" in vars(member):
                member._validate_webserver = member._validate_udp_server = lambda *args, **kwargs: None
    except ImportError:
        pass
    try:
        from heat_tempest_plugin.common import test
    except ImportError:
        return
    test.HeatIntegrationTest._wait_for_stack_status = lambda *args, **kwargs: None
    test.HeatIntegrationTest._wait_for_resource_status = lambda *args, **kwargs: None
    test.HeatIntegrationTest._get_network = lambda *args, **kwargs: WORLD.cloud.tenant_network
    test.HeatIntegrationTest._stack_output = lambda *args, **kwargs: fake_cloud.Output()
    test.HeatIntegrationTest.assign_keypair = lambda self: setattr(self, "keypair", types.SimpleNamespace(
        name="key", private_key="key")) or setattr(self, "keypair_name", "key")


def soften_waits(paths):
    """What is waited for comes: a waiting function of the trees that runs out of time returns instead.

    Modules that are loaded by now and not yet done are gone through; a function is replaced wherever it is known.
    """
    for module in list(sys.modules.values()):
        if not getattr(module, "__file__", None) or not module.__file__.startswith(paths) or module in SOFTENED:
            continue
        SOFTENED[module] = True
        owners = [module] + [value for value in vars(module).values()
                             if isinstance(value, type) and value.__module__ == module.__name__]
        for owner in owners:
            for name, value in list(vars(owner).items()):
                kind = type(value) if isinstance(value, (classmethod, staticmethod)) else None
                function = value.__func__ if kind else value
                if isinstance(function, types.FunctionType) and WAITS.match(function.__name__):
                    soft = SOFTENED.setdefault(function, softened(function))
                    setattr(owner, name, kind(soft) if kind else soft)


WAITS = re.compile(r"_*wait_|.*_wait_(for|until)_")
#: What soften_waits has done: {module: True, function: its stand-in}.
SOFTENED = {}


def softened(function):
    if getattr(function, "softened", False):
        return function

    @functools.wraps(function)
    def waiting(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception as error:
            timed_out = "timeout" in type(error).__name__.lower().replace("timedout", "timeout")
            # An error without a meaning of its own: it was waited in vain.
            if timed_out or type(error) in (Exception, AssertionError) or error is kwargs.get("exception"):
                return fake_values.Entity()
            raise

    waiting.softened = True
    return waiting


def patch_assertions():
    """Makes assertions lenient: an invented cloud cannot satisfy them, and the code after them is wanted."""
    import testtools

    def lenient(function):
        @functools.wraps(function)
        def check(self, *args, **kwargs):
            try:
                return function(self, *args, **kwargs)
            except unittest.SkipTest:
                raise
            except Exception:
                return None

        return check

    class Expectation:
        """`with assertRaises(…) as caught`: whatever happens inside is fine."""

        def __init__(self, expected, *args, **kwargs):
            self.exception = self.expected = expected

        def __enter__(self):
            return self

        def __exit__(self, exc_type, exc_value, traceback):
            self.exception = exc_value if exc_value is not None else fake_values.FakeText("exception")
            return exc_type is not None and issubclass(exc_type, Exception)

    def assert_raises(self, expected, callable_object=None, *args, **kwargs):
        if callable_object is None:
            return Expectation(expected)
        try:
            callable_object(*args, **kwargs)
        except unittest.SkipTest:
            raise
        except Exception as error:
            return error
        return import_hook.Permissive("exception")

    for cls in {unittest.TestCase, testtools.TestCase}:
        for name in dir(cls):
            if re.match(r"assert[A-Z]", name) and callable(getattr(cls, name)) and name in vars(cls):
                setattr(cls, name, lenient(getattr(cls, name)))
        cls.assertRaises = assert_raises
        cls.fail = lambda self, *args: None
        cls.assertRaisesRegex = lambda self, expected, regex, *args, **kwargs: assert_raises(
            self, expected, *args, **kwargs)
    testtools.ExpectedException = testtools.testcase.ExpectedException = Expectation


# -- running ------------------------------------------------------------------------------------------------------------


class Result(unittest.TestResult):
    """Keeps the first error and the skip of the test that runs."""

    def __init__(self):
        super().__init__()
        self.error = self.skipped_for = None

    def addError(self, test, error):
        self.error = self.error or error[1]

    addFailure = addError

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.addError(test, error)

    def addSkip(self, test, reason):
        self.skipped_for = str(reason)


def on_alarm(signum, frame):
    raise TimeLimit()


def limited(seconds, function, *args):
    """Calls the function; answers the exception that it raised, or None.

    The limit is on processor time, so that a busy machine changes nothing; the clock on the wall is only a last resort.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 20 * seconds)
    try:
        function(*args)
        return None
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def reason_of(error, recorder):
    """One line about an exception: type, text, and the innermost place in the trees."""
    place, trace = "", error.__traceback__
    while trace is not None:
        path = recorder.relative(trace.tb_frame.f_code.co_filename)
        if path is not None and not (place and path.startswith("tempest/lib/")):
            place = "%s:%d" % (path, trace.tb_lineno)
        trace = trace.tb_next
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", str(error)).replace("\n", " ")
    return "%s: %s @ %s" % (type(error).__name__, text[:160], place)


def run_class(cls, names, recorder, limit):
    """Runs the tests of one class. Yields (test name, outcome, reason, calls)."""
    global WORLD
    WORLD = World()
    random.seed(0)
    recorder.take()
    fake_values.WAITING.reset()
    label = "%s.%s." % (cls.__module__, cls.__qualname__)
    record_options.READS.test = record_options.Reads.FIXTURE
    error = limited(limit, cls.setUpClass)
    record_options.READS.test = None
    shared = recorder.take()
    if isinstance(error, unittest.SkipTest):
        for name in names:
            yield label + name, "skipped", str(error), shared
        return
    broken = error
    runs = []
    # testscenarios: a test runs once for each scenario, with what it names as attributes.
    scenarios = getattr(cls, "scenarios", None)
    scenarios = [values for _, values in scenarios] if isinstance(scenarios, list) and scenarios else [{}]
    for name, attributes in itertools.product(names, scenarios):
        test, ended = cls(name), []
        vars(test).update(attributes)
        body = getattr(test, name)

        @functools.wraps(body)
        def run_body(*args, body=body, ended=ended):
            body(*args)
            ended.append(True)

        setattr(test, name, run_body)
        result = Result()
        fake_values.WAITING.reset()
        fake_guest.GUEST.forget_failures()
        record_options.READS.test = name
        error = limited(limit, test.run, result) or result.error
        record_options.READS.test = None
        if ended:
            outcome, reason = "ended", None
        elif result.skipped_for is not None:
            outcome, reason = "skipped", result.skipped_for
        else:
            outcome, reason = "died", reason_of(error or broken or RuntimeError("no result"), recorder)
        runs.append((label + name, outcome, reason, recorder.take()))
    if broken is None:
        limited(limit, cls.tearDownClass)
    else:
        runs = [(name, "died", "setUpClass: " + reason_of(broken, recorder), calls) for name, _, _, calls in runs]
    shared += recorder.take()
    for name, outcome, reason, calls in runs:
        yield name, outcome, reason, shared + calls


class Collection:
    """Calls and outcomes of many runs: calls joined over variants, the best outcome of each test kept."""

    RANK = {"ended": 0, "died": 1, "skipped": 2}

    def __init__(self):
        self.calls, self.tests, self.failed = {}, {}, {}

    def add_call(self, call):
        key = (call["test"], call["file"], call["line"], call["kind"], fake_guest.template(call["command"]))
        kept = self.calls.setdefault(key, call)
        if kept is not call:
            kept["variants"] = sorted(set(kept["variants"] + call["variants"]))

    def add_test(self, outcome):
        kept = self.tests.get(outcome["test"])
        if kept is None or self.RANK[outcome["outcome"]] < self.RANK[kept["outcome"]]:
            self.tests[outcome["test"]] = outcome

    def add_run(self, runs, variant, changed=False, changed_answer=False):
        """The runs of one class (see run_class). `changed`: how tests fail or are skipped does not count, since a changed
        world is to blame; `changed_answer`: nor do their calls, since what a test does on its way to a failure is not
        what it demands."""
        for test, outcome, reason, made in runs:
            if not changed or outcome == "ended":
                self.add_test({"test": test, "outcome": outcome, "reason": reason})
            if changed_answer and outcome != "ended":
                continue
            for kind, text, steps in made:
                record = describe(kind, text, steps)
                if record is not None:
                    self.add_call(dict(record, test=test, variants=[variant]))

    def add(self, record):
        for call in record["calls"]:
            self.add_call(call)
        for outcome in record["tests"]:
            self.add_test(outcome)
        for failure in record["failed"]:
            self.failed[failure["module"]] = failure

    def as_record(self):
        # A connection that is opened where a command runs is no login of its own.
        busy = {(call["test"], call["file"], call["line"]) for call in self.calls.values() if call["kind"] == "ssh"}
        idle = {key: call for key, call in self.calls.items()
                if call["kind"] != "login" or (call["test"], call["file"], call["line"]) not in busy}
        return {"calls": [idle[key] for key in sorted(idle)],
                "tests": [self.tests[name] for name in sorted(self.tests)],
                "failed": [self.failed[name] for name in sorted(self.failed)]}


def load_classes(root, match, recorder, collection):
    """(class, its test names) of every module of the tree that matches."""
    for name in enumerate_tests.find_test_modules(root):
        if not re.search(match, name):
            continue
        try:
            module = importlib.import_module(name)
        except Exception as error:
            collection.failed[name] = {"module": name, "error": reason_of(error, recorder)}
            continue
        soften_waits(tuple(recorder.roots))
        classes = collections.OrderedDict()
        for test in enumerate_tests.load_module_tests(module)[0]:
            if type(test).__module__ == name:
                classes.setdefault(type(test), []).append(test._testMethodName)
        yield from classes.items()


def prepare(root, paths, variant):
    """Puts the invented world around the tree. Answers (recorder, options)."""
    import tempfile

    image = tempfile.NamedTemporaryFile(suffix=".img", delete=False)
    image.write(b"image")
    image.close()
    recorder = Recorder([root] + paths)
    fake_guest.GUEST.listener = recorder
    global WORLD
    import_hook.install([root] + paths)
    import_hook.prefer_stubs(("oslo_config", "oslo_serialization", "paramiko", "testtools", "fixtures", "stevedore"))
    WORLD = World()
    patch_process()
    options = record_options.Options(variant, image.name)
    patch_http()
    patch_tempest()
    patch_plugins()
    patch_assertions()
    signal.signal(signal.SIGALRM, on_alarm)
    signal.signal(signal.SIGPROF, on_alarm)
    return recorder, options


def run_variant(root, paths, match, variant, limit):
    """All tests of the tree in this process under one variant."""
    recorder, _ = prepare(root, paths, variant)
    collection = Collection()
    for cls, names in load_classes(root, match, recorder, collection):
        collection.add_run(run_class(cls, names, recorder, limit), variant)
    return collection.as_record()


def listen_for_reads(recorder):
    """What tests read is noted: options, answers of guests, answers of the cloud."""
    import stub_oslo

    reads = record_options.READS
    stub_oslo.READERS.append(reads.note_option)
    fake_values.PROPERTIES.listen(tuple(recorder.roots), lambda key, place: reads.note(("property", key), place))

    def note_command(command):
        kind, _, steps = recorder.calls[-1]
        reads.note(("answer", command), steps[innermost(kind, steps)][3:] if steps else None)

    fake_guest.GUEST.noted = note_command


def run_exploration(root, paths, match, limit, wanted, budget):
    """The wanted classes in this process, each with one option or answer after the other turned.

    `budget` is the processor time that one class may take, in seconds.
    """
    recorder, options = prepare(root, paths, record_options.BASE)
    listen_for_reads(recorder)
    collection = Collection()
    exploration = record_options.Exploration(options)
    for cls, names in load_classes(root, match, recorder, collection):
        if "%s.%s" % (cls.__module__, cls.__qualname__) not in wanted:
            continue

        def run(tests, cls=cls):
            runs = list(run_class(cls, tests, recorder, limit))

            def see(only_ended):
                found = {(test, kind, steps[0][3], steps[0][4]) for test, outcome, _, made in runs for kind, _, steps in made
                         if steps and outcome != "skipped" and (outcome == "ended" or not only_ended)}
                return found | {(test, outcome) for test, outcome, _, _ in runs if outcome == "ended"}

            return see, {test.rpartition(".")[2] for test, outcome, _, _ in runs if outcome == "skipped"}, runs

        ends = time.process_time() + budget
        for label, runs, changed_answer in exploration.explore(names, run, lambda ends=ends: time.process_time() < ends):
            collection.add_run(runs, label or record_options.BASE, changed=label != "", changed_answer=changed_answer)
    return collection.as_record()


def classes_to_explore(record):
    """Classes that reached a guest or a machine's network, and those of which no test ever ran."""
    reached = {call["test"].rpartition(".")[0] for call in record["calls"] if call["kind"] in ("ssh", "login", "ping")}
    outcomes = collections.defaultdict(set)
    for test in record["tests"]:
        outcomes[test["test"].rpartition(".")[0]].add(test["outcome"])
    return sorted(reached | {name for name, seen in outcomes.items() if seen == {"skipped"}})


def print_summary(title, record):
    counts = collections.Counter(test["outcome"] for test in record["tests"])
    print("%s: %d ended, %d died, %d skipped; %d calls in %d tests; %d modules failed" % (
        title, counts["ended"], counts["died"], counts["skipped"], len(record["calls"]),
        len({call["test"] for call in record["calls"]}), len(record["failed"])), file=sys.stderr, flush=True)


def run_worker(args, root, paths):
    """What this process was started for; writes the record and leaves at once."""
    if args.explore:
        with open(args.explore, encoding="utf-8") as stream:
            wanted = set(json.load(stream))
        record = run_exploration(root, paths, args.match, args.limit, wanted, args.budget)
    else:
        record = run_variant(root, paths, args.match, args.variant[0], args.limit)
    with open(args.worker, "w", encoding="utf-8") as stream:
        json.dump(record, stream)
    os._exit(0)


def start_workers(args, jobs):
    """Runs worker processes, as many at a time as there are processors. Yields (title, record) as they end."""
    def work(job):
        title, extra = job
        with tempfile.NamedTemporaryFile("r", suffix=".json") as stream:
            command = [sys.executable, "-W", "ignore", os.path.abspath(__file__), args.root, "--match", args.match, "--limit",
                       str(args.limit), "--budget", str(args.budget), "--worker", stream.name, *extra]
            for path in args.path:
                command += ["--path", path]
            started = time.time()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            return "%s (%.0f s)" % (title, time.time() - started), json.load(stream)

    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(work, job) for job in jobs]):
            yield done.result()


def record_all(args, variants):
    """Every variant, then the exploration of the classes that matter. Answers the joined record."""
    collection = Collection()
    for title, record in start_workers(args, [(name, ["--variant", name]) for name in variants]):
        print_summary(title, record)
        collection.add(record)
    wanted = classes_to_explore(collection.as_record()) if args.budget > 0 else []
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        for number in range(min(args.jobs, len(wanted))):
            share = os.path.join(folder, "%d.json" % number)
            with open(share, "w", encoding="utf-8") as stream:
                json.dump(wanted[number::args.jobs], stream)
            jobs.append(("exploration %d" % (number + 1), ["--explore", share]))
        for title, record in start_workers(args, jobs):
            print_summary(title, record)
            collection.add(record)
    return dict(collection.as_record(), variants=variants, explored=wanted)


def main():
    enumerate_tests.fix_hash_seed()
    parser = argparse.ArgumentParser(description="run Tempest tests against a cloud in memory, record guest calls")
    parser.add_argument("root")
    parser.add_argument("--path", action="append", default=[], help="further import root")
    parser.add_argument("--match", default=r"^(?!tempest\.tests\.)", help="modules to run (regular expression)")
    parser.add_argument("--variant", action="append", choices=sorted(record_options.VARIANTS), help="default: all, joined")
    parser.add_argument("--limit", type=float, default=5, help="seconds of processor time that one test may take")
    parser.add_argument("--budget", type=float, default=4, help="seconds of processor time to explore one class; 0: none")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--deaths", action="store_true", help="print the table of deaths by reason")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--explore", help=argparse.SUPPRESS)
    parser.add_argument("--json", help="write here instead of standard output")
    args = parser.parse_args()
    root, paths = os.path.abspath(args.root), [os.path.abspath(path) for path in args.path]
    if args.worker:
        run_worker(args, root, paths)
    record = record_all(args, args.variant or list(record_options.VARIANTS))
    print_summary("all", record)
    if args.deaths:
        print_deaths(record)
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    if args.json:
        with open(args.json, "w", encoding="utf-8") as stream:
            stream.write(text)
    else:
        sys.stdout.write(text)
    return 0


def print_deaths(record):
    for outcome in ("died", "skipped"):
        reasons = collections.Counter(test["reason"] for test in record["tests"] if test["outcome"] == outcome)
        for reason, count in reasons.most_common(60):
            print("%4d %s: %s" % (count, outcome, reason), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
