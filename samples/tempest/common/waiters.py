# SPDX-License-Identifier: Apache-2.0
"""Waiting for things to happen."""

import os
import time

from tempest.lib import exceptions


def wait_for_server_status(client, server_id, status):
    """Waits until the server has the status."""
    deadline = time.time() + client.build_timeout
    while time.time() < deadline:
        server = client.show_server(server_id)['server']
        if server['status'] == status:
            return server
        time.sleep(client.build_interval)
    raise exceptions.TimeoutException(server_id)


def wait_for_volume_resource_status(client, volume_id, status):
    """Waits until the volume has the status."""
    deadline = time.time() + client.build_timeout
    while time.time() < deadline:
        if client.show_volume(volume_id)['volume']['status'] == status:
            return
        time.sleep(client.build_interval)
    raise exceptions.TimeoutException(volume_id)


def wait_for_ping(server_ip, timeout=30, interval=1):
    """Waits until the address answers a ping of the tester's machine."""
    deadline = time.time() + timeout
    while time.time() < deadline:
        if os.system('ping -c 1 ' + server_ip) == 0:
            return
        time.sleep(interval)
    raise exceptions.TimeoutException(server_ip)


def wait_for_ssh(ssh_client, timeout=30):
    """Waits until the guest accepts the login."""
    deadline = time.time() + timeout
    while time.time() < deadline:
        try:
            ssh_client.validate_authentication()
            return
        except exceptions.SSHTimeout:
            pass
    raise exceptions.TimeoutException()
