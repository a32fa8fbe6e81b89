# SPDX-License-Identifier: Apache-2.0
"""A server is what was asked for."""

import testtools

from tempest.api.compute import base
from tempest.common.utils.linux import remote_client
from tempest import config
from tempest.lib.common.utils import data_utils
from tempest.lib import decorators

CONF = config.CONF


class ServersTestJSON(base.BaseV2ComputeTest):
    """One server, looked at from outside and from inside."""

    disk_config = 'AUTO'

    @classmethod
    def resource_setup(cls):
        super().resource_setup()
        cls.validation_resources = cls.get_class_validation_resources(
            cls.os_primary)
        cls.name = data_utils.rand_name(cls.__name__ + '-server')
        cls.password = data_utils.rand_password()
        cls.server = cls.create_test_server(
            validatable=True, validation_resources=cls.validation_resources,
            wait_until='ACTIVE', name=cls.name, adminPass=cls.password,
            disk_config=cls.disk_config)

    def _login(self):
        return remote_client.RemoteClient(
            self.get_server_ip(self.server, self.validation_resources),
            self.ssh_user, self.password,
            self.validation_resources['keypair']['private_key'])

    @decorators.attr(type='smoke')
    @decorators.idempotent_id('1d8f4c52-0c1e-4f61-9a63-1f4f4f0d0001')
    def test_verify_server_details(self):
        """The API shows the name that was asked for."""
        server = self.servers_client.show_server(self.server['id'])['server']
        self.assertEqual(self.name, server['name'])

    @decorators.attr(type='smoke')
    @decorators.idempotent_id('1d8f4c52-0c1e-4f61-9a63-1f4f4f0d0002')
    def test_list_servers(self):
        """The server is in the list."""
        servers = self.servers_client.list_servers()['servers']
        self.assertIn(self.server['id'], [one['id'] for one in servers])

    @decorators.idempotent_id('1d8f4c52-0c1e-4f61-9a63-1f4f4f0d0003')
    @testtools.skipUnless(CONF.validation.run_validation,
                          'Instance validation tests are disabled.')
    def test_verify_created_server_vcpus(self):
        """The guest has as many processors as the flavor says."""
        flavor = self.flavors_client.show_flavor(self.flavor_ref)['flavor']
        linux_client = self._login()
        output = linux_client.exec_command('grep -c ^processor /proc/cpuinfo')
        self.assertEqual(flavor['vcpus'], int(output))

    @decorators.idempotent_id('1d8f4c52-0c1e-4f61-9a63-1f4f4f0d0004')
    @testtools.skipUnless(CONF.validation.run_validation,
                          'Instance validation tests are disabled.')
    def test_host_name_is_same_as_server_name(self):
        """The guest has the name of the server."""
        hostname = self._login().exec_command('hostname').rstrip()
        self.assertEqual(self.name.lower(), hostname.split('.')[0])


class ServersTestManualDisk(ServersTestJSON):
    """The same tests on a server whose disk is partitioned by hand."""

    disk_config = 'MANUAL'

    @classmethod
    def skip_checks(cls):
        super().skip_checks()
        if not CONF.compute_feature_enabled.disk_config:
            raise cls.skipException('DiskConfig is not enabled.')
