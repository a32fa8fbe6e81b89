# SPDX-License-Identifier: Apache-2.0
"""Decorators that give a test its id and attributes."""

import testtools.testcase


def idempotent_id(id):
    """Names the test by a UUID that outlives its renames."""
    def decorate(function):
        function = testtools.testcase.attr('id-%s' % id)(function)
        return function
    return decorate


def attr(**kwargs):
    """Tags the test, for instance as smoke."""
    def decorate(function):
        types = kwargs.get('type', [])
        if isinstance(types, str):
            types = [types]
        for tag in types:
            function = testtools.testcase.attr(tag)(function)
        return function
    return decorate
