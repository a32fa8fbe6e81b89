# SPDX-License-Identifier: Apache-2.0
"""Random test data."""

import uuid


def rand_name(name):
    """A name that no other run uses."""
    return 'tempest-%s-%s' % (name, uuid.uuid4().hex[:8])


def rand_password():
    """A password that no other run uses."""
    return uuid.uuid4().hex
