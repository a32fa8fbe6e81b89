# SPDX-License-Identifier: Apache-2.0
"""What a guest finds when it boots."""

import base64

from tempest.api.compute import base
from tempest.common.utils.linux import remote_client
from tempest import config
from tempest.lib import decorators

CONF = config.CONF

SCRIPT = """#!/bin/sh
echo done > /tmp/user_data_ran
"""


class UserDataTest(base.BaseV2ComputeTest):
    """Scripts and drives that are handed to the guest."""

    def _create(self, **kwargs):
        resources = self.get_test_validation_resources(self.os_primary)
        server = self.create_test_server(
            validatable=True, validation_resources=resources,
            wait_until='SSHABLE', **kwargs)
        return remote_client.RemoteClient(
            self.get_server_ip(server, resources), self.ssh_user,
            pkey=resources['keypair']['private_key'])

    @decorators.idempotent_id('3f0c6d21-8a4b-4b55-9c32-8d6c3b2f0001')
    def test_user_data_script_runs(self):
        """The script has run when the guest answers."""
        user_data = base64.b64encode(SCRIPT.encode('utf8'))
        client = self._create(user_data=user_data)
        self.assertEqual('done', client.exec_command(
            'cat /tmp/user_data_ran').strip())

    @decorators.idempotent_id('3f0c6d21-8a4b-4b55-9c32-8d6c3b2f0002')
    def test_config_drive(self):
        """The guest can mount its config drive."""
        client = self._create(config_drive=True)
        client.mount_config_drive()
        self.assertIn('uuid', client.exec_command(
            'cat /mnt/openstack/latest/meta_data.json'))

    @decorators.idempotent_id('3f0c6d21-8a4b-4b55-9c32-8d6c3b2f0003')
    def test_interface_queues(self):
        """An interface has a queue for each processor."""
        client = self._create()
        cmd = 'ls /sys/class/net/eth0/queues'  # noqa: IL101 queues are a matter of the Linux driver
        queues = client.exec_command(cmd + ' | grep -c rx')
        self.assertGreaterEqual(int(queues), 1)
