# SPDX-License-Identifier: Apache-2.0
"""Helpers that scenarios share."""

from tempest.common import compute
from tempest.common.utils.linux import remote_client
from tempest.common import waiters
from tempest import config
import tempest.test

CONF = config.CONF


class ScenarioTest(tempest.test.BaseTestCase):
    """Guests that talk to each other."""

    @classmethod
    def setup_clients(cls):
        super().setup_clients()
        cls.servers_client = cls.os_primary.servers_client

    def setUp(self):
        super().setUp()
        self.resources = self.get_test_validation_resources(self.os_primary)

    def create_server(self, wait_until='ACTIVE', **kwargs):
        """A server that can be reached."""
        return compute.create_test_server(
            self.os_primary, validatable=True,
            validation_resources=self.resources, wait_until=wait_until,
            **kwargs)

    def get_remote_client(self, ip_address, username=None):
        """A guest that has proved to accept the login."""
        client = remote_client.RemoteClient(
            ip_address, username or CONF.validation.image_ssh_user,
            pkey=self.resources['keypair']['private_key'])
        client.validate_authentication()
        return client

    def check_vm_connectivity(self, ip_address, should_connect=True):
        """The guest answers a ping, and then the login."""
        waiters.wait_for_ping(ip_address)
        if should_connect:
            self.get_remote_client(ip_address)
