# SPDX-License-Identifier: Apache-2.0
"""All service clients of one account."""

from tempest.lib.services.compute import flavors_client
from tempest.lib.services.compute import keypairs_client
from tempest.lib.services.compute import servers_client
from tempest.lib.services.object_storage import container_client
from tempest.lib.services.volume import volumes_client


class Manager:
    """Service clients by name."""

    def __init__(self, token=None):
        compute = 'http://203.0.113.1:8774/v2.1'
        self.servers_client = servers_client.ServersClient(compute, token)
        self.flavors_client = flavors_client.FlavorsClient(compute, token)
        self.keypairs_client = keypairs_client.KeyPairsClient(compute, token)
        self.volumes_client_latest = volumes_client.VolumesClient(
            'http://203.0.113.1:8776/v3', token)
        self.container_client = container_client.ContainerClient(
            'http://203.0.113.1:8080/v1', token)
