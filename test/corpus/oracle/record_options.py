"""Tempest's options while tests are recorded: what each variant sets, which options a class reads, and what else they
could be. An exploration turns one option (or one answer of a guest or of the cloud) after the other and runs the tests
again that read it, so that branches by configuration are taken that no variant was written for."""

import contextlib
import heapq
import itertools
import re
import sys

import fake_guest
import fake_values
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
#: Options whose value tests pass on and do not branch by (or that make every request fail), by a part of their name.
UNDECISIVE = re.compile("timeout|interval|password|username|uri|project|domain|endpoint|region|microversion|certificates")
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
        "compute.flavor_ref_alt": "2", "compute.min_compute_nodes": 2,
        "compute.migration_source_host": "host-1", "compute.migration_dest_host": "host-2", "compute.max_microversion": "latest",
        "compute.certified_image_ref": "image-3", "compute.certified_image_trusted_certs": ["cert"],
        "compute_feature_enabled.scheduler_enabled_filters": ["all"], "compute.scheduler_enabled_filters": ["all"],
        "volume_feature_enabled.cross_az_attach": True, "compute_feature_enabled.cross_az_attach": True,
        "compute.cross_az_attach": True, "compute.shelved_offload_time": 0,
        "volume.max_microversion": "latest", "placement.max_microversion": "latest", "share.max_api_microversion": "2.99",
        "volume.backend_names": ["backend-1", "backend-2"], "volume.volume_type_multiattach": "multiattach",
        "network.public_network_id": "11111111-0000-4000-8000-000000000001", "network.floating_network_name": "public",
        "network_feature_enabled.qos_placement_physnet": "physnet", "network.shared_physical_network": bool(wanted.get("alone")),
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
        "baremetal.use_provision_network": not wanted.get("alone"), "baremetal.default_rescue_interface": "agent",
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
    if wanted.get("alone"):
        settings["compute.fixed_network_name"] = "tenant-net"
        settings.update(("baremetal.enabled_" + kind, fake_values.Everything()) for kind in (
            "drivers", "hardware_types", "bios_interfaces", "boot_interfaces", "deploy_interfaces", "management_interfaces",
            "power_interfaces", "raid_interfaces", "rescue_interfaces"))
        settings.update(("baremetal." + image, "http://cloud.invalid/image") for image in (
            "partition_image_ref", "whole_disk_image_url"))
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
        elif option.dest == "max_microversion":
            setattr(group, option.dest, "latest")
        elif group._name == "service_available":
            setattr(group, option.dest, True)
        elif flag and self._variant["flags"] and option.dest not in ("api_v1", "api_v2"):
            if name.partition(".")[0].endswith("feature_enabled") or option.dest.startswith(("run_", "capability_")):
                setattr(group, option.dest, True)

    def alternatives(self, group, name):
        """Other values that this option may have; none where its value decides nothing that a test could branch on."""
        values = self._conf._groups.get(group.replace("-", "_"))
        option = None if values is None else values._options.get(name)
        if option is None or UNDECISIVE.search(name):
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
            others = [fake_values.Everything(), option.default, []]
        told = [str(other) for other in others]
        return [other for number, other in enumerate(others) if told[number] not in [str(now), *told[:number]]]

    @contextlib.contextmanager
    def turned(self, changes):
        """Runs a block with these changes: {("option", group, name), ("answer", command) or ("property", key): value}."""
        before = []
        try:
            for (kind, *rest), value in changes.items():
                if kind == "answer":
                    fake_guest.GUEST.moods[rest[0]] = value
                elif kind == "property":
                    fake_values.PROPERTIES.turned[rest[0]] = value
                else:
                    overrides = self._conf._groups[rest[0].replace("-", "_")]._overrides
                    before.append((overrides, rest[1], dict(overrides)))
                    overrides[rest[1]] = value
            yield
        finally:
            fake_guest.GUEST.moods.clear()
            fake_values.PROPERTIES.turned.clear()
            for overrides, _, kept in reversed(before):
                overrides.clear()
                overrides.update(kept)


class Reads:
    """What is read while a class runs, by whom and where: {(test, subject): {places}} in order of the first reading.

    `test` is the name of the running test, FIXTURE in the class's own fixtures; None when nobody is to be noted.
    """

    FIXTURE = ""

    def __init__(self):
        self.test = None
        self.notes = {}

    def note(self, subject, place):
        if self.test is not None:
            self.notes.setdefault((self.test, subject), set()).add(place)

    def note_option(self, group, name):
        frame = sys._getframe(2)
        self.note(("option", group, name), (frame.f_code, frame.f_lasti))


READS = Reads()


def is_answer(subject):
    """True for what a guest or the cloud says: turned, it may only make a test fail."""
    return subject[0] != "option"


class Exploration:
    """Which changes to try on a class, in which order, learning over all classes which ones never show anything where."""

    #: Runs of one class, and how often a change may show nothing at a place before it is left out there for good.
    MOST_RUNS, MOST_VAIN = 400, 5

    def __init__(self, options):
        self._options = options
        self._vain, self._fruitful = {}, set()

    def _values(self, subject):
        if subject[0] == "property":
            return fake_values.PROPERTIES.alternatives(subject[1])
        if subject[0] == "answer":
            contact = re.search(r"\bping6? |\bnc ", subject[1])
            return ["once", "silent"] + (["despite"] if contact else [])
        return self._options.alternatives(subject[1], subject[2])

    def explore(self, names, run, budget):
        """Runs tests of a class again and again.

        `run(tests)` answers (a function of (only those that ended) to what was seen as a set, tests that were skipped,
        answer). Yields (label, what `run` answered, whether an answer was changed). `budget()` is false when there is no
        time left.
        """
        seen, known, runs, order = set(), set(), 0, itertools.count()
        # Changes to try: those that may undo a skip first, the last one found before the others; then few changes before
        # many, what tests read before what their class does, and what few tests read before what many do.
        ways_out, waiting = [({}, names, frozenset())], []
        while (ways_out or waiting) and runs < self.MOST_RUNS and budget():
            changes, tests, places = ways_out.pop() if ways_out else heapq.heappop(waiting)[-1]
            last = next(reversed(changes.items()), None)
            if places and self._is_vain(last, places):
                continue
            READS.notes = {}
            with self._options.turned(changes):
                see, skipped, answer = run(tests)
            runs += 1
            changed_answer = any(map(is_answer, changes))
            found = see(changed_answer)
            fresh = self._sort_reads(tests, skipped, known)
            self._learn(last, places, bool(found - seen), any(not stuck for _, stuck, _ in fresh))
            seen |= found
            for (subject, stuck, shared), (readers, where) in fresh.items():
                for value in self._values(subject) if subject not in changes else ():
                    way = ({**changes, subject: value}, readers, frozenset(where))
                    if stuck:
                        ways_out.append(way)
                    else:
                        heapq.heappush(waiting, (len(changes), shared, len(readers), next(order), way))
            label = ", ".join("%s=%s" % (".".join(subject[1:]), value) for subject, value in changes.items())
            yield label, answer, changed_answer

    @staticmethod
    def _sort_reads(tests, skipped, known):
        """What was read for the first time: {(subject, all its readers were skipped, read in a fixture): (tests, places)}."""
        fresh = {}
        for (test, subject), where in READS.notes.items():
            readers = [name for name in (tests if test == Reads.FIXTURE else [test]) if (name, subject) not in known]
            known.update((name, subject) for name in readers)
            if readers:
                key = (subject, all(name in skipped for name in readers), test == Reads.FIXTURE)
                kept, places = fresh.setdefault(key, ([], set()))
                kept += readers
                places |= where
        return fresh

    def _is_vain(self, change, places):
        return all(self._vain.get((change[0], str(change[1]), place), 0) >= self.MOST_VAIN for place in places)

    def _learn(self, change, places, shown, led_on):
        """`shown`: something new was seen; `led_on`: something else was read that may show it."""
        for place in places:
            key = (change[0], str(change[1]), place)
            if shown:
                self._fruitful.add(key)
            elif not led_on and key not in self._fruitful:
                self._vain[key] = self._vain.get(key, 0) + 1
