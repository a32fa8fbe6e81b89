# SPDX-License-Identifier: Apache-2.0
"""Options of the sample. The names are those of Tempest, the values are examples."""


class Group:
    """A group of options."""

    def __init__(self, **options):
        self.__dict__.update(options)


class ConfigProxy:
    """What tests know as CONF."""

    def __init__(self):
        self.compute = Group(
            image_ref='6f3f2f5e', flavor_ref='1', flavor_ref_alt='2',
            build_timeout=300, build_interval=1,
            volume_device_name='vdb')
        self.compute_feature_enabled = Group(
            console_output=True, disk_config=True, resize=True,
            interface_attach=True)
        self.service_available = Group(cinder=True, swift=True)
        self.scenario = Group(dhcp_client='udhcpc')
        self.validation = Group(
            run_validation=True, connect_method='floating',
            image_ssh_user='root', image_ssh_password='sample',
            ssh_timeout=300, connect_timeout=60, ping_count=1,
            ping_size=56,
            ssh_shell_prologue='set -eu -o pipefail; PATH=$PATH:/sbin;')


CONF = ConfigProxy()
