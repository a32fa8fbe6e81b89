"""Stubs of libraries that wait or encrypt: eventlet on the clock that the recorder turns, OpenSSL without secrets,
templates of stacks without contents."""

import time

from import_hook import Permissive, register


@register("eventlet")
def build_eventlet(module):
    running = []

    class Timeout(BaseException):
        """Raised in a sleep that goes on behind the time of an open `with Timeout(seconds)`."""

        def __init__(self, seconds=None, exception=None):
            super().__init__(seconds)
            self._seconds, self._exception = seconds, exception

        def __enter__(self):
            self._ends = None if self._seconds is None else time.time() + self._seconds
            running.append(self)
            return self

        start = __enter__

        def __exit__(self, *exc_info):
            if self in running:
                running.remove(self)
            return False

        def cancel(self):
            self.__exit__()

        def expired(self):
            return self._ends is not None and time.time() >= self._ends

    def sleep(seconds=0):
        time.sleep(seconds)
        for timeout in running:
            if timeout.expired():
                raise timeout._exception or timeout

    module.Timeout, module.sleep = Timeout, sleep
    module.monkey_patch = lambda *args, **kwargs: None


@register("heatclient.common.template_utils")
def build_template_utils(module):
    module.get_template_contents = lambda *args, **kwargs: ({}, {"resources": {}})
    module.process_environment_and_files = module.process_multiple_environments_and_files = lambda *args, **kwargs: ({}, {})


@register("OpenSSL")
def build_openssl(module):
    module.SSL, module.crypto = Permissive("SSL"), Permissive("crypto")
