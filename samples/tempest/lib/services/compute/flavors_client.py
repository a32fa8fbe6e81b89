# SPDX-License-Identifier: Apache-2.0
"""Flavors of the compute service."""

from tempest.lib.common import rest_client


class FlavorsClient(rest_client.RestClient):
    """Client of /flavors."""

    def show_flavor(self, flavor_id):
        """Shows a flavor."""
        return self.request('GET', '/flavors/%s' % flavor_id)
