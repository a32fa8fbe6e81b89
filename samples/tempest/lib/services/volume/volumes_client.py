# SPDX-License-Identifier: Apache-2.0
"""Volumes of the block storage service."""

from tempest.lib.common import rest_client


class VolumesClient(rest_client.RestClient):
    """Client of /volumes."""

    def create_volume(self, **kwargs):
        """Creates a volume."""
        return self.request('POST', '/volumes', {'volume': kwargs})

    def show_volume(self, volume_id):
        """Shows a volume."""
        return self.request('GET', '/volumes/%s' % volume_id)

    def delete_volume(self, volume_id):
        """Deletes a volume."""
        return self.request('DELETE', '/volumes/%s' % volume_id)
