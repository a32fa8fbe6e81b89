# SPDX-License-Identifier: Apache-2.0
"""The base of object storage tests."""

from tempest import config
from tempest.lib.common.utils import data_utils
import tempest.test

CONF = config.CONF


class BaseObjectTest(tempest.test.BaseTestCase):
    """Containers of one account."""

    @classmethod
    def skip_checks(cls):
        super().skip_checks()
        if not CONF.service_available.swift:
            raise cls.skipException('Swift is not available.')

    @classmethod
    def setup_clients(cls):
        super().setup_clients()
        cls.container_client = cls.os_primary.container_client

    def create_container(self):
        """A container that goes with the test."""
        name = data_utils.rand_name('container')
        self.container_client.create_container(name)
        self.addCleanup(self.container_client.delete_container, name)
        return name
