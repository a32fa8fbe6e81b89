# SPDX-License-Identifier: Apache-2.0
"""Volumes of servers."""

from tempest.api.compute import base
from tempest.common.utils.linux import remote_client
from tempest.common import waiters
from tempest import config
from tempest.lib import decorators

CONF = config.CONF


class AttachVolumeTestJSON(base.BaseV2ComputeTest):
    """Attach, look, detach."""

    @classmethod
    def skip_checks(cls):
        super().skip_checks()
        if not CONF.service_available.cinder:
            raise cls.skipException('Cinder is not available.')

    def _create_server(self):
        resources = self.get_test_validation_resources(self.os_primary)
        server = self.create_test_server(
            validatable=True, validation_resources=resources,
            wait_until='PINGABLE', adminPass=self.image_ssh_password)
        return server, resources

    @decorators.idempotent_id('4a1d7e32-9b5c-4c66-8d43-9e7d4c3a0001')
    def test_attach_detach_volume(self):
        """The guest sees one disk more while the volume is attached."""
        server, resources = self._create_server()
        if CONF.validation.run_validation:
            linux_client = remote_client.RemoteClient(
                self.get_server_ip(server, resources), self.ssh_user,
                self.image_ssh_password, resources['keypair']['private_key'])
            disks_before_attach = linux_client.list_disks()

        volume = self.create_volume()
        self.attach_volume(server, volume)

        if CONF.validation.run_validation:
            disks_after_attach = linux_client.list_disks()
            self.assertGreater(len(disks_after_attach),
                               len(disks_before_attach))

        self.servers_client.detach_volume(server['id'], volume['id'])
        waiters.wait_for_volume_resource_status(
            self.volumes_client, volume['id'], 'available')

    @decorators.idempotent_id('4a1d7e32-9b5c-4c66-8d43-9e7d4c3a0002')
    def test_list_volume_attachments(self):
        """The API lists the attachment, on the device that was asked for."""
        server, _ = self._create_server()
        volume = self.create_volume()
        self.attach_volume(server, volume, device='/dev/vdb')
        attachments = self.servers_client.list_volume_attachments(
            server['id'])['volumeAttachments']
        self.assertEqual([volume['id']],
                         [one['volumeId'] for one in attachments])
