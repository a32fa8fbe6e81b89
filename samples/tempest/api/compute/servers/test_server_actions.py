# SPDX-License-Identifier: Apache-2.0
"""What can be done to a server."""

import testtools

from tempest.api.compute import base
from tempest.common.utils.linux import remote_client
from tempest.common import waiters
from tempest import config
from tempest.lib import decorators

CONF = config.CONF


class ServerActionsTestJSON(base.BaseV2ComputeTest):
    """Actions on one server."""

    def setUp(self):
        super().setUp()
        self.validation_resources = self.get_class_validation_resources(
            self.os_primary)
        self.server = self.create_test_server(
            validatable=True, validation_resources=self.validation_resources,
            wait_until='SSHABLE')
        self.server_id = self.server['id']

    def _get_linux_client(self, password=None):
        return remote_client.RemoteClient(
            self.get_server_ip(self.server, self.validation_resources),
            self.ssh_user, password,
            self.validation_resources['keypair']['private_key'])

    def _test_reboot_server(self, reboot_type):
        if CONF.validation.run_validation:
            linux_client = self._get_linux_client()
            boot_time = linux_client.get_boot_time()
        self.servers_client.reboot_server(self.server_id, type=reboot_type)
        waiters.wait_for_server_status(
            self.servers_client, self.server_id, 'ACTIVE')
        if CONF.validation.run_validation:
            new_boot_time = linux_client.get_boot_time()
            self.assertGreater(new_boot_time, boot_time)

    @decorators.attr(type='smoke')
    @decorators.idempotent_id('2e7a9b10-5d3c-4a44-8e21-7c5b2a1e0001')
    def test_reboot_server_hard(self):
        """A hard reboot starts the guest anew."""
        self._test_reboot_server('HARD')

    @decorators.idempotent_id('2e7a9b10-5d3c-4a44-8e21-7c5b2a1e0002')
    def test_rebuild_server(self):
        """The rebuilt guest accepts the new password."""
        password = 'rebuildPassw0rd'
        self.servers_client.rebuild_server(
            self.server_id, self.image_ref, adminPass=password)
        waiters.wait_for_server_status(
            self.servers_client, self.server_id, 'ACTIVE')
        if CONF.validation.run_validation:
            self._get_linux_client(password).validate_authentication()

    @decorators.idempotent_id('2e7a9b10-5d3c-4a44-8e21-7c5b2a1e0003')
    @testtools.skipUnless(CONF.compute_feature_enabled.resize,
                          'Resize is not available.')
    def test_resize_server_confirm(self):
        """A resized server has the new flavor."""
        self.servers_client.resize_server(self.server_id, self.flavor_ref_alt)
        waiters.wait_for_server_status(
            self.servers_client, self.server_id, 'VERIFY_RESIZE')
        self.servers_client.confirm_resize_server(self.server_id)
        waiters.wait_for_server_status(
            self.servers_client, self.server_id, 'ACTIVE')

    @decorators.idempotent_id('2e7a9b10-5d3c-4a44-8e21-7c5b2a1e0004')
    def test_lock_unlock_server(self):
        """A locked server is locked until it is unlocked."""
        self.servers_client.lock_server(self.server_id)
        self.servers_client.unlock_server(self.server_id)

    @decorators.idempotent_id('2e7a9b10-5d3c-4a44-8e21-7c5b2a1e0005')
    @testtools.skipUnless(CONF.compute_feature_enabled.console_output,
                          'Console output is not available.')
    def test_get_console_output(self):
        """The guest writes to its serial console."""
        output = self.servers_client.get_console_output(
            self.server_id, length=10)['output']
        self.assertIn('login:', output)
