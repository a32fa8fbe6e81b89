# SPDX-License-Identifier: Apache-2.0
"""The base of compute tests."""

from tempest.common import compute
from tempest.common import waiters
from tempest import config
import tempest.test

CONF = config.CONF


class BaseV2ComputeTest(tempest.test.BaseTestCase):
    """Servers, volumes and how to reach a guest."""

    @classmethod
    def setup_clients(cls):
        super().setup_clients()
        cls.servers_client = cls.os_primary.servers_client
        cls.flavors_client = cls.os_primary.flavors_client
        cls.keypairs_client = cls.os_primary.keypairs_client
        cls.volumes_client = cls.os_primary.volumes_client_latest

    @classmethod
    def resource_setup(cls):
        super().resource_setup()
        cls.image_ref = CONF.compute.image_ref
        cls.flavor_ref = CONF.compute.flavor_ref
        cls.flavor_ref_alt = CONF.compute.flavor_ref_alt
        cls.ssh_user = CONF.validation.image_ssh_user
        cls.image_ssh_password = CONF.validation.image_ssh_password

    @classmethod
    def create_test_server(cls, validatable=False, validation_resources=None,
                           **kwargs):
        """A server that goes with the class."""
        server = compute.create_test_server(
            cls.os_primary, validatable=validatable,
            validation_resources=validation_resources, **kwargs)
        cls.addClassResourceCleanup(cls.servers_client.delete_server,
                                    server['id'])
        return server

    @classmethod
    def get_server_ip(cls, server, validation_resources=None):
        """The address at which the tester reaches the server."""
        return compute.get_server_ip(server, validation_resources)

    def create_volume(self, **kwargs):
        """A volume that goes with the test."""
        kwargs.setdefault('size', 1)
        volume = self.volumes_client.create_volume(**kwargs)['volume']
        self.addCleanup(self.volumes_client.delete_volume, volume['id'])
        waiters.wait_for_volume_resource_status(
            self.volumes_client, volume['id'], 'available')
        return volume

    def attach_volume(self, server, volume, device=None):
        """Attaches a volume for the time of the test."""
        attach_kwargs = dict(volumeId=volume['id'])
        if device:
            attach_kwargs['device'] = device
        attachment = self.servers_client.attach_volume(
            server['id'], **attach_kwargs)['volumeAttachment']
        self.addCleanup(self.servers_client.detach_volume,
                        server['id'], volume['id'])
        waiters.wait_for_volume_resource_status(
            self.volumes_client, volume['id'], 'in-use')
        return attachment
