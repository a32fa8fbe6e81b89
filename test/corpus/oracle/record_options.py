"""Tempest's options while tests are recorded: what each variant sets, which options a class reads, and what else they
could be. An exploration turns one option (or one answer of a guest) after the other and runs the class again, so that
branches by configuration are taken that no variant was written for."""

import contextlib
import re

import fake_guest
import stub_oslo
import stub_testing

VARIANTS = {
    "floating": {"flags": True, "connect": "floating", "protocol": "icmp", "dhcp": "udhcpc"},
    "fixed": {"flags": True, "connect": "fixed", "protocol": "tcp", "dhcp": "dhclient"},
    "default": {"flags": None, "connect": "floating", "protocol": "udp", "dhcp": "udhcpc"},
    "broken": {"flags": True, "connect": "floating", "protocol": "icmp", "dhcp": "udhcpc", "failing": True},
    # Options that are read when modules are imported cannot be turned later: here they are what the others have not.
    "otherwise": {"flags": True, "connect": "floating", "protocol": "tcp", "dhcp": "", "ipv6": True, "heedless": True},
    # Bare-metal tests that stand alone want no Nova; drivers that handle no share servers want no share networks.
    "alone": {"flags": True, "connect": "floating", "protocol": "icmp", "dhcp": "udhcpc", "alone": True},
}
#: What an exploration starts from.
BASE = "floating"


def settings_of(variant, image_file):
    """{"group.option": value} that a variant sets over the registered defaults."""
    wanted = VARIANTS[variant]
    settings = {
        "identity.uri": "http://cloud.invalid/v2", "identity.uri_v3": "http://cloud.invalid/v3",
        "identity.admin_domain_scope": True, "auth.admin_username": "admin", "auth.admin_project_name": "admin",
        "auth.admin_password": "password", "auth.admin_domain_name": "Default",
        "compute.image_ref": "image-1", "compute.image_ref_alt": "image-2", "compute.flavor_ref": "1",
        "compute.flavor_ref_alt": "2", "compute.min_compute_nodes": 2, "compute.max_microversion": "latest",
        "compute.certified_image_ref": "image-3", "compute.certified_image_trusted_certs": ["cert"],
        "compute_feature_enabled.scheduler_enabled_filters": ["all"], "compute.scheduler_enabled_filters": ["all"],
        "volume_feature_enabled.cross_az_attach": True, "compute_feature_enabled.cross_az_attach": True,
        "compute.cross_az_attach": True, "compute.shelved_offload_time": 0,
        "volume.max_microversion": "latest", "placement.max_microversion": "latest", "share.max_api_microversion": "2.99",
        "volume.backend_names": ["backend-1", "backend-2"], "volume.volume_type_multiattach": "multiattach",
        "network.public_network_id": "11111111-0000-4000-8000-000000000001", "network.floating_network_name": "public",
        "network_feature_enabled.qos_placement_physnet": "physnet", "network.shared_physical_network": False,
        "network_feature_enabled.api_extensions": ["all"], "network_feature_enabled.ipv6": True,
        "network_feature_enabled.provider_networks_enabled": True,
        "network_feature_enabled.qos_min_bw_and_pps": True,
        "compute_feature_enabled.api_extensions": ["all"], "volume_feature_enabled.api_extensions": ["all"],
        "object_storage_feature_enabled.discoverable_apis": ["all"],
        "validation.run_validation": True, "validation.connect_method": wanted["connect"],
        "validation.network_for_ssh": "tenant-net", "validation.auth_method": "keypair",
        "validation.image_ssh_user": "cirros", "validation.image_alt_ssh_user": "cirros",
        "validation.image_ssh_password": "gocubsgo", "validation.image_alt_ssh_password": "gocubsgo",
        "validation.ping_timeout": 5, "validation.ssh_timeout": 5,
        "scenario.img_file": image_file, "scenario.protocol": wanted["protocol"], "scenario.dhcp_client": wanted["dhcp"],
        "compute.build_timeout": 10, "volume.build_timeout": 10, "network.build_timeout": 10,
        "image.build_timeout": 10, "image.image_path": "http://cloud.invalid/image",
        "image.alternate_image_endpoint": None,
        "network.project_networks_reachable": wanted["connect"] == "fixed",
        "baremetal.use_provision_network": True, "baremetal.default_rescue_interface": "agent",
        "service_available.nova": not wanted.get("alone"), "service_available.ironic_inspector": True,
        "baremetal.driver": "fake-hardware", "baremetal.whole_disk_image_ref": "image-1",
        "neutron_plugin_options.advanced_image_ref": "image-4", "neutron_plugin_options.advanced_image_ssh_user": "ubuntu",
        "neutron_plugin_options.default_image_is_advanced": wanted["protocol"] == "icmp",
        "neutron_plugin_options.l3_agent_mode": "dvr_snat", "neutron_plugin_options.provider_vlans": ["physnet"],
        "neutron_plugin_options.available_type_drivers": ["vxlan", "gre", "geneve", "vlan", "flat"],
        "neutron_plugin_options.is_igmp_snooping_enabled": True, "neutron_plugin_options.firewall_driver": "openvswitch",
        "neutron_plugin_options.snat_rules_apply_to_nested_networks": True, "neutron_plugin_options.agent_availability_zone": "nova",
        "neutron_plugin_options.max_mtu": 1500, "load_balancer.test_with_ipv6": bool(wanted.get("ipv6")),
        "load_balancer.loadbalancer_topology": "ACTIVE_STANDBY" if wanted.get("ipv6") else "SINGLE",
        "load_balancer.amphora_ssh_user": "ubuntu", "heat_plugin.image_ref": "image-1",
        "heat_plugin.auth_url": "http://cloud.invalid/v3", "heat_plugin.auth_version": "3",
        "heat_plugin.instance_type": "m1.small", "heat_plugin.minimal_image_ref": "image-1",
        "heat_plugin.minimal_instance_type": "m1.small",
        "share.multitenancy_enabled": not wanted.get("alone"),
        "share.image_with_share_tools": "" if wanted.get("alone") else "image-1", "share.enable_protocols": ["nfs", "cifs", "cephfs"],
        "share.enable_ip_rules_for_protocols": ["nfs", "cifs"], "share.enable_cephx_rules_for_protocols": ["cephfs"],
        "share.client_vm_flavor_ref": "1",
        "neutron_plugin_options.global_ip_address": "192.0.2.99", "neutron_plugin_options.provider_physical_network": "physnet",
        "taas.provider_physical_network": "physnet", "taas_plugin_options.provider_physical_network": "physnet",
        "enforce_scope.barbican": True, "enforce_scope.cinder": True, "enforce_scope.neutron": True,
        "enforce_scope.octavia": bool(wanted.get("ipv6")), "enforce_scope.manila": True,
    }
    return settings


class Options:
    """The registered options with a variant's values; those that are registered later get theirs then."""

    def __init__(self, variant, image_file):
        from tempest import config

        config.CONF.compute  # the first access registers every option that is known by now
        self._variant = VARIANTS[variant]
        self._settings = settings_of(variant, image_file)
        self._conf = config._CONF
        for group in list(self._conf._groups.values()):
            for option in list(group._options.values()):
                self._set(group, option)
        self._conf.__dict__["registered"] = self._set
        fake_guest.GUEST.failing = bool(self._variant.get("failing"))
        stub_testing.HEEDED["conditions"] = not self._variant.get("heedless")

    def _set(self, group, option):
        name = "%s.%s" % (re.sub(r"\W", "_", group._name), option.dest)
        flag = isinstance(option.default, bool) or isinstance(option, stub_oslo.BoolOpt)
        if name in self._settings:
            setattr(group, option.dest, self._settings[name])
        elif group._name == "service_available":
            setattr(group, option.dest, True)
        elif flag and self._variant["flags"] and option.dest not in ("api_v1", "api_v2"):
            if name.partition(".")[0].endswith("feature_enabled") or option.dest.startswith(("run_", "capability_")):
                setattr(group, option.dest, True)

    def alternatives(self, group, name):
        """Other values that this option may have; none where its value decides nothing that a test could branch on."""
        values = self._conf._groups.get(group.replace("-", "_"))
        option = None if values is None else values._options.get(name)
        if option is None or re.search(r"timeout|interval|password|username|uri|project|domain", name):
            return []
        now = getattr(values, name)
        if isinstance(now, bool):
            return [not now]
        others = [choice for choice in option.choices or () if choice != now and isinstance(choice, str)]
        if isinstance(option, (stub_oslo.IntOpt,)):
            others = [option.default]
        elif not others and (now is None or isinstance(now, str)):
            others = [option.default, "" if now else "fake-" + name]
        elif isinstance(now, list):
            others = [option.default, []]
        return [other for number, other in enumerate(others) if other != now and other not in others[:number]]

    @contextlib.contextmanager
    def turned(self, changes):
        """Runs a block with these changes: {("option", group, name) or ("answer", command): value}."""
        before = []
        try:
            for (kind, *rest), value in changes.items():
                if kind == "answer":
                    fake_guest.GUEST.moods[rest[0]] = value
                else:
                    overrides = self._conf._groups[rest[0].replace("-", "_")]._overrides
                    before.append((overrides, rest[1], dict(overrides)))
                    overrides[rest[1]] = value
            yield
        finally:
            fake_guest.GUEST.moods.clear()
            for overrides, _, kept in reversed(before):
                overrides.clear()
                overrides.update(kept)


class Exploration:
    """Which changes to try on a class, in which order, learning over all classes which ones never show anything."""

    #: Runs of one class, and how often a change may show nothing before it is left out for good.
    MOST_RUNS, MOST_VAIN = 120, 8

    def __init__(self, options):
        self._options = options
        self._vain, self._fruitful = {}, set()
        self._read = {}

    @contextlib.contextmanager
    def listening(self):
        """What a block reads is in the dictionary that it gets, in order of the first reading."""
        read = {}
        fake_guest.GUEST.commands.clear()

        def note(group, name):
            read[("option", group, name)] = None

        stub_oslo.READERS.append(note)
        try:
            yield read
        finally:
            stub_oslo.READERS.remove(note)
            read.update((("answer", command), None) for command in fake_guest.GUEST.commands)

    def _values(self, subject):
        if subject[0] == "answer":
            contact = re.search(r"\bping6? |\bnc ", subject[1])
            return ["once", "silent"] + (["despite"] if contact else [])
        return self._options.alternatives(subject[1], subject[2])

    def explore(self, run, budget):
        """Runs a class again and again: `run()` answers (what was seen, as a set; whether all tests were skipped).

        Yields (label, what `run` answered). `budget()` is false when there is no time left.
        """
        seen, waiting, known, runs = set(), [{}], set(), 0
        while waiting and runs < self.MOST_RUNS and budget():
            changes = waiting.pop(0)
            last = next(reversed(changes.items()), None)
            if last is not None and self._vain.get((last[0], str(last[1])), 0) >= self.MOST_VAIN:
                continue
            with self._options.turned(changes), self.listening() as read:
                found, skipped, answer = run()
            runs += 1
            fresh = [subject for subject in read if subject not in known]
            known.update(fresh)
            new = found - seen
            seen |= found
            self._learn(last, bool(new) or (last is not None and bool(fresh) and not skipped))
            more = [{**changes, subject: value} for subject in fresh for value in self._values(subject)]
            # Where all was skipped, the option that was read last is the likely reason: one way down before all others.
            waiting = list(reversed(more)) + waiting if skipped else waiting + more
            yield ", ".join("%s=%s" % (".".join(subject[1:]), value) for subject, value in changes.items()), answer

    def _learn(self, change, shown):
        if change is None:
            return
        key = (change[0], str(change[1]))
        if shown:
            self._fruitful.add(key)
            self._vain.pop(key, None)
        elif key not in self._fruitful:
            self._vain[key] = self._vain.get(key, 0) + 1
