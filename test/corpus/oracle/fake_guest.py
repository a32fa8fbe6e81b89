"""Everything outside the REST APIs that tests talk to: guests over SSH (a paramiko stand-in), ping, sockets, local
processes. Nothing leaves the process; every contact is reported to a listener: `listener(kind, text)`."""

import io
import json
import re
import sys
import types

from import_hook import register


class Guest:
    """Answers commands as a CirrOS-like guest would, from what the cloud knows about the server at an address."""

    def __init__(self):
        self.cloud = None
        self.failing = False
        self.listener = lambda kind, text: None
        self.seen = set()
        #: Commands (as `template` writes them) that fail the first time (`once`), print nothing (`silent`), or succeed
        #: although the test expects them to fail (`despite`).
        self.moods = {}
        #: Called with each command that is run, as `template` writes it.
        self.noted = lambda kind: None

    def reset(self, cloud):
        self.cloud = cloud
        self.forget_failures()

    def forget_failures(self):
        """What has failed once may fail once more."""
        self.seen = set()

    def server(self, host):
        servers = list(self.cloud.collection("compute", "servers").values())
        for floating in self.cloud.collection("network", "floatingips").values():
            # An address may have been given to a port before there was a server at it.
            port = self.cloud.find("ports", floating["port_id"]) if floating["floating_ip_address"] == host else None
            found = self.cloud.find("servers", port["device_id"]) if port is not None else None
            if found is not None:
                return found
        for server in servers:
            for addresses in server["addresses"].values():
                if any(address["addr"] == host for address in addresses):
                    return server
        return servers[-1] if servers else {"name": "guest", "addresses": {}, "id": "none"}

    def run(self, host, command):
        """(standard output, exit status) of a command."""
        kind = template(command)
        self.noted(kind)
        mood = self.moods.get(kind)
        if re.search(r"\bping6? |\bnc ", command) and not expected_to_succeed() and mood != "despite":
            return "", 1
        if mood == "silent":
            return "", 0
        if mood == "once" and kind not in self.seen:
            self.seen.add(kind)
            return "", 1
        if self.failing and command not in self.seen and re.search(r"\bmount\b|mke2fs|mkfs|curl -V", command):
            self.seen.add(command)
            return "", 1
        if self.failing and re.fullmatch(r"ip address", command):
            return "", 0
        server = self.server(host)
        plain = re.sub(r"'([\w/.:-]+)'", r"\1", command)
        for pattern, answer in ANSWERS:
            match = re.search(pattern, plain)
            if match:
                return answer(self, server, host, match), 0
        return "1\n", 0

    # -- answers -----------------------------------------------------------------------------------------------------

    def ports(self, server):
        ports = self.cloud.collection("network", "ports").values()
        own = [port for port in ports if port.get("device_id") == server["id"]]
        trunks = [trunk for trunk in self.cloud.collection("network", "trunks").values()
                  if any(trunk.get("port_id") == port["id"] for port in own)]
        wanted = {sub["port_id"] for trunk in trunks for sub in trunk.get("sub_ports") or []}
        return own + [port for port in ports if port["id"] in wanted and port not in own]

    def disks(self, server):
        attached = [volume for (_, kind), volumes in self.cloud.collections.items() if kind == "volumes"
                    for volume in volumes.values()
                    for attachment in volume["attachments"] if attachment["server_id"] == server["id"]]
        return ["vda"] + ["vd" + chr(ord("b") + number) for number in range(len(attached))]

    def lsblk(self, server, host, match):
        lines = ["NAME MAJ:MIN RM       SIZE RO TYPE MOUNTPOINT"]
        lines += ["%-4s 253:0    0 1073741824  0 disk " % disk for disk in self.disks(server)]
        return "\n".join(lines) + "\n"

    def ip_address(self, server, host, match):
        lines = ["1: lo: <LOOPBACK,UP> mtu 65536", "    inet 127.0.0.1/8 scope host lo"]
        for number, port in enumerate(self.ports(server)):
            lines.append("%d: eth%d: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc pfifo_fast state UP" % (
                number + 2, number))
            lines.append("    link/ether %s brd ff:ff:ff:ff:ff:ff" % port["mac_address"])
            for fixed in port["fixed_ips"]:
                kind = "inet6" if ":" in fixed["ip_address"] else "inet"
                lines.append("    %s %s/24 scope global eth%d" % (kind, fixed["ip_address"], number))
        return "\n".join(lines) + "\n"

    def nic_name(self, server, host, match):
        wanted = match.group(1)
        for number, port in enumerate(self.ports(server)):
            if wanted in port["mac_address"] or any(wanted in fixed["ip_address"] for fixed in port["fixed_ips"]):
                return "eth%d:\n" % number
        return "eth0:\n"

    def mac_address(self, server, host, match):
        ports = self.ports(server)
        return (ports[-1]["mac_address"] if ports else "fa:16:3e:00:00:01") + "\n"

    def metadata(self, server, host, match):
        devices = [{"type": "nic", "bus": "pci", "address": "0000:00:03.0", "mac": port["mac_address"], "tags": [tag]}
                   for port in self.ports(server) for tag in ("port-1", "port-2", "net-1", "net-2-100", "net-2-200",
                                                              "port-boot", "nic-tag")]
        devices += [{"type": "disk", "bus": "virtio", "address": "0", "serial": "s", "tags": [tag]}
                    for tag in ("boot", "other", "volume-tag")]
        return json.dumps({"uuid": server["id"], "name": server["name"], "hostname": server["name"], "devices": devices,
                           "meta": dict(server.get("metadata") or {}), "services": [], "links": [], "networks": []})

    def resolver(self, server, host, match):
        subnets = list(self.cloud.collection("network", "subnets").values())
        servers = [address for subnet in subnets[-1:] for address in subnet["dns_nameservers"]]
        return "".join("nameserver %s\n" % address for address in servers or ["192.0.2.53"])

    def own_address(self, server, host, match):
        return host


def _text(text):
    return lambda guest, server, host, match: text


ANSWERS = [
    (r"^(sudo )?(\S*/)?(ba)?sh( -\w+)*$", _text("")),
    (r"^hostname|uname -n|cat /etc/hostname", lambda guest, server, host, match: server["name"] + "\n"),
    (r"/proc/cpuinfo|nproc", _text("1\n")),
    (r"/proc/uptime", _text("5\n")),
    (r"cat /sys/\S*/size$", _text("2097152\n")),
    (r"lsblk.*\|.*wc -l|wc -l", lambda guest, server, host, match: "%d\n" % len(guest.disks(server))),
    (r"lsblk -lb --nodeps|lsblk -dn|lsblk -o", Guest.lsblk),
    (r"ip -o link.*'/(\S+)/", Guest.nic_name),
    (r"ip -o addr.*'/(\S+)/", Guest.nic_name),
    (r"ip addr.*ether", Guest.mac_address),
    (r"\bip (a\b|addr|address|-o)", Guest.ip_address),
    (r"ip link", Guest.ip_address),
    (r"resolv\.conf", Guest.resolver),
    (r"meta_data\.json|network_data\.json|vendor_data", Guest.metadata),
    (r"curl.*(public|local)-ipv4", Guest.own_address),
    (r"curl -V|which|command -v|--version", _text("curl 8\n")),
    (r"user-data|user_data", _text("user data\n")),
    (r"timestamp$|cat .*timestamp", _text("Mon Jan  2 03:04:05 UTC 2030\n")),
    (r"cat \S*(meter|results)\S*\.log", _text("PASSED 0.1\n")),
    (r"blkid", _text("/dev/sr0\n")),
    (r"ping6? ", _text("PING x\n64 bytes from 192.0.2.10\n1 packets transmitted, 1 received, 0% packet loss\n")),
    (r"nc .*-w", _text("foolish\n")),
    (r"(sha|md5)\w*sum", _text("d41d8cd98f00b204e9800998ecf8427e  -\n")),
    (r"udhcpc.*pid", _text("123\n")),
    (r"curl", _text("200\n")),
    (r"\b(ls|cat)\b", _text("file content\n")),
]

GUEST = Guest()


def expected_to_succeed():
    """False when a caller on the stack says that the contact must fail (`should_connect=False` and its like)."""
    frame = sys._getframe(1)
    while frame is not None:
        for name in ("should_succeed", "should_connect", "should_be_reachable", "is_reachable"):
            if frame.f_locals.get(name) is False:
                return False
        frame = frame.f_back
    return True


class Channel:
    """A session on a connection: keeps the output of the one command that it ran. A shell answers every line that it is
    given, until nothing more is written to it."""

    def __init__(self, client):
        self._client = client
        self._output = b""
        self._status = 0
        self._listens = False

    def exec_command(self, command, *args, **kwargs):
        text = command.decode() if isinstance(command, bytes) else str(command)
        GUEST.listener("ssh", text)
        output, self._status = GUEST.run(self._client.host, strip_prologue(text))
        self._output = output.encode()
        self._listens = re.fullmatch(r"(sudo )?(\S*/)?(ba)?sh( -\w+)*", text) is not None

    def recv_ready(self):
        return bool(self._output)

    def recv_stderr_ready(self):
        return False

    def recv(self, size):
        data, self._output = self._output[:size], self._output[size:]
        return data

    def recv_stderr(self, size):
        return b""

    def sendall(self, data):
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
        GUEST.listener("stdin", text)
        if self._listens:
            self._output += GUEST.run(self._client.host, text.strip())[0].encode()

    send = sendall

    def send_ready(self):
        return self._listens

    def shutdown_write(self):
        self._listens = False

    def recv_exit_status(self):
        return self._status

    def makefile(self, *args):
        return io.BytesIO(self._output)

    def makefile_stderr(self, *args):
        return io.BytesIO(b"")

    def makefile_stdin(self, *args):
        return io.BytesIO()

    def exit_status_ready(self):
        return not self._listens

    def fileno(self):
        return 0

    def _nothing(self, *args, **kwargs):
        return None

    settimeout = update_environment = set_environment_variable = close = get_pty = set_combine_stderr = invoke_shell = setblocking = _nothing

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return False


class SSHClient:
    """paramiko.SSHClient. A connection is a login at the place that asked for it; the recorder leaves out those of places that
    run a command over it."""

    def __init__(self):
        self.host = None

    def set_missing_host_key_policy(self, policy):
        pass

    load_system_host_keys = set_missing_host_key_policy

    def connect(self, hostname, port=22, username=None, **kwargs):
        self.host = hostname
        GUEST.listener("login", "")

    def get_transport(self):
        return self

    def is_active(self):
        return True

    is_authenticated = is_alive = is_active

    def open_session(self, *args, **kwargs):
        return Channel(self)

    def open_channel(self, *args, **kwargs):
        return Channel(self)

    def exec_command(self, command, *args, **kwargs):
        channel = Channel(self)
        channel.exec_command(command)
        output = io.BytesIO(channel._output)
        output.channel = channel
        return io.BytesIO(), output, io.BytesIO(b"")

    def open_sftp(self):
        GUEST.listener("ssh", "sftp")
        return types.SimpleNamespace(put=lambda *a, **k: None, get=lambda *a, **k: None, close=lambda: None,
                                     open=lambda *a, **k: io.BytesIO(), chmod=lambda *a: None)

    def set_keepalive(self, *args):
        pass

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


def template(command):
    """A command with its invented values taken out, to tell repetitions from different commands."""
    return re.sub(r"\d+", "#", re.sub(r"[0-9a-f]{8,}(-[0-9a-f]+)*|[0-9a-f]{2}(:[0-9a-f]{2}){5}", "#", command))


def strip_prologue(command):
    """The command without Tempest's shell prologue (`set …; PATH=…;`)."""
    return re.sub(r"^\s*set -eu[^;]*;\s*PATH=[^;]*;\s*", "", command)


@register("paramiko")
def build_paramiko(module):
    class PKey:
        @classmethod
        def from_private_key(cls, *args, **kwargs):
            return cls()

        @classmethod
        def generate(cls, *args, **kwargs):
            return cls()

        from_private_key_file = generate

        def get_base64(self):
            return "AAAA"

        def get_name(self):
            return "ssh-rsa"

        def write_private_key(self, stream, **kwargs):
            stream.write("fake private key")

        def asbytes(self):
            return b""

    module.PKey = PKey
    module.RSAKey = type("RSAKey", (PKey,), {})
    module.ECDSAKey = type("ECDSAKey", (PKey,), {})
    module.SSHClient = SSHClient
    module.AutoAddPolicy = type("AutoAddPolicy", (), {})
    module.SSHException = type("SSHException", (Exception,), {})
    module.AuthenticationException = type("AuthenticationException", (module.SSHException,), {})
    module.pkey = types.SimpleNamespace(PKey=PKey)
    module.ssh_exception = types.SimpleNamespace(
        SSHException=module.SSHException, AuthenticationException=module.AuthenticationException,
        ProxyCommandFailure=type("ProxyCommandFailure", (module.SSHException,), {}),
        NoValidConnectionsError=type("NoValidConnectionsError", (OSError,), {}))
    module.ChannelException = type("ChannelException", (module.SSHException,), {})


class Process:
    """subprocess.Popen: every local command succeeds; a ping is a contact with the guest."""

    pid = 4242
    returncode = 0

    def __init__(self, args, *rest, **kwargs):
        self.args = args
        text = args if isinstance(args, str) else " ".join(map(str, args))
        GUEST.listener("ping" if re.search(r"\bping6?\b", text) else "local", text)
        if "ping" in text and not expected_to_succeed():
            self.returncode = 1
        output = "1 packets transmitted, 1 received, 0% packet loss\n"
        if "-V" in text:
            output = "OpenSSH_9.2p1, LibreSSL 3\n"
        wide = kwargs.get("text") or kwargs.get("universal_newlines") or kwargs.get("encoding")
        make = io.StringIO if wide else lambda content: io.BytesIO(content.encode())
        self.stdout, self.stderr, self.stdin = make(output), make("4/4 packets, 0% loss\n"), make("")
        self._empty = "OpenSSH_9.2p1, x\n" if wide else b"OpenSSH_9.2p1, x\n" if "-V" in text else b""
        self._output = output if wide else output.encode()

    def communicate(self, *args, **kwargs):
        return self._output, self._empty

    def poll(self):
        return self.returncode

    def wait(self, *args, **kwargs):
        return self.returncode

    def _nothing(self, *args, **kwargs):
        return None

    kill = terminate = send_signal = _nothing

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return False


class FakeSocket:
    """A connected socket at the other end of which somebody always says something polite and then hangs up."""

    def __init__(self, *args, **kwargs):
        self._greeting = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nServer: WebSockify\r\n\r\n"

    def connect(self, address):
        GUEST.listener("socket", str(address))

    def connect_ex(self, address):
        GUEST.listener("socket", str(address))
        return 0

    def recv(self, size=0, *args):
        data, self._greeting = self._greeting[:size], self._greeting[size:]
        return data

    def recvfrom(self, size=0, *args):
        return self.recv(size), ("192.0.2.10", 0)

    def fileno(self):
        return 0

    def makefile(self, *args, **kwargs):
        return io.BytesIO()

    family = type = proto = 0

    def getsockopt(self, *args):
        return b"" if len(args) > 2 else 1

    def getsockname(self):
        return ("192.0.2.1", 40000)

    def _nothing(self, *args, **kwargs):
        return None

    settimeout = setsockopt = bind = listen = send = sendall = sendto = shutdown = close = setblocking = _nothing

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return False
