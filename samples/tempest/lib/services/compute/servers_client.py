# SPDX-License-Identifier: Apache-2.0
"""Servers of the compute service."""

from tempest.lib.common import rest_client


class ServersClient(rest_client.RestClient):
    """Client of /servers."""

    def create_server(self, **kwargs):
        """Creates a server."""
        return self.request('POST', '/servers', {'server': kwargs})

    def show_server(self, server_id):
        """Shows a server."""
        return self.request('GET', '/servers/%s' % server_id)

    def list_servers(self):
        """Lists servers."""
        return self.request('GET', '/servers')

    def delete_server(self, server_id):
        """Deletes a server."""
        return self.request('DELETE', '/servers/%s' % server_id)

    def _action(self, server_id, action, **kwargs):
        return self.request('POST', '/servers/%s/action' % server_id,
                            {action: kwargs})

    def reboot_server(self, server_id, **kwargs):
        """Reboots a server, hard or soft."""
        return self._action(server_id, 'reboot', **kwargs)

    def rebuild_server(self, server_id, image_ref, **kwargs):
        """Rebuilds a server from an image."""
        return self._action(server_id, 'rebuild', imageRef=image_ref, **kwargs)

    def resize_server(self, server_id, flavor_ref):
        """Resizes a server to a flavor."""
        return self._action(server_id, 'resize', flavorRef=flavor_ref)

    def confirm_resize_server(self, server_id):
        """Confirms a resize."""
        return self._action(server_id, 'confirmResize')

    def lock_server(self, server_id):
        """Locks a server."""
        return self._action(server_id, 'lock')

    def unlock_server(self, server_id):
        """Unlocks a server."""
        return self._action(server_id, 'unlock')

    def get_console_output(self, server_id, **kwargs):
        """Reads the console log."""
        return self._action(server_id, 'os-getConsoleOutput', **kwargs)

    def attach_volume(self, server_id, **kwargs):
        """Attaches a volume."""
        return self.request('POST', '/servers/%s/os-volume_attachments' %
                            server_id, {'volumeAttachment': kwargs})

    def detach_volume(self, server_id, volume_id):
        """Detaches a volume."""
        return self.request('DELETE', '/servers/%s/os-volume_attachments/%s' %
                            (server_id, volume_id))

    def list_volume_attachments(self, server_id):
        """Lists the attachments of a server."""
        return self.request('GET', '/servers/%s/os-volume_attachments' %
                            server_id)
