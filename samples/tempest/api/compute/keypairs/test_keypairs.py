# SPDX-License-Identifier: Apache-2.0
"""Key pairs, without any server."""

from tempest.api.compute import base
from tempest.lib.common.utils import data_utils
from tempest.lib import decorators


class KeyPairsV2TestJSON(base.BaseV2ComputeTest):
    """Create, list, delete."""

    @decorators.idempotent_id('5b2e8f43-0c6d-4d77-9e54-0f8e5d4b0001')
    def test_keypair_create_delete(self):
        """A key pair goes when it is deleted."""
        name = data_utils.rand_name('keypair')
        keypair = self.keypairs_client.create_keypair(name=name)['keypair']
        self.assertEqual(name, keypair['name'])
        self.keypairs_client.delete_keypair(name)

    @decorators.idempotent_id('5b2e8f43-0c6d-4d77-9e54-0f8e5d4b0002')
    def test_keypairs_list(self):
        """A key pair is in the list."""
        name = data_utils.rand_name('keypair')
        self.keypairs_client.create_keypair(name=name)
        self.addCleanup(self.keypairs_client.delete_keypair, name)
        keypairs = self.keypairs_client.list_keypairs()['keypairs']
        self.assertIn(name, [one['keypair']['name'] for one in keypairs])
