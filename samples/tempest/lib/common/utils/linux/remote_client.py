# SPDX-License-Identifier: Apache-2.0
"""Commands in a guest over SSH."""

from tempest.lib.common import ssh
from tempest.lib import exceptions


class RemoteClient:
    """A guest that answers SSH."""

    def __init__(self, ip_address, username, password=None, pkey=None,
                 ssh_timeout=300, ssh_shell_prologue='', ping_count=1,
                 ping_size=56):
        self.ip_address = ip_address
        self.ssh_shell_prologue = ssh_shell_prologue
        self.ping_count = ping_count
        self.ping_size = ping_size
        self.ssh_client = ssh.Client(ip_address, username, password,
                                     ssh_timeout, pkey=pkey)

    def exec_command(self, cmd):
        """Runs a command behind the shell prologue."""
        cmd = self.ssh_shell_prologue + ' ' + cmd
        return self.ssh_client.exec_command(cmd)

    def validate_authentication(self):
        """Proves that the guest accepts the login."""
        self.ssh_client.test_connection_auth()

    def ping_host(self, host, nic=None):
        """Pings another host from inside the guest."""
        cmd = 'ping'
        if nic:
            cmd = 'sudo ping -I %s' % nic
        cmd += ' -c{0} -w{0} -s{1} {2}'.format(
            self.ping_count, self.ping_size, host)
        return self.exec_command(cmd)

    def mount_config_drive(self):
        """Mounts the config drive; a failure is followed by a look around."""
        device = self.exec_command('blkid -L config-2 -o device').strip()
        try:
            self.exec_command('sudo mount %s /mnt' % device)
        except exceptions.SSHExecCommandFailed:
            self.exec_command('sudo lsblk --fs --ascii')
            raise
