"""The part of netaddr that Tempest uses, on top of the standard `ipaddress`."""

import ipaddress
import itertools

__all__ = ["IPAddress", "IPNetwork", "EUI", "AddrFormatError", "valid_ipv4", "valid_ipv6", "IPRange", "iter_iprange",
           "IPSet", "mac_unix", "mac_unix_expanded", "cidr_merge", "valid_mac"]

mac_unix = mac_unix_expanded = None


class AddrFormatError(ValueError):
    pass


class IPAddress:
    def __init__(self, value, version=None):
        try:
            value = value.ip if isinstance(value, IPNetwork) else value
            self._ip = ipaddress.ip_address(value._ip if isinstance(value, IPAddress) else value)
        except ValueError as error:
            raise AddrFormatError(str(error)) from error

    @property
    def version(self):
        return self._ip.version

    @property
    def value(self):
        return int(self._ip)

    def __int__(self):
        return int(self._ip)

    __index__ = __int__

    def __str__(self):
        return str(self._ip)

    def __repr__(self):
        return "IPAddress(%r)" % str(self)

    def __add__(self, number):
        return IPAddress(self._ip + number)

    def __sub__(self, number):
        return IPAddress(self._ip - int(number))

    def __eq__(self, other):
        return str(self) == str(other)

    def __lt__(self, other):
        return int(self) < int(IPAddress(other))

    def __le__(self, other):
        return int(self) <= int(IPAddress(other))

    def __hash__(self):
        return hash(self._ip)

    def format(self, dialect=None):
        return str(self)

    def netmask_bits(self):
        return bin(int(self)).count("1")

    def is_unicast(self):
        return not self._ip.is_multicast


class IPNetwork:
    def __init__(self, value, version=None):
        try:
            text = str(value)
            if isinstance(value, int):
                text = str(ipaddress.ip_address(value))
            self._network = ipaddress.ip_network(text, strict=False)
            self._ip = ipaddress.ip_address(text.partition("/")[0])
        except ValueError as error:
            raise AddrFormatError(str(error)) from error

    @classmethod
    def _of(cls, network):
        """A network object without parsing: trees list tens of thousands of subnets."""
        self = cls.__new__(cls)
        self._network, self._ip = network, network.network_address
        return self

    @property
    def ip(self):
        return IPAddress(self._ip)

    @property
    def version(self):
        return self._network.version

    @property
    def prefixlen(self):
        return self._network.prefixlen

    @prefixlen.setter
    def prefixlen(self, length):
        self._network = ipaddress.ip_network("%s/%d" % (self.ip, length), strict=False)

    @property
    def cidr(self):
        return IPNetwork(str(self._network))

    @property
    def network(self):
        return IPAddress(self._network.network_address)

    @property
    def netmask(self):
        return IPAddress(self._network.netmask)

    @property
    def broadcast(self):
        return IPAddress(self._network.broadcast_address)

    @property
    def first(self):
        return int(self._network.network_address)

    @property
    def last(self):
        return int(self._network.broadcast_address)

    @property
    def size(self):
        return self._network.num_addresses

    def subnet(self, prefixlen, count=None, fmt=None):
        for index, network in enumerate(self._network.subnets(new_prefix=prefixlen)):
            if count is not None and index >= count:
                return
            yield IPNetwork._of(network)

    def iter_hosts(self):
        return (IPAddress(host) for host in self._network.hosts())

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        return IPAddress(self._network[index])

    def __iter__(self):
        return (IPAddress(address) for address in self._network)

    def __len__(self):
        return self._network.num_addresses

    def __bool__(self):
        return True

    def next(self, step=1):
        return IPNetwork("%s/%d" % (IPAddress(self.first + step * self.size), self.prefixlen))

    def __contains__(self, other):
        if isinstance(other, IPNetwork):
            return other._network.subnet_of(self._network)
        return IPAddress(other)._ip in self._network

    def __str__(self):
        return "%s/%d" % (self.ip, self.prefixlen)

    def __eq__(self, other):
        return str(self.cidr if isinstance(other, IPNetwork) else self) == str(getattr(other, "cidr", other))

    def __hash__(self):
        return hash(self._network)


class EUI:
    def __init__(self, text, version=None, dialect=None):
        try:
            self._value = text if isinstance(text, int) else int(str(text).replace(":", "").replace("-", ""), 16)
        except ValueError as error:
            raise AddrFormatError(str(error)) from error

    def __int__(self):
        return self._value

    def __str__(self):
        digits = "%012x" % self._value
        return "-".join(digits[i:i + 2] for i in range(0, 12, 2)).upper()

    def ipv6(self, prefix):
        """The address that a machine with this hardware address gives itself in a network that begins with `prefix`."""
        lower = (self._value ^ 1 << 41) >> 24 << 40 | 0xFFFE << 24 | self._value & 0xFFFFFF
        return IPAddress(int(prefix) + lower)


class IPRange(list):
    def __init__(self, start, end):
        self.first, self.last = int(IPAddress(start)), int(IPAddress(end))
        super().__init__(iter_iprange(start, end) if self.last - self.first < 1 << 16 else ())


class IPSet(set):
    """A set of addresses (of a large network the first thousands); its CIDRs are single addresses."""

    def __init__(self, iterable=()):
        if isinstance(iterable, IPNetwork):
            iterable = [iterable]
        super().__init__(str(address) for item in iterable for address in (
            itertools.islice(item, 4096) if isinstance(item, IPNetwork) else [item]))

    def add(self, address):
        super().add(str(address))

    def __contains__(self, item):
        return super().__contains__(str(item.network if isinstance(item, IPNetwork) else item))

    def __sub__(self, other):
        return IPSet(set(self) - set(other))

    difference = __sub__

    def compact(self):
        """Nothing to do: there are no overlaps to join."""

    def iter_cidrs(self):
        return [IPNetwork(address) for address in sorted(self, key=lambda text: int(IPAddress(text)))]


def iter_iprange(start, end, step=1):
    for number in range(int(IPAddress(start)), int(IPAddress(end)) + 1, step):
        yield IPAddress(number)


def cidr_merge(items):
    networks = [ipaddress.ip_network(str(item)) for item in items]
    return [IPNetwork(str(network)) for network in ipaddress.collapse_addresses(networks)]


def _valid(kind, text):
    try:
        kind(str(text))
        return True
    except ValueError:
        return False


def valid_ipv4(text, flags=0):
    return _valid(ipaddress.IPv4Address, text)


def valid_ipv6(text, flags=0):
    return _valid(ipaddress.IPv6Address, text)


def valid_mac(text):
    return _valid(EUI, text)
