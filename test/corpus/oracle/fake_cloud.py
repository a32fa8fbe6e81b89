"""A cloud in memory behind Tempest's REST clients: it keeps what tests create and makes up a sensible value for
anything else that they read, so that test code runs on. It is permissive on purpose: it answers, it does not check."""

import copy
import json
import re
import urllib.parse

from fake_values import TIME, AnyStatus, Entity, guess, new_id, singular

SEEDLESS = {
    "servers", "volumes", "snapshots", "backups", "floatingips", "os-floating-ips", "ports", "routers", "subnets",
    "os-volume_attachments", "os-interface", "attachments", "os-keypairs", "os-server-groups", "groups", "trunks",
    "security-group-rules", "group_snapshots", "members", "stacks", "shares", "share-networks", "access_list",
    "networks", "loadbalancers", "listeners", "pools", "nodes", "local_ips", "port_forwardings",
}


#: Where a share can be mounted, by its protocol.
EXPORTS = {
    "nfs": ["192.0.2.20:/share", "[2001:db8::20]:/share"],
    "cifs": ["\\\\192.0.2.20\\share", "\\\\2001-db8--20.ipv6-literal.net\\share"],
    "cephfs": ["192.0.2.20:6789:/share"],
}
#: What may have been done with a server.
ACTIONS = ("create", "extend_volume", "reboot", "detach_interface", "attach_interface", "migrate", "live-migration")
QOS_RULES = ("bandwidth_limit", "dscp_marking", "minimum_bandwidth", "minimum_packet_rate", "packet_rate_limit")


class Envelope(Entity):
    """A response: the wrapper key that the client asks for is answered whatever its name."""

    def __init__(self, fields, content=None, wrapper=None):
        super().__init__(fields)
        self.content = content
        self.wrapper = wrapper

    def __missing__(self, key):
        if isinstance(self.content, list):
            if key.endswith(("s", "s_links", "list")) or key == self.wrapper:
                return self.content
        elif self.content is not None and _looks_like_wrapper(key, self.wrapper):
            return self.content
        elif isinstance(self.content, dict) and key in self.content:
            return self.content[key]
        return super().__missing__(key)

    def __deepcopy__(self, memo):
        content = copy.deepcopy(self.content, memo)
        return Envelope({key: copy.deepcopy(value, memo) for key, value in self.items()}, content, self.wrapper)


def _looks_like_wrapper(key, wrapper):
    def squeeze(text):
        return re.sub(r"[^a-z]", "", (text or "").lower())

    return squeeze(key) == squeeze(wrapper) or squeeze(wrapper).endswith(squeeze(key)) or key in (
        "volumeAttachment", "interfaceAttachment", "restore", "instanceAction", "keypair", "server")


class Body(str):
    """A response body as the clients see it (text), with the document that it stands for."""

    def __new__(cls, data):
        self = super().__new__(cls, json.dumps(data, default=str))
        self.data = data
        return self

    def decode(self, *args):
        return self


class Output(Body):
    """What a stack says of itself: an address of a server, or a document where it is read as one."""

    def __new__(cls):
        self = str.__new__(cls, "192.0.2.10")
        self.data = Entity()
        return self


class Response(dict):
    """Response headers with the `status` attribute that rest clients read."""

    def __init__(self, status, headers=()):
        super().__init__(headers)
        self.status = status
        self.reason = "OK"
        self["status"] = str(status)
        self["x-openstack-request-id"] = "req-" + new_id()
        self["x-compute-request-id"] = self["x-openstack-request-id"]
        self["content-type"] = "application/json"

    def __missing__(self, key):
        return str(guess(key))

    def release_conn(self):
        """Of a response that is read in pieces."""


class Refusal(Exception):
    """The cloud answers with an error status."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Cloud:
    """The store: collections by path, entities by id, in order of creation."""

    def __init__(self):
        self.collections = {}
        self.wrappers = {}
        self.gone = set()
        self.console_lines = 60
        self.project = "project-primary"
        self._addresses = 10
        public = self.create("network", "networks", {"project_id": "project-admin", "tenant_id": "project-admin",
                                                     "name": "public", "id": "11111111-0000-4000-8000-000000000001",
                                                     "router:external": True, "shared": False, "is_default": True})
        self.create("network", "subnets", {"name": "public-subnet", "network_id": public["id"],
                                           "cidr": "203.0.113.0/24", "ip_version": 4})
        self.create("network", "subnets", {"name": "public-subnet6", "network_id": public["id"],
                                           "cidr": "2001:db8:ffff::/64", "ip_version": 6})
        self.create("network", "security-groups", {"name": "default"})
        self.tenant_network = self.create("network", "networks", {
            "name": "tenant-net", "router:external": False, "shared": False})
        self.tenant_subnet = self.create("network", "subnets", {
            "name": "tenant-subnet", "network_id": self.tenant_network["id"], "cidr": "10.100.0.0/28", "ip_version": 4})
        self.tenant_router = self.create("network", "routers", {
            "name": "tenant-router", "external_gateway_info": Entity(network_id=public["id"])})

        for name in ("image-1", "image-2"):
            self.create("image", "images", {"id": name, "name": name})
            self.create("compute", "images", {"id": name, "name": name})

    # -- storage -------------------------------------------------------------------------------------------------

    def collection(self, service, path):
        return self.collections.setdefault((service, path), {})

    def address(self, cidr="10.100.0.0/28"):
        self._addresses += 1
        if ":" in cidr:
            return cidr.partition("::")[0] + "::%x" % self._addresses
        return re.sub(r"\d+\.\d+(/\d+)?$", "%d.%d" % (self._addresses // 250, self._addresses % 250 + 3), cidr)

    def create(self, service, path, fields):
        kind = path.rpartition("/")[2]
        entity = Entity(copy.deepcopy(fields))
        if not isinstance(entity.get("id"), str):
            entity["id"] = entity["name"] if kind == "os-keypairs" and "name" in entity else new_id()
        entity.setdefault("name", "fake-" + singular(kind))
        entity.setdefault("status", AnyStatus("available" if service.startswith("volume") else "ACTIVE"))
        for key in ("tenant_id", "project_id"):
            entity.setdefault(key, self.project)
        entity.setdefault("created_at", TIME)
        entity.setdefault("updated_at", TIME)
        entity.setdefault("description", "")
        shape = getattr(self, "_shape_" + kind.replace("-", "_"), None)
        if shape is not None:
            shape(entity, service, path)
        self.collection(service, path)[entity["id"]] = entity
        return entity

    def item(self, service, path, identity):
        found = self.collection(service, path).get(identity)
        if found is None:
            if (path, identity) in self.gone:
                raise Refusal(404)
            found = self.create(service, path, {"id": identity})
        return found

    def listing(self, service, path, query):
        kind = path.rpartition("/")[2]
        entities = self.collection(service, path)
        for wanted in query.get("instance_uuid", ()) if kind == "nodes" else ():
            # A bare-metal server runs on a node of its own.
            if not any(node.get("instance_uuid") == wanted for node in entities.values()):
                self.create(service, path, {"instance_uuid": wanted})
        for wanted in query.get("device_owner", ()) if kind == "ports" else ():
            # The network's own ports (of its DHCP server, of a router's address translation) are there when looked for.
            network = query.get("network_id", [self.tenant_network["id"]])[0]
            if wanted.startswith("network:") and not any(port["device_owner"] == wanted and port["network_id"] == network
                                                         for port in entities.values()):
                self.create(service, path, {"network_id": network, "device_owner": wanted, "name": ""})
        if not entities and (kind not in SEEDLESS or kind == "nodes"):
            self.create(service, path, {})
        found = list(entities.values())
        for key, values in query.items():
            if key in ("limit", "marker", "fields", "status", "all_tenants", "with_prefix") or key.startswith("sort"):
                continue
            if key == "fixed_ips":
                wanted = {value.rpartition("=")[2] for value in values}
                found = [entity for entity in found if any(wanted & set(fixed.values()) for fixed in entity[key])]
                continue
            kept = [entity for entity in found if key not in entity or any(
                entity[key] == value if isinstance(entity[key], AnyStatus) else str(entity[key]) == value for value in values)]
            found = kept if kept or kind in SEEDLESS else found
        return found

    def find(self, kind, identity):
        """The entity of this collection name and id, whatever the service."""
        for (_, path), entities in self.collections.items():
            if path == kind and identity in entities:
                return entities[identity]
        return None

    def forget(self, identity):
        """Removes the entity wherever it is kept."""
        for (_, path), entities in self.collections.items():
            if identity in entities:
                self._drop(path, entities, identity)

    def _drop(self, path, entities, identity):
        entity = entities.pop(identity)
        self.gone.add((path, identity))
        if path == "servers":
            ports = self.collection("network", "ports")
            for port in [port for port in ports.values() if port.get("device_id") == identity]:
                if port["binding:profile"].get("own"):
                    port["device_id"] = port["device_owner"] = ""
                else:
                    ports.pop(port["id"])
            for (_, kind), volumes in self.collections.items():
                if kind == "volumes":
                    for volume in volumes.values():
                        volume["attachments"] = [a for a in volume["attachments"] if a["server_id"] != identity]
        if path.endswith("/os-volume_attachments"):
            self._detach(path.split("/")[1], entity["volumeId"])
        if path.endswith("/os-interface"):
            self.collection("network", "ports").pop(identity, None)

    def _detach(self, server_id, volume_id):
        volume = self.find("volumes", volume_id)
        if volume is not None:
            volume["attachments"] = [a for a in volume["attachments"] if a["server_id"] != server_id]
        server = self.find("servers", server_id)
        if server is not None:
            key = "os-extended-volumes:volumes_attached"
            server[key] = [kept for kept in server[key] if kept["id"] != volume_id]

    # -- shapes of what is created ---------------------------------------------------------------------------------

    def _shape_servers(self, server, service, path):
        server["image"] = Entity(id=server["imageRef"]) if server.get("imageRef") else ""
        flavor = server.get("flavorRef", "1")
        server["flavor"] = Entity(id=flavor, vcpus=1, ram=64, disk=1, original_name="m1.tiny", extra_specs=Entity())
        server["adminPass"] = server.get("adminPass", "secret")
        server["accessIPv4"], server["accessIPv6"] = server.get("accessIPv4", ""), server.get("accessIPv6", "")
        server["metadata"] = Entity(server.get("metadata") or {})
        server["hostId"] = "host-id-1"
        server["OS-EXT-STS:task_state"], server["OS-EXT-STS:vm_state"] = None, AnyStatus("active")
        server["OS-EXT-STS:power_state"] = 1
        server["OS-EXT-SRV-ATTR:host"] = server["OS-EXT-SRV-ATTR:hypervisor_hostname"] = server["host"] = "host-1"
        server["OS-EXT-SRV-ATTR:hostname"] = server["hostname"] = server["name"]
        server["OS-EXT-SRV-ATTR:instance_name"] = "instance-1"
        server["OS-EXT-SRV-ATTR:root_device_name"] = "/dev/vda"
        server["OS-DCF:diskConfig"] = server.get("OS-DCF:diskConfig", "MANUAL")
        server["OS-EXT-AZ:availability_zone"] = "nova"
        server["config_drive"] = "True" if server.get("config_drive") else ""
        server["key_name"] = server.get("key_name")
        server["security_groups"] = server.get("security_groups") or [Entity(name="default")]
        server["tags"] = server.get("tags", [])
        server["locked"], server["created"], server["updated"] = False, TIME, TIME
        server["user_id"] = "user-1"
        attached = []
        for mapping in server.get("block_device_mapping_v2") or []:
            if mapping.get("source_type") in ("volume", "snapshot", "image") and (
                    mapping.get("destination_type") == "volume"):
                volume_id = mapping["uuid"] if mapping["source_type"] == "volume" else new_id()
                attached.append(Entity(id=volume_id, delete_on_termination=mapping.get("delete_on_termination", False)))
                self._attach(server["id"], volume_id)
        for mapping in server.get("block_device_mapping") or []:
            if mapping.get("volume_id"):
                attached.append(Entity(id=mapping["volume_id"]))
                self._attach(server["id"], mapping["volume_id"])
        image = self.find("images", server.get("imageRef")) if server.get("imageRef") else None
        if image is not None and image.get("volume_backed"):
            attached.append(Entity(id=new_id(), delete_on_termination=True))
            self._attach(server["id"], attached[-1]["id"])
        server["os-extended-volumes:volumes_attached"] = attached
        networks = server.get("networks")
        if networks in ("none", "auto"):
            networks = [] if networks == "none" else None
        if networks is None:
            networks = [{"uuid": self.tenant_network["id"]}]
        self.collection(service, path)[server["id"]] = server
        server["addresses"] = Entity()
        for wanted in networks:
            self.plug(server, wanted.get("uuid"), wanted.get("port"), wanted.get("fixed_ip"))

    def _attach(self, server_id, volume_id):
        volume = self.find("volumes", volume_id)
        if volume is None:
            volume = self.create("volume", "volumes", {"id": volume_id})
        attachment = Entity(server_id=server_id, volume_id=volume_id, id=volume_id, attachment_id=new_id(),
                            device="/dev/vdb", host_name="host-1")
        volume["attachments"] = volume["attachments"] + [attachment]
        self.collection("compute", "servers/%s/os-volume_attachments" % server_id)[volume_id] = Entity(
            id=volume_id, volumeId=volume_id, serverId=server_id, device="/dev/vdb", tag=None)
        return attachment

    def plug(self, server, network_id, port_id=None, fixed_ip=None):
        """Gives the server a port on the network and the addresses that follow."""
        if port_id:
            port = self.item("network", "ports", port_id)
            port["binding:profile"] = {"own": True}
        else:
            network_id = network_id or self.tenant_network["id"]
            port = self.create("network", "ports", {"network_id": network_id, "name": ""})
            if fixed_ip:
                port["fixed_ips"] = [Entity(ip_address=fixed_ip, subnet_id=new_id())]
            port["binding:profile"] = {}
        port["device_id"], port["device_owner"] = server["id"], "compute:nova"
        port["binding:host_id"] = "host-1"
        network = self.item("network", "networks", port["network_id"])
        addresses = server["addresses"].setdefault(network["name"], [])
        for fixed in port["fixed_ips"]:
            addresses.append(Entity({
                "addr": fixed["ip_address"], "version": 6 if ":" in fixed["ip_address"] else 4,
                "OS-EXT-IPS:type": "fixed", "OS-EXT-IPS-MAC:mac_addr": port["mac_address"]}))
        interface = Entity(net_id=port["network_id"], port_id=port["id"], id=port["id"], fixed_ips=port["fixed_ips"],
                           mac_addr=port["mac_address"], port_state=AnyStatus("ACTIVE"))
        self.collection("compute", "servers/%s/os-interface" % server["id"])[port["id"]] = interface
        return interface

    def _shape_networks(self, network, service, path):
        network.setdefault("subnets", [])
        network["label"] = network["name"]
        network.setdefault("mtu", 1450)
        network.setdefault("router:external", False)
        network.setdefault("provider:network_type", "vxlan")
        network.setdefault("provider:segmentation_id", 100)
        network.setdefault("admin_state_up", True)
        network["port_security_enabled"] = network.get("port_security_enabled", True)

    def _shape_subnets(self, subnet, service, path):
        cidr = str(subnet.get("cidr") or ("2001:db8::/64" if subnet.get("ip_version") == 6 else "10.100.0.16/28"))
        subnet["cidr"] = cidr
        subnet["ip_version"] = 6 if ":" in cidr else 4
        subnet.setdefault("gateway_ip", re.sub(r"(\d+)/\d+$|/\d+$", "1", cidr) if ":" not in cidr else
                          cidr.partition("/")[0] + "1")
        subnet.setdefault("dns_nameservers", ["192.0.2.53"])
        subnet.setdefault("enable_dhcp", True)
        subnet.setdefault("allocation_pools", [Entity(start=self.address(cidr), end=self.address(cidr))])
        network = self.find("networks", subnet.get("network_id"))
        if network is not None:
            network["subnets"] = network["subnets"] + [subnet["id"]]

    def _shape_ports(self, port, service, path):
        network_id = port.get("network_id") or self.tenant_network["id"]
        port["network_id"] = network_id
        self._addresses += 1
        port.setdefault("mac_address", "fa:16:3e:00:%02x:%02x" % (self._addresses // 256, self._addresses % 256))
        subnets = [s for s in self.collection("network", "subnets").values() if s["network_id"] == network_id]
        wanted = port.get("fixed_ips")
        if wanted:
            port["fixed_ips"] = [Entity(subnet_id=w.get("subnet_id") or (subnets[0]["id"] if subnets else new_id()),
                                        ip_address=w.get("ip_address") or self.address(self._cidr(w.get("subnet_id"))))
                                 for w in wanted]
        elif wanted is None:
            port["fixed_ips"] = [Entity(subnet_id=s["id"], ip_address=self.address(s["cidr"])) for s in subnets] or [
                Entity(subnet_id=new_id(), ip_address=self.address())]
        port.setdefault("device_id", "")
        port.setdefault("device_owner", "")
        port.setdefault("security_groups", [new_id()])
        port.setdefault("admin_state_up", True)
        port.setdefault("binding:vnic_type", "normal")
        port.setdefault("binding:profile", {})
        port.setdefault("binding:vif_details", Entity())
        port.setdefault("allowed_address_pairs", [])

    def _cidr(self, subnet_id):
        subnet = self.find("subnets", subnet_id)
        return subnet["cidr"] if subnet is not None else "10.100.0.0/28"

    def _shape_routers(self, router, service, path):
        if isinstance(router.get("external_gateway_info"), dict):
            router["external_gateway_info"].setdefault("external_fixed_ips", [
                Entity(ip_address="203.0.113.5", subnet_id=new_id())])
        router.setdefault("external_gateway_info", Entity(network_id=new_id(), external_fixed_ips=[
            Entity(ip_address="203.0.113.5", subnet_id=new_id())]))
        router.setdefault("routes", [])
        router.setdefault("distributed", False)
        router.setdefault("ha", False)
        router.setdefault("admin_state_up", True)

    def _shape_floatingips(self, address, service, path):
        address.setdefault("floating_ip_address", self.address("203.0.113.0/24"))
        address["ip"] = address["floating_ip_address"]
        self.bind_floating(address)

    def bind_floating(self, address):
        port = self.find("ports", address.get("port_id")) if address.get("port_id") else None
        address["port_id"] = port["id"] if port else None
        address["fixed_ip_address"] = port["fixed_ips"][0]["ip_address"] if port and port["fixed_ips"] else None
        server = self.find("servers", port["device_id"]) if port else None
        for other in self.collection("compute", "servers").values():
            for addresses in other["addresses"].values():
                addresses[:] = [a for a in addresses if a["addr"] != address["floating_ip_address"]]
        if server is not None:
            for addresses in server["addresses"].values():
                addresses.append(Entity({"addr": address["floating_ip_address"], "version": 4,
                                         "OS-EXT-IPS:type": "floating",
                                         "OS-EXT-IPS-MAC:mac_addr": port["mac_address"]}))
                break

    def _shape_os_floating_ips(self, address, service, path):
        address["ip"] = self.address("203.0.113.0/24")
        address["pool"], address["fixed_ip"], address["instance_id"] = "public", None, None

    def _shape_security_groups(self, group, service, path):
        group.setdefault("security_group_rules", [Entity(
            id=new_id(), direction="egress", ethertype=kind, protocol=None, security_group_id=group["id"])
            for kind in ("IPv4", "IPv6")])
        group["rules"] = []

    def _shape_shares(self, share, service, path):
        protocol = str(share.get("share_proto") or "NFS").lower()
        share["export_locations"] = [path for path in EXPORTS.get(protocol, EXPORTS["nfs"])]
        share["export_location"] = share["export_locations"][0]
        share["size"] = share.get("size") or 1
        share["share_proto"] = protocol.upper()
        share["host"] = "host-1@backend-1#pool"

    def _shape_nodes(self, node, service, path):
        node.setdefault("uuid", node["id"])
        node.setdefault("provision_state", AnyStatus("active"))
        node.setdefault("power_state", AnyStatus("power on"))
        node.setdefault("properties", Entity(capabilities="boot_mode:bios", cpus=1, memory_mb=64, local_gb=1))
        node.setdefault("driver_info", Entity())
        node.setdefault("instance_info", Entity())
        node.setdefault("driver_internal_info", Entity())

    def _shape_volumes(self, volume, service, path):
        volume.setdefault("attachments", [])
        volume.setdefault("size", 1)
        volume.setdefault("bootable", "true")
        volume.setdefault("metadata", Entity())
        volume.setdefault("volume_type", "type-1")
        volume.setdefault("volume_image_metadata", Entity(image_id=volume.get("imageRef") or "image-1",
                                                          container_format="bare", disk_format="qcow2"))
        volume["os-vol-host-attr:host"] = "host-1@backend-1#pool"
        volume["os-vol-mig-status-attr:migstat"] = "success"
        volume["migration_status"] = "success"
        volume["displayName"] = volume["name"]
        volume["encrypted"] = True
        volume["availability_zone"] = "nova"

    def _shape_images(self, image, service, path):
        image.setdefault("visibility", "public")
        image.setdefault("disk_format", "qcow2")
        image.setdefault("container_format", "bare")
        image.setdefault("min_disk", 0)
        image.setdefault("min_ram", 0)
        image.setdefault("size", 1024)
        image.setdefault("tags", [])
        image.setdefault("checksum", "d41d8cd98f00b204e9800998ecf8427e")
        image.setdefault("os_hash_value", "hash")
        image.setdefault("os_hash_algo", "sha512")
        image.setdefault("hw_disk_bus", "scsi")
        image.setdefault("hw_scsi_model", "virtio-scsi")
        image.setdefault("metadata", Entity())
        image.setdefault("block_device_mapping", json.dumps([{"snapshot_id": new_id(), "device_name": "/dev/vda"}]))

    def _shape_flavors(self, flavor, service, path):
        for key, value in (("vcpus", 1), ("ram", 64), ("disk", 1), ("swap", 0), ("OS-FLV-EXT-DATA:ephemeral", 0),
                           ("rxtx_factor", 1.0)):
            flavor.setdefault(key, value)
        flavor.setdefault("os-flavor-access:is_public", True)
        flavor.setdefault("extra_specs", Entity())

    def _shape_os_keypairs(self, keypair, service, path):
        keypair.setdefault("public_key", "ssh-rsa AAAA fake")
        keypair["private_key"] = "-----BEGIN RSA PRIVATE KEY-----\nfake\n-----END RSA PRIVATE KEY-----"
        keypair["fingerprint"], keypair["user_id"] = "00:11", "user-1"
        keypair["keypair"] = Entity(keypair)

    # -- requests ----------------------------------------------------------------------------------------------------

    def handle(self, service, method, url, body=None, headers=None):
        """One request. Answers (Response, body)."""
        parts = urllib.parse.urlsplit(url if isinstance(url, str) else str(url))
        segments = [urllib.parse.unquote(part) for part in parts.path.split("/") if part]
        while segments and re.fullmatch(r"v\d+(\.\d+)?|lbaas|infra-optim", segments[0]):
            segments.pop(0)
        query = urllib.parse.parse_qs(parts.query)
        document = self._document(body)
        if service.startswith("volume") or service == "block-storage":
            service = "volume"
        if segments[-1:] == ["file"] and method == "GET":
            return Response(200), b"image"
        if service == "object-store" and segments[-1:] != ["info"]:
            return Response(200, {"content-length": "0"}), b"" if "format=json" not in parts.query else "[]"
        try:
            data, headers = self._route(service, method, segments, query, document)
        except Refusal as refusal:
            return Response(refusal.status), Body(Entity(message="refused", code=refusal.status))
        if method == "HEAD":
            return Response(200, headers), ""
        return Response(200, headers), Body(data) if data is not None else ""

    @staticmethod
    def _document(body):
        if isinstance(body, bytes):
            body = body.decode("utf-8", "replace")
        if isinstance(body, str):
            try:
                return json.loads(body, object_hook=Entity)
            except ValueError:
                return None
        return body if isinstance(body, (dict, list)) else None

    def _route(self, service, method, segments, query, document):
        if not segments:
            newest = "v2.27" if service == "load-balancer" else "v2.1"
            return Envelope({"versions": [Entity(id=newest, status="CURRENT", version="2.95", min_version="2.1")],
                             "default_version": Entity(version="2.95", min_version="1.1"),
                             "version": Entity(id=newest, version="2.95", min_version="1.1")}), {}
        if segments[-1] == "action" and len(segments) >= 3:
            return self._action(service, "/".join(segments[:-2]), segments[-2], document or {})
        if segments[-1] == "detail":
            segments = segments[:-1]
        if segments[2:3] == ["os-instance-actions"] and len(segments) == 4:
            return Envelope({"instanceAction": self._action_of(segments[1], ACTIONS)}), {}
        special = getattr(self, "_on_%s_%s" % (method.lower(), re.sub(r"\W", "_", segments[-1])), None)
        if special is not None:
            answer = special(service, segments, document)
            if answer is not None:
                return answer, {}
        if segments[-1] == "stats" and method == "GET":
            return Envelope({}), {}
        if len(segments) % 2:
            return self._on_collection(service, method, "/".join(segments), query, document)
        return self._on_item(service, method, "/".join(segments[:-1]), segments[-1], document)

    def _unwrap(self, path, document):
        if isinstance(document, dict) and len(document) >= 1:
            first, fields = next(iter(document.items()))
            if isinstance(fields, dict) and (len(document) == 1 or first in ("server", "volume", "snapshot", "backup")):
                self.wrappers[path.rpartition("/")[2]] = first
                merged = Entity(fields)
                return merged
        return Entity(document) if isinstance(document, dict) else Entity()

    def _envelope(self, path, entity):
        seen = self.wrappers.get(path.rpartition("/")[2])
        wrapper = seen or singular(path.rpartition("/")[2])
        document = copy.deepcopy(entity)
        # A service that wraps its requests wraps its answers; of the others it is not known, so both readings are offered.
        envelope = Envelope({} if seen else document, document, wrapper)
        envelope[wrapper] = document
        return envelope

    def _on_collection(self, service, method, path, query, document):
        if method in ("GET", "HEAD"):
            kind = path.rpartition("/")[2]
            found = copy.deepcopy(self.listing(service, path, query))
            plural = self.wrappers.get(kind, singular(kind)) + "s"
            return Envelope({plural: found}, found, plural), {}
        if method in ("PUT", "PATCH"):
            return self._store_document(path, document), {}
        if method == "DELETE":
            self.collection(service, path).clear()
            return None, {}
        bulk = next(((key, value) for key, value in (document or {}).items() if isinstance(value, list) and all(
            isinstance(item, dict) for item in value) and key.rstrip("s") == singular(path.rpartition("/")[2])), None) \
            if isinstance(document, dict) else None
        if bulk:
            made = [copy.deepcopy(self.create(service, path, item)) for item in bulk[1]]
            return Envelope({bulk[0]: made}, made, bulk[0]), {}
        fields = self._unwrap(path, document)
        if path == "servers":
            copies = max(int(fields.get("min_count") or 1), int(fields.get("max_count") or 1))
            for number in range(1, copies):
                self.create(service, path, dict(fields, name="%s-%d" % (fields["name"], number)))
        entity = self.create(service, path, fields)
        location = "http://cloud.invalid/%s/%s" % (path, entity["id"])
        return self._envelope(path, entity), {"location": location, "openstack-request-id": "req"}

    def _store_document(self, path, document):
        fields = Entity(document) if isinstance(document, dict) else Entity()
        first = next(iter(fields.values()), None)
        return Envelope(fields, first if isinstance(first, dict) else fields, next(iter(fields), "document"))

    def _on_item(self, service, method, path, identity, document):
        if method == "DELETE":
            entities = self.collection(service, path)
            if identity in entities:
                self._drop(path, entities, identity)
            elif (path, identity) in self.gone:
                raise Refusal(404)
            return None, {}
        if method == "PUT" and "quota" in path:
            self.gone.discard((path, identity))
        entity = self.item(service, path, identity)
        if method in ("PUT", "PATCH", "POST"):
            if isinstance(document, list):
                for change in document:
                    entity[str(change.get("path", "")).strip("/")] = change.get("value")
            else:
                entity.update(self._unwrap(path, document))
            if path == "floatingips":
                self.bind_floating(entity)
        return self._envelope(path, entity), {}

    # -- requests that are more than storing ---------------------------------------------------------------------------

    def _action(self, service, path, identity, document):
        name = next(iter(document), "")
        arguments = document.get(name) if isinstance(document.get(name), dict) else Entity()
        if name == "os-getConsoleOutput":
            self.console_lines += 3
            lines = ["console line %d login:" % number for number in range(self.console_lines)]
            wanted = arguments.get("length")
            return Envelope({"output": "\n".join(lines[-int(wanted):] if wanted else lines) + "\n"}), {}
        if name in ("createImage", "createBackup"):
            server = self.find("servers", identity) or Entity()
            image = self.create("image", "images", {
                "name": arguments.get("name") or "image",
                "volume_backed": bool(server.get("os-extended-volumes:volumes_attached"))})
            self.collection("compute", "images")[image["id"]] = image
            return Envelope({"image_id": image["id"]}), {"location": "http://cloud.invalid/images/" + image["id"]}
        if name == "os-volume_upload_image":
            image = self.create("image", "images", {"name": arguments.get("image_name") or "image"})
            return Envelope({name: Entity(arguments, image_id=image["id"], image_name=image["name"])}), {}
        if name.endswith("allow_access"):
            rule = self.create(service, "%s/%s/access_list" % (path, identity), dict(arguments))
            return Envelope({"access": rule, "snapshot_access": rule}), {}
        if name.endswith("access_list"):
            return Envelope({"access_list": list(
                self.collection(service, "%s/%s/access_list" % (path, identity)).values())}), {}
        entity = self.item(service, path, identity)
        if name in ("shrink", "os-shrink", "extend"):
            entity["size"] = arguments.get("new_size")
        if name == "rebuild":
            entity.update({key: value for key, value in arguments.items() if key in ("name", "metadata", "description")})
            entity["image"] = Entity(id=arguments.get("imageRef") or new_id())
        if isinstance(arguments.get("status"), str):
            entity["status"] = arguments["status"]
        if name == "resize":
            entity["flavor"] = Entity(id=arguments.get("flavorRef"), vcpus=1, ram=64, disk=1)
        if name in ("os-migrateLive", "migrate", "evacuate"):
            entity["OS-EXT-SRV-ATTR:host"] = "host-2"
            entity["OS-EXT-SRV-ATTR:hypervisor_hostname"] = "host-2"
        if name == "addFloatingIp":
            entity["addresses"].setdefault("public", []).append(
                Entity({"addr": arguments.get("address"), "version": 4, "OS-EXT-IPS:type": "floating"}))
        if name == "addFixedIp":
            for addresses in entity["addresses"].values():
                addresses.append(Entity({"addr": self.address(), "version": 4, "OS-EXT-IPS:type": "fixed"}))
        if name == "removeFixedIp":
            for addresses in entity["addresses"].values():
                addresses[:] = [a for a in addresses if a["addr"] != arguments.get("address")]
        if name == "addSecurityGroup":
            entity["security_groups"] = entity["security_groups"] + [Entity(name=arguments.get("name"))]
        if name == "os-extend":
            entity["size"] = arguments.get("new_size")
        if name == "os-retype":
            entity["volume_type"] = arguments.get("new_type")
        if name == "os-migrate_volume":
            entity["os-vol-host-attr:host"] = arguments.get("host")
        answer = self._envelope(path, entity)
        answer.setdefault("console", Entity(type="novnc", url="http://cloud.invalid/console?token=1"))
        return answer, {}

    def _on_post_os_volume_attachments(self, service, segments, document):
        fields = self._unwrap("volumeAttachments", document)
        server_id, volume_id = segments[1], fields["volumeId"]
        self._attach(server_id, volume_id)
        server = self.item("compute", "servers", server_id)
        server["os-extended-volumes:volumes_attached"] = server["os-extended-volumes:volumes_attached"] + [
            Entity(id=volume_id)]
        attachment = Entity(fields, id=volume_id, serverId=server_id, device=fields.get("device") or "/dev/vdb")
        self.collection(service, "/".join(segments))[volume_id] = attachment
        return Envelope({"volumeAttachment": copy.deepcopy(attachment)})

    def _on_post_os_interface(self, service, segments, document):
        fields = self._unwrap("interfaceAttachment", document)
        fixed = (fields.get("fixed_ips") or [{}])[0].get("ip_address")
        server = self.item("compute", "servers", segments[1])
        interface = self.plug(server, fields.get("net_id"), fields.get("port_id"), fixed)
        return Envelope({"interfaceAttachment": copy.deepcopy(interface)})

    def _on_post_restore(self, service, segments, document):
        fields = self._unwrap("restore", document)
        volume = self.find("volumes", fields.get("volume_id")) or self.create("volume", "volumes", {})
        return Envelope({"restore": Entity(backup_id=segments[1], volume_id=volume["id"], volume_name=volume["name"])})

    def _on_put_add_router_interface(self, service, segments, document):
        fields = Entity(document or {})
        network = self.find("subnets", fields.get("subnet_id")) or {}
        port = self.find("ports", fields.get("port_id")) or self.create(
            "network", "ports", {"network_id": network.get("network_id"), "name": ""})
        port["device_id"], port["device_owner"] = segments[1], "network:router_interface"
        return Envelope({"id": segments[1], "subnet_id": fields.get("subnet_id") or new_id(), "port_id": port["id"],
                         "tenant_id": "project-1"})

    def _on_put_remove_router_interface(self, service, segments, document):
        fields = Entity(document or {})
        return Envelope({"id": segments[1], "subnet_id": fields.get("subnet_id"), "port_id": fields.get("port_id")})

    def _documents(self, service, segments, document, key):
        entity = self.item(service, "/".join(segments[:-2]), segments[-2])
        kept = entity.setdefault(key, Entity())
        if isinstance(document, dict):
            new = document.get(key, document)
            if isinstance(new, dict):
                kept.update(new)
        return Envelope({key: copy.deepcopy(kept)}, copy.deepcopy(kept), key)

    def _on_get_metadata(self, service, segments, document):
        return self._documents(service, segments, None, "metadata") if len(segments) > 2 else None

    def _on_post_metadata(self, service, segments, document):
        return self._documents(service, segments, document, "metadata") if len(segments) > 2 else None

    _on_put_metadata = _on_post_metadata

    def _on_get_extra_specs(self, service, segments, document):
        return self._documents(service, segments, None, "extra_specs")

    def _on_post_extra_specs(self, service, segments, document):
        return self._documents(service, segments, document, "extra_specs")

    _on_get_os_extra_specs, _on_post_os_extra_specs = _on_get_extra_specs, _on_post_extra_specs

    def _on_get_ips(self, service, segments, document):
        return Envelope({"addresses": copy.deepcopy(self.item(service, "servers", segments[1])["addresses"])})

    def _on_get_os_server_password(self, service, segments, document):
        return Envelope({"password": ""})

    def _on_get_os_availability_zone(self, service, segments, document):
        return Envelope({"availabilityZoneInfo": [Entity(
            zoneName="nova", zoneState=Entity(available=True),
            hosts=Entity({host: Entity({"nova-compute": Entity(available=True, active=True)})
                          for host in ("host-1", "host-2")}))]})

    def _on_get_limits(self, service, segments, document):
        limits = Entity(absolute=Entity(), rate=[])
        return Envelope({"limits": limits})

    def _on_get_os_instance_actions(self, service, segments, document):
        if len(segments) % 2 == 0:
            return None
        actions = [self._action_of(segments[1], [name]) for name in ACTIONS]
        return Envelope({"instanceActions": actions})

    @staticmethod
    def _action_of(server_id, names):
        """What was done with a server; with all events where one action is asked for by the request that it came from."""
        return Entity(action=names[0], instance_uuid=server_id, request_id="req-1", start_time=TIME, events=[
            Entity(event="compute_" + name, finish_time=TIME, result=AnyStatus("Success")) for name in names])

    def _on_get_import(self, service, segments, document):
        return Envelope({"import-methods": Entity(value=["glance-direct", "web-download", "copy-image"])})

    def _on_get_stores(self, service, segments, document):
        return Envelope({"stores": [Entity(id="store-1", default="true"), Entity(id="store-2")]})

    def _on_get_os_hypervisors(self, service, segments, document):
        return Envelope({"hypervisors": [Entity(id=str(number), hypervisor_hostname="host-%d" % number, state="up",
                                                status="enabled", hypervisor_type="QEMU", vcpus=4,
                                                service=Entity(host="host-%d" % number)) for number in (1, 2)]})

    def _on_get_os_services(self, service, segments, document):
        return Envelope({"services": [Entity(id=number, host="host-%d" % number, binary=binary, state="up",
                                             status="enabled", zone="nova")
                                      for number in (1, 2) for binary in ("nova-compute", "cinder-volume@backend-1")]})

    def _on_get_os_hosts(self, service, segments, document):
        if len(segments) != 1:
            return None
        names = ("cinder-volume", "cinder-scheduler") if service == "volume" else ("compute", "scheduler")
        return Envelope({"hosts": [Entity({
            "host_name": "host-%d@backend-%d" % (number, number) if service == "volume" else "host-%d" % number,
            "service": name, "zone": "nova", "service-status": "available", "service-state": "enabled"})
            for number in (1, 2) for name in names]})

    def _on_get_services(self, service, segments, document):
        if service != "identity" or len(segments) != 1:
            return None
        return Envelope({"services": [Entity(id="service-" + name, name=name, type=name) for name in (
            "nova", "glance", "cinder", "neutron", "keystone", "swift")]})

    def _on_get_roles(self, service, segments, document):
        if len(segments) != 1:
            return None
        return Envelope({"roles": [Entity(id="role-" + name, name=name) for name in ("admin", "member", "reader")]})

    def _on_get_extensions(self, service, segments, document):
        return Envelope({"extensions": [Entity(alias="router", name="router")]})

    def _on_get_rule_types(self, service, segments, document):
        return Envelope({"rule_types": [Entity(type=kind, name=kind) for kind in QOS_RULES]})

    def _exports(self, key, segments):
        """The places where a share, or a snapshot of one, can be mounted."""
        owner = self.find(segments[0], segments[1]) or Entity()
        share = self.find("shares", owner.get("share_id")) if owner.get("share_id") else owner
        paths = (share or {}).get("export_locations") or EXPORTS["nfs"]
        return Envelope({key: [Entity(id=new_id(), path=path, preferred=True, is_admin_only=False) for path in paths]})

    def _on_get_export_locations(self, service, segments, document):
        if len(segments) != 3:
            return None
        key = "share_snapshot_export_locations" if segments[0] == "snapshots" else "export_locations"
        return self._exports(key, segments)

    def _on_get_pools(self, service, segments, document):
        if segments[0] != "scheduler-stats":
            return None
        return Envelope({"pools": [Entity(name="host-%d@backend-%d#pool" % (number, number), host="host-%d" % number,
                                          backend="backend-%d" % number, pool="pool", capabilities=Entity())
                                   for number in (1, 2)]})

    _on_get_get_pools = _on_get_pools

    def _on_get_data_model(self, service, segments, document):
        return Envelope({"context": [Entity(server_uuid=server["id"], node_hostname=server["OS-EXT-SRV-ATTR:host"])
                                     for server in self.collection("compute", "servers").values()]})

    def _on_get_inventories(self, service, segments, document):
        return Envelope({"inventories": {name: Entity(total=100, reserved=0, allocation_ratio=1.0, min_unit=1, max_unit=100,
                                                      step_size=1) for name in ("VCPU", "MEMORY_MB", "DISK_GB")}})

    def _on_get_access_list(self, service, segments, document):
        return Envelope({}, list(self.collection(service, "/".join(segments[:-1]) + "/access_list").values()), "access_list")

    def _on_get_diagnostics(self, service, segments, document):
        return Envelope({"state": "running", "num_cpus": 1, "uptime": 10, "driver": "libvirt"})

    def _on_get_members(self, service, segments, document):
        return None
