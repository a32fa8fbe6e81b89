# SPDX-License-Identifier: Apache-2.0
"""A guest on its network."""

from tempest.common import compute
from tempest import config
from tempest.lib import decorators
from tempest.scenario import manager

CONF = config.CONF


class TestNetworkBasicOps(manager.ScenarioTest):
    """From the tester's machine and from inside."""

    @decorators.attr(type=['smoke', 'network'])
    @decorators.idempotent_id('7d4a0b65-2e8f-4f99-9a76-2b0a7f6d0001')
    def test_network_basic_ops(self):
        """The guest answers, and reaches its gateway."""
        server = self.create_server()
        address = compute.get_server_ip(server, self.resources)
        self.check_vm_connectivity(address)
        self.get_remote_client(address).ping_host('203.0.113.1')

    @decorators.idempotent_id('7d4a0b65-2e8f-4f99-9a76-2b0a7f6d0002')
    def test_subnet_details(self):
        """A new lease brings the new name server."""
        server = self.create_server(wait_until='SSHABLE')
        client = self.get_remote_client(
            compute.get_server_ip(server, self.resources))
        nic = client.get_nic_name_by_mac('fa:16:3e:00:00:01')
        client.renew_lease(nic, dhcp_client=CONF.scenario.dhcp_client)
        self.assertIn('203.0.113.53', client.get_dns_servers())
