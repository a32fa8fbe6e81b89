"""Stubs of the oslo libraries and their like: oslo.config keeps every registered option with its default and type."""

import base64
import contextlib
import datetime
import functools
import json
import logging
import sys
import tempfile
import time
import uuid

from import_hook import Permissive, register


class NoSuchOptError(AttributeError):
    pass


class Opt:
    """One option: its name, default and how text from a file would be read."""

    def __init__(self, name, type=None, dest=None, default=None, choices=None, help=None, secret=False, min=None,
                 max=None, deprecated_name=None, deprecated_group=None, deprecated_opts=None, sample_default=None,
                 item_type=None, **kwargs):
        self.name = name
        self.type = type
        self.dest = dest or name.replace("-", "_")
        self.default = default
        self.choices = choices
        self.help = help
        self.min, self.max = min, max

    def __eq__(self, other):
        return isinstance(other, Opt) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


class BoolOpt(Opt):
    pass


class IntOpt(Opt):
    pass


class StrOpt(Opt):
    pass


class ListOpt(Opt):
    pass


class DictOpt(Opt):
    pass


class OptGroup:
    def __init__(self, name, title=None, help=None, **kwargs):
        self.name, self.title, self.help = name, title, help
        self.dest = name.replace("-", "_")

    def __str__(self):
        return self.name


#: Called as (group, option) whenever an option is read; the recorder listens.
READERS = []


class GroupValues:
    """The options of one group as attributes; assignments are overrides."""

    def __init__(self, name, strict):
        self.__dict__["_name"] = name
        self.__dict__["_options"] = {}
        self.__dict__["_overrides"] = {}
        self.__dict__["_strict"] = strict

    def __getattr__(self, name):
        for reader in READERS:
            reader(self._name, name)
        if name in self._overrides:
            return self._overrides[name]
        if name in self._options:
            default = self._options[name].default
            return default.copy() if isinstance(default, (list, dict)) else default
        if name.startswith("__"):
            raise AttributeError(name)
        if self._strict:
            raise NoSuchOptError("no such option %s in group [%s]" % (name, self._name))
        return Permissive("CONF.%s.%s" % (self._name, name))

    def __setattr__(self, name, value):
        self._overrides[name] = value

    def __getitem__(self, name):
        return getattr(self, name)

    def get(self, name, default=None):
        return getattr(self, name, default)

    def __iter__(self):
        return iter(self._options)

    def __contains__(self, name):
        return name in self._options

    def keys(self):
        return self._options.keys()

    def items(self):
        return [(name, getattr(self, name)) for name in self._options]


class ConfigOpts:
    """oslo.config's ConfigOpts: groups of options, read by attribute or by key, dash or underscore."""

    def __init__(self):
        self.__dict__["_groups"] = {}
        self.__dict__["_default"] = GroupValues("DEFAULT", strict=True)
        #: Called as (group values, option) for every option that is registered from now on.
        self.__dict__["registered"] = lambda values, opt: None

    def __call__(self, *args, **kwargs):
        return None

    def _group(self, group):
        name = getattr(group, "name", group)
        if name is None or name == "DEFAULT":
            return self._default
        return self._groups.setdefault(name.replace("-", "_"), GroupValues(name, strict=True))

    def register_group(self, group):
        self._group(group)

    def register_opt(self, opt, group=None, cli=False):
        if isinstance(opt, Opt):
            values = self._group(group)
            values._options[opt.dest] = opt
            self.registered(values, opt)
        return True

    def register_opts(self, opts, group=None):
        for opt in opts:
            self.register_opt(opt, group)

    register_cli_opt = register_opt
    register_cli_opts = register_opts

    def set_override(self, name, value, group=None):
        self._group(group)._overrides[name.replace("-", "_")] = value

    set_default = set_override

    def clear_override(self, name, group=None):
        self._group(group)._overrides.pop(name, None)

    def import_opt(self, *args, **kwargs):
        pass

    import_group = log_opt_values = clear = reset = reload_config_files = import_opt

    def list_all_sections(self):
        return list(self._groups)

    def find_file(self, name):
        return None

    def __getattr__(self, name):
        if name in self._groups:
            return self._groups[name]
        return getattr(self._default, name)

    def __setattr__(self, name, value):
        setattr(self._default, name, value)

    def __getitem__(self, name):
        return getattr(self, name.replace("-", "_"))

    def __contains__(self, name):
        return name.replace("-", "_") in self._groups or name in self._default

    def __iter__(self):
        return iter(list(self._groups) + list(self._default))


@register("oslo_config.cfg")
def build_cfg(module):
    module.Opt = Opt
    for kind in (BoolOpt, IntOpt, StrOpt, ListOpt, DictOpt):
        setattr(module, kind.__name__, kind)
    module.PortOpt = module.FloatOpt = IntOpt
    module.URIOpt = module.HostAddressOpt = module.HostnameOpt = module.IPOpt = module.SubCommandOpt = StrOpt
    module.MultiStrOpt = module.MultiOpt = ListOpt
    module.OptGroup, module.ConfigOpts = OptGroup, ConfigOpts
    module.NoSuchOptError = module.NoSuchGroupError = NoSuchOptError
    module.Error = module.ConfigFilesNotFoundError = module.DuplicateOptError = type("Error", (Exception,), {})
    module.CONF = ConfigOpts()


@register("oslo_config")
def build_config(module):
    import oslo_config.cfg

    module.cfg = oslo_config.cfg


@register("oslo_config.fixture")
def build_config_fixture(module):
    import fixtures

    class Config(fixtures.Fixture):
        def __init__(self, conf=None):
            import oslo_config.cfg

            self.conf = conf or oslo_config.cfg.CONF

        def config(self, **kwargs):
            pass

    module.Config = Config


class _Adapter(logging.LoggerAdapter):
    def process(self, msg, kwargs):
        return msg, kwargs

    def warn(self, *args, **kwargs):
        self.warning(*args, **kwargs)


@register("oslo_log.log")
def build_log(module):
    module.getLogger = lambda name=None, *args, **kwargs: _Adapter(logging.getLogger(name), {})
    for level in ("DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL"):
        setattr(module, level, getattr(logging, level))
    module.register_options = module.setup = module.set_defaults = lambda *args, **kwargs: None
    module.tempest_set_log_file = lambda *args, **kwargs: None


@register("oslo_log")
def build_oslo_log(module):
    import oslo_log.log

    module.log = oslo_log.log


@register("oslo_serialization.jsonutils")
def build_jsonutils(module):
    def to_primitive(value, *args, **kwargs):
        return json.loads(dumps(value))

    def as_text(value):
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)

    def dumps(value, default=as_text, **kwargs):
        return json.dumps(value, default=default, **kwargs)

    module.dumps = dumps
    module.dump_as_bytes = lambda value, default=as_text, **kwargs: dumps(value, default, **kwargs).encode()
    module.loads = lambda text, encoding="utf-8", **kwargs: json.loads(text, **kwargs)
    module.load = lambda stream, encoding="utf-8", **kwargs: json.load(stream, **kwargs)
    module.dump = lambda value, stream, *args, **kwargs: stream.write(dumps(value))
    module.to_primitive = to_primitive


@register("oslo_serialization.base64")
def build_base64(module):
    def as_bytes(text):
        return text.encode() if isinstance(text, str) else text

    module.encode_as_bytes = lambda text, encoding="utf-8": base64.b64encode(as_bytes(text))
    module.encode_as_text = lambda text, encoding="utf-8": base64.b64encode(as_bytes(text)).decode()
    module.decode_as_bytes = lambda text: base64.b64decode(text)
    module.decode_as_text = lambda text, encoding="utf-8": base64.b64decode(text).decode(encoding)


@register("oslo_utils.uuidutils")
def build_uuidutils(module):
    def is_uuid_like(value):
        try:
            return bool(uuid.UUID(str(value)))
        except ValueError:
            return False

    def generate_uuid(dashed=True):
        value = uuid.uuid4()
        return str(value) if dashed else value.hex

    module.generate_uuid, module.is_uuid_like = generate_uuid, is_uuid_like


@register("oslo_utils.timeutils")
def build_timeutils(module):
    def utcnow(with_timezone=False):
        now = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc)
        return now if with_timezone else now.replace(tzinfo=None)

    def parse_isotime(text):
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))

    def normalize_time(moment):
        return moment if moment.tzinfo is None else moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)

    def parse_strtime(text, fmt="%Y-%m-%dT%H:%M:%S.%f"):
        return datetime.datetime.strptime(text, fmt)

    def delta_seconds(before, after):
        return (after - before).total_seconds()

    class StopWatch:
        def __init__(self, duration=None):
            self._duration = duration
            self._started = time.time()

        def start(self):
            self._started = time.time()
            return self

        restart = stop = __enter__ = start

        def __exit__(self, *exc_info):
            pass

        def elapsed(self, maximum=None):
            return time.time() - self._started

        def expired(self):
            return self._duration is not None and self.elapsed() > self._duration

        def leftover(self, return_none=False):
            return max(0.0, self._duration - self.elapsed())

    module.utcnow, module.parse_isotime, module.normalize_time = utcnow, parse_isotime, normalize_time
    module.parse_strtime, module.delta_seconds, module.StopWatch = parse_strtime, delta_seconds, StopWatch
    module.utcnow_ts = lambda: 0
    module.isotime = lambda at=None, subsecond=False: (at or utcnow()).strftime("%Y-%m-%dT%H:%M:%SZ")
    module.is_newer_than = module.is_older_than = lambda moment, seconds: False


@register("oslo_utils.units")
def build_units(module):
    for power, letter in enumerate("KMGTPE", start=1):
        setattr(module, letter + "i", 1024 ** power)
    module.k, module.M, module.G, module.T = 10 ** 3, 10 ** 6, 10 ** 9, 10 ** 12


@register("oslo_utils.netutils")
def build_netutils(module):
    import ipaddress

    def get_ipv6_addr_by_EUI64(prefix, mac):
        digits = mac.replace(":", "")
        interface = (int(digits[:6], 16) << 40 | 0xFFFE << 24 | int(digits[6:], 16)) ^ (1 << 57)
        return ipaddress.ip_address(int(ipaddress.ip_network(prefix, strict=False).network_address) | interface)

    def valid(kind):
        def check(text, *args):
            try:
                return bool(kind(text))
            except ValueError:
                return False

        return check

    module.get_ipv6_addr_by_EUI64 = get_ipv6_addr_by_EUI64
    module.is_valid_ip = valid(ipaddress.ip_address)
    module.is_valid_ipv4, module.is_valid_ipv6 = valid(ipaddress.IPv4Address), valid(ipaddress.IPv6Address)
    module.is_valid_cidr = module.is_valid_ipv6_cidr = valid(ipaddress.ip_network)


@register("oslo_utils.secretutils")
def build_secretutils(module):
    import hashlib

    module.md5 = lambda data=b"", usedforsecurity=True: hashlib.md5(data, usedforsecurity=usedforsecurity)


@register("oslo_utils.strutils")
def build_strutils(module):
    module.bool_from_string = lambda text, strict=False, default=False: str(text).lower() in ("1", "t", "true", "y", "yes", "on")
    module.mask_password = lambda text, secret="***": text
    module.to_slug = lambda value, **kwargs: str(value).lower().replace(" ", "-")


@register("oslo_utils.encodeutils")
def build_encodeutils(module):
    module.safe_encode = lambda text, *args, **kwargs: text.encode() if isinstance(text, str) else text
    module.to_utf8 = module.safe_encode
    module.safe_decode = lambda text, *args, **kwargs: text if isinstance(text, str) else text.decode()


@register("oslo_utils.excutils")
def build_excutils(module):
    class save_and_reraise_exception:
        """Runs a block while an exception is handled, then raises that exception again."""

        def __init__(self, reraise=True, logger=None):
            self.reraise = reraise

        def __enter__(self):
            self._caught = sys.exc_info()[1]
            return self

        def __exit__(self, exc_type, exc_value, traceback):
            if exc_type is None and self.reraise and self._caught is not None:
                raise self._caught
            return False

    module.save_and_reraise_exception = save_and_reraise_exception


@register("oslo_utils.fixture")
def build_utils_fixture(module):
    class Sentinel:
        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))

    module.uuidsentinel = Sentinel()


@register("oslo_concurrency.lockutils")
def build_lockutils(module):
    def synchronized(name, *args, **kwargs):
        def decorate(function):
            @functools.wraps(function)
            def inner(*call_args, **call_kwargs):
                return function(*call_args, **call_kwargs)

            return inner

        return decorate

    @contextlib.contextmanager
    def lock(*args, **kwargs):
        yield

    module.synchronized, module.lock = synchronized, lock
    module.get_lock_path = lambda conf: tempfile.gettempdir()
    module.synchronized_with_prefix = lambda prefix: synchronized
    module.set_defaults = lambda *args, **kwargs: None


@register("oslo_concurrency.fixture.lockutils")
def build_lock_fixture(module):
    import fixtures

    class LockFixture(fixtures.Fixture):
        def __init__(self, *args, **kwargs):
            pass

    module.LockFixture = module.ExternalLockFixture = LockFixture


@register("oslo_concurrency.processutils")
def build_processutils(module):
    module.ProcessExecutionError = type("ProcessExecutionError", (Exception,), {})


@register("tenacity")
def build_tenacity(module):
    """Retrying functions run once; the conditions and pauses are values that can be combined."""

    def retry(*args, **kwargs):
        return args[0] if len(args) == 1 and callable(args[0]) and not kwargs else lambda function: function

    module.retry = retry
    for name in ("retry_if_exception_type", "retry_if_exception", "retry_if_result", "retry_if_not_result",
                 "retry_if_not_exception_type", "retry_any", "retry_all", "wait_fixed", "wait_exponential",
                 "wait_random", "wait_random_exponential", "wait_none", "stop_after_attempt", "stop_after_delay",
                 "before_sleep_log", "before_log", "after_log"):
        setattr(module, name, lambda *args, **kwargs: Permissive("tenacity"))


@register("debtcollector.moves")
def build_moves(module):
    module.moved_function = lambda new_function, *args, **kwargs: new_function
    module.moved_class = lambda new_class, *args, **kwargs: new_class
    module.moved_method = module.moved_property = lambda *args, **kwargs: lambda function: function


@register("debtcollector.removals")
def build_removals(module):
    def remove(function=None, *args, **kwargs):
        return function if callable(function) else lambda item: item

    module.remove = remove
    module.removed_kwarg = module.removed_class = module.removed_property = lambda *a, **k: lambda item: item
    module.removed_module = lambda *args, **kwargs: None


@register("debtcollector")
def build_debtcollector(module):
    import debtcollector.moves
    import debtcollector.removals

    module.moves, module.removals = debtcollector.moves, debtcollector.removals


@register("stevedore")
def build_stevedore(module):
    """Finds plugins as stevedore does, by the entry points that stand next to the packages on the import path."""
    import importlib
    import importlib.metadata

    class Extension:
        def __init__(self, entry_point, invoke):
            self.name, self.entry_point = entry_point.name, entry_point
            self.plugin = entry_point.load()
            self.obj = self.plugin() if invoke else None

    class ExtensionManager:
        def __init__(self, namespace, invoke_on_load=False, **kwargs):
            found = sorted(importlib.metadata.entry_points(group=namespace), key=lambda point: point.name)
            self.extensions = [Extension(point, invoke_on_load) for point in found]

        def __iter__(self):
            return iter(self.extensions)

        def names(self):
            return [extension.name for extension in self.extensions]

        def map(self, function, *args, **kwargs):
            return [function(extension, *args, **kwargs) for extension in self.extensions]

    module.ExtensionManager = ExtensionManager


@register("pbr.version")
def build_pbr(module):
    class VersionInfo:
        def __init__(self, package):
            self.package = package

        def version_string(self):
            return "0"

        release_string = cached_version_string = version_string_with_vcs = version_string

    module.VersionInfo = VersionInfo


@register("six")
def build_six(module):
    import io

    module.string_types, module.text_type, module.binary_type, module.integer_types = (str,), str, bytes, (int,)
    module.PY2, module.PY3 = False, True
    module.StringIO, module.BytesIO = io.StringIO, io.BytesIO
    module.iteritems = lambda mapping: iter(mapping.items())
    module.itervalues = lambda mapping: iter(mapping.values())
    module.add_metaclass = lambda meta: lambda cls: meta(cls.__name__, cls.__bases__, {
        name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")})
    module.wraps = functools.wraps


@register("six.moves")
def build_six_moves(module):
    import urllib

    module.urllib, module.range, module.zip, module.map = urllib, range, zip, map


@register("netaddr")
def build_netaddr(module):
    import stub_netaddr

    for name in stub_netaddr.__all__:
        setattr(module, name, getattr(stub_netaddr, name))


@register("neutron_lib.constants")
def build_neutron_constants(module):
    """The constants that tests put into names, keys or class bodies; the rest answer with their own name."""
    values = {
        "IP_VERSION_4": 4, "IP_VERSION_6": 6, "IPv4": "IPv4", "IPv6": "IPv6", "IPv4_ANY": "0.0.0.0/0", "IPv6_ANY": "::/0",
        "PROTO_NAME_TCP": "tcp", "PROTO_NAME_UDP": "udp", "PROTO_NAME_ICMP": "icmp", "PROTO_NAME_SCTP": "sctp",
        "PROTO_NAME_IPV6_ICMP": "ipv6-icmp", "ACTIVE": "ACTIVE", "DOWN": "DOWN", "ERROR": "ERROR",
        "PORT_STATUS_ACTIVE": "ACTIVE", "PORT_STATUS_DOWN": "DOWN", "INGRESS_DIRECTION": "ingress",
        "EGRESS_DIRECTION": "egress", "SHARED": "shared", "DHCPV6_STATEFUL": "dhcpv6-stateful",
        "DHCPV6_STATELESS": "dhcpv6-stateless", "IPV6_SLAAC": "slaac", "IPv4_BITS": 32, "IPv6_BITS": 128,
        "ATTR_NOT_SPECIFIED": object(), "DEVICE_OWNER_DHCP": "network:dhcp",
        "DEVICE_OWNER_ROUTER_INTF": "network:router_interface", "DEVICE_OWNER_ROUTER_GW": "network:router_gateway",
        "DEVICE_OWNER_ROUTER_SNAT": "network:router_centralized_snat", "DEVICE_OWNER_COMPUTE_PREFIX": "compute:",
        "DEVICE_OWNER_DVR_INTERFACE": "network:router_interface_distributed",
        "DEVICE_OWNER_ROUTER_HA_INTF": "network:router_ha_interface",
    }
    for name, value in values.items():
        setattr(module, name, value)
    module.IP_PROTOCOL_MAP = {"tcp": 6, "udp": 17, "icmp": 1, "sctp": 132, "ipv6-icmp": 58, "ah": 51, "dccp": 33,
                              "egp": 8, "esp": 50, "gre": 47, "igmp": 2, "ospf": 89, "pgm": 113, "rsvp": 46,
                              "udplite": 136, "vrrp": 112, "ipip": 4, "ipv6-encap": 41, "ipv6-frag": 44,
                              "ipv6-nonxt": 59, "ipv6-opts": 60, "ipv6-route": 43, "icmpv6": 58}
    module.VALID_DSCP_MARKS = [0, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 46, 48, 56]


@register("neutron_lib.services.qos.constants")
def build_qos_constants(module):
    rules = ("bandwidth_limit", "dscp_marking", "minimum_bandwidth", "minimum_packet_rate", "packet_rate_limit")
    for rule in rules:
        setattr(module, "RULE_TYPE_" + rule.upper(), rule)
    module.VALID_RULE_TYPES = list(rules)
    for name in ("MAX_KBPS", "MAX_BURST", "MIN_KBPS", "MIN_KPPS", "MAX_KPPS", "MAX_BURST_KPPS", "DSCP_MARK", "DIRECTION"):
        setattr(module, name, name.lower())


@register("oslo_utils.reflection")
def build_reflection(module):
    def get_class_name(thing, fully_qualified=True, **kwargs):
        cls = thing if isinstance(thing, type) else type(thing)
        return "%s.%s" % (cls.__module__, cls.__qualname__) if fully_qualified else cls.__qualname__

    module.get_class_name = get_class_name
    module.get_callable_name = lambda function: getattr(function, "__qualname__", str(function))


@register("neutron_lib.db.constants")
def build_db_constants(module):
    module.NAME_FIELD_SIZE = module.PROJECT_ID_FIELD_SIZE = module.DESCRIPTION_FIELD_SIZE = 255
    module.LONG_DESCRIPTION_FIELD_SIZE, module.UUID_FIELD_SIZE = 1024, 36
    module.DB_INTEGER_MAX_VALUE = 2 ** 31 - 1
