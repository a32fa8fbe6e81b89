# SPDX-License-Identifier: Apache-2.0
"""Containers."""

from tempest.api.object_storage import base
from tempest.lib import decorators


class ContainerTest(base.BaseObjectTest):
    """No server is involved."""

    @decorators.attr(type='smoke')
    @decorators.idempotent_id('6c3f9a54-1d7e-4e88-8f65-1a9f6e5c0001')
    def test_create_container(self):
        """A new container is in the list."""
        name = self.create_container()
        containers = self.container_client.list_containers()
        self.assertIn(name, [one['name'] for one in containers])

    @decorators.idempotent_id('6c3f9a54-1d7e-4e88-8f65-1a9f6e5c0002')
    def test_list_container_contents(self):
        """An object is in the list of its container."""
        name = self.create_container()
        self.container_client.create_object(name, 'greeting', 'hello')
        objects = self.container_client.list_objects(name)
        self.assertEqual(['greeting'], [one['name'] for one in objects])
