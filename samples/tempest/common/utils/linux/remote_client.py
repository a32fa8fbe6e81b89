# SPDX-License-Identifier: Apache-2.0
"""The remote client with the options of the run, and Linux helpers."""

import time

from tempest import config
from tempest.lib.common.utils.linux import remote_client

CONF = config.CONF


class RemoteClient(remote_client.RemoteClient):
    """A Linux guest."""

    def __init__(self, ip_address, username, password=None, pkey=None):
        super().__init__(
            ip_address, username, password=password, pkey=pkey,
            ssh_timeout=CONF.validation.ssh_timeout,
            ssh_shell_prologue=CONF.validation.ssh_shell_prologue,
            ping_count=CONF.validation.ping_count,
            ping_size=CONF.validation.ping_size)

    def get_disks(self):
        """Names of the whole disks, one per line."""
        return self.exec_command('lsblk -lb --nodeps -o NAME')

    def list_disks(self):
        """Names of the whole disks."""
        return self.get_disks().split()

    def get_boot_time(self):
        """Seconds since the epoch at which the guest booted."""
        uptime = float(self.exec_command('cut -f1 -d. /proc/uptime'))
        return time.time() - uptime

    def get_nic_name_by_mac(self, address):
        """The interface that has this MAC address."""
        cmd = "ip -o link | awk '/%s/ {print $2}'" % address
        return self.exec_command(cmd).strip().strip(':')

    def get_dns_servers(self):
        """Name servers that the guest uses."""
        lines = self.exec_command('cat /etc/resolv.conf').splitlines()
        return [line.split()[1] for line in lines
                if line.startswith('nameserver')]

    def _renew_lease_udhcpc(self, nic):
        pid_file = '/var/run/udhcpc.%s.pid' % nic
        self.exec_command('cat %s | xargs sudo kill -USR1' % pid_file)

    def _renew_lease_dhclient(self, nic):
        self.exec_command('sudo /sbin/dhclient -r && sudo /sbin/dhclient')

    def renew_lease(self, nic, dhcp_client):
        """Asks for a new lease, in the way of the guest's DHCP client."""
        return getattr(self, '_renew_lease_' + dhcp_client)(nic)
