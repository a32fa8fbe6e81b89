# SPDX-License-Identifier: Apache-2.0
"""Servers for tests."""

import base64
import textwrap

from tempest.common.utils.linux import remote_client
from tempest.common import waiters
from tempest import config
from tempest.lib.common.utils import data_utils

CONF = config.CONF


def get_server_ip(server, validation_resources=None):
    """The address at which the tester reaches the server."""
    if CONF.validation.connect_method == 'floating':
        return validation_resources['floating_ip']['ip']
    addresses = list(server['addresses'].values())[0]
    return addresses[0]['addr']


def wait_for_ssh_or_ping(server, clients, validation_resources, wait_until):
    """Waits until the guest answers in the way that is asked for."""
    server_ip = get_server_ip(server, validation_resources)
    if wait_until == 'PINGABLE':
        waiters.wait_for_ping(server_ip, clients.servers_client.build_timeout)
    if wait_until == 'SSHABLE':
        ssh_client = remote_client.RemoteClient(
            server_ip, CONF.validation.image_ssh_user,
            pkey=validation_resources['keypair']['private_key'])
        waiters.wait_for_ssh(ssh_client, clients.servers_client.build_timeout)


def create_test_server(clients, validatable=False, validation_resources=None,
                       wait_until='ACTIVE', name=None, **kwargs):
    """Creates a server and waits until it is ACTIVE, PINGABLE or SSHABLE."""
    name = name or data_utils.rand_name('instance')
    kwargs.setdefault('imageRef', CONF.compute.image_ref)
    kwargs.setdefault('flavorRef', CONF.compute.flavor_ref)
    if CONF.validation.run_validation and validatable:
        kwargs['key_name'] = validation_resources['keypair']['name']
        if 'user_data' not in kwargs:
            script = textwrap.dedent("""\
                #!/bin/sh
                cat ~{user}/.ssh/authorized_keys || true
                """).format(user=CONF.validation.image_ssh_user)
            kwargs['user_data'] = base64.b64encode(script.encode('utf8'))
    server = clients.servers_client.create_server(name=name, **kwargs)['server']
    if not wait_until:
        return server
    wait_until_extra = None
    if wait_until in ['PINGABLE', 'SSHABLE']:
        wait_until_extra = wait_until
        wait_until = 'ACTIVE'
    server = waiters.wait_for_server_status(
        clients.servers_client, server['id'], wait_until)
    if CONF.validation.run_validation and validatable and wait_until_extra:
        wait_for_ssh_or_ping(server, clients, validation_resources,
                             wait_until_extra)
    return server
