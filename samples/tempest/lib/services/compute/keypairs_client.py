# SPDX-License-Identifier: Apache-2.0
"""Key pairs of the compute service."""

from tempest.lib.common import rest_client


class KeyPairsClient(rest_client.RestClient):
    """Client of /os-keypairs."""

    def create_keypair(self, **kwargs):
        """Creates a key pair."""
        return self.request('POST', '/os-keypairs', {'keypair': kwargs})

    def list_keypairs(self):
        """Lists key pairs."""
        return self.request('GET', '/os-keypairs')

    def delete_keypair(self, name):
        """Deletes a key pair."""
        return self.request('DELETE', '/os-keypairs/%s' % name)
