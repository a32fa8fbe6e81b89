# SPDX-License-Identifier: Apache-2.0
"""Errors of the sample."""


class TempestException(Exception):
    """Base of all."""


class TimeoutException(TempestException):
    """Something did not happen in time."""


class SSHTimeout(TempestException):
    """No login in time."""


class SSHExecCommandFailed(TempestException):
    """A command in the guest ended with a failure."""


class NotFound(TempestException):
    """The API answered 404."""


class Forbidden(TempestException):
    """The API answered 403."""
