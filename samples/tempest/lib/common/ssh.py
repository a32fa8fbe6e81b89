# SPDX-License-Identifier: Apache-2.0
"""An SSH client on top of paramiko."""

import io

import paramiko

from tempest.lib import exceptions


class Client:
    """Logs in to one host."""

    def __init__(self, host, username, password=None, timeout=300,
                 pkey=None):
        self.host = host
        self.username = username
        self.password = password
        self.timeout = timeout
        self.pkey = None
        if pkey:
            self.pkey = paramiko.RSAKey.from_private_key(io.StringIO(pkey))

    def _connect(self):
        connection = paramiko.SSHClient()
        connection.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        try:
            connection.connect(
                self.host, username=self.username, password=self.password,
                pkey=self.pkey, timeout=self.timeout)
        except (EOFError, OSError, paramiko.SSHException) as error:
            connection.close()
            raise exceptions.SSHTimeout(self.host) from error
        return connection

    def exec_command(self, cmd):
        """Runs a command in the login shell of the account."""
        connection = self._connect()
        with connection.get_transport().open_session() as channel:
            channel.exec_command(cmd)
            output = channel.makefile('r').read()
            status = channel.recv_exit_status()
        if status != 0:
            raise exceptions.SSHExecCommandFailed(cmd)
        return output

    def test_connection_auth(self):
        """Logs in, and out again."""
        self._connect().close()
