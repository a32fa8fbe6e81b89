# SPDX-License-Identifier: Apache-2.0
"""Containers of the object storage service."""

from tempest.lib.common import rest_client


class ContainerClient(rest_client.RestClient):
    """Client of containers."""

    def create_container(self, name, **headers):
        """Creates a container."""
        return self.request('PUT', '/%s' % name, headers)

    def delete_container(self, name):
        """Deletes a container."""
        return self.request('DELETE', '/%s' % name)

    def list_containers(self):
        """Lists containers."""
        return self.request('GET', '/')

    def list_objects(self, name):
        """Lists the objects of a container."""
        return self.request('GET', '/%s' % name)

    def create_object(self, name, object_name, data):
        """Stores an object."""
        return self.request('PUT', '/%s/%s' % (name, object_name), data)
