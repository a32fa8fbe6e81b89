"""Values that an invented cloud answers with: each is what code that reads it most likely expects, and forgives the rest.

A field that nobody stored is made up by its name (`guess`). Made-up texts, numbers and lists can also be read like
documents, because a name does not always tell the type."""

import dis
import re
import sys
import uuid

TIME = "2030-01-02T03:04:05.000000"
TRANSITIONAL = re.compile(
    r"build|deleting|error|pending|queued|reserved|maintenance|extending|retyping|down|inactive|offline|disabled|failed|"
    r"killed|deleted|in_progress|awaiting|backing|resize$|reboot|password|(?<!runn)ing$|wait|enroll|unmanaged",
    re.IGNORECASE,
)
#: How often one place has to ask for a passing state, in vain and with time passing, until the state is that.
PATIENCE = 4


class Waiting:
    """Who asked for which passing state, so that a loop that waits for one sees it in the end."""

    def __init__(self):
        self.naps = 0
        self._asked = {}

    def reset(self):
        self._asked.clear()

    def grants(self, word):
        """True when this is the PATIENCE-th time that the asking place wants this word, with a nap before each."""
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename == __file__:
            frame = frame.f_back
        if frame is None:
            return False
        # States of failure are looked for by every loop; only one and the same loop can be waiting for them.
        bad = re.search(r"err|fail|kill", word, re.IGNORECASE)
        key = (id(frame) if bad else frame.f_code, frame.f_lasti, word)
        count, naps = self._asked.get(key, (0, -1))
        if naps == self.naps:
            return False
        if count + 1 < (2 * PATIENCE if bad else PATIENCE):
            self._asked[key] = (count + 1, self.naps)
            return False
        self._asked.clear()
        return True


WAITING = Waiting()


class AnyStatus(str):
    """A status that has every settled value at once: equal to whatever a waiter waits for, to a passing state only when
    it is waited for in vain."""

    def __eq__(self, other):
        if not isinstance(other, str):
            return False
        return str.__eq__(self, other) or not TRANSITIONAL.search(other) or WAITING.grants(other)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return str.__hash__(self)

    def lower(self):
        return AnyStatus(str.lower(self))

    def upper(self):
        return AnyStatus(str.upper(self))


def unpacked_length(frame):
    """How many values the statement that a frame is in unpacks from what it iterates over; None when it does not."""
    code = frame.f_code.co_code
    if dis.opname[code[frame.f_lasti]] == "UNPACK_SEQUENCE":
        return code[frame.f_lasti + 1]
    return None


class Readable:
    """Reading like a document, for made-up values of other types."""

    def get(self, key, default=None):
        return guess(key)

    def items(self):
        return []

    keys = values = items


class FakeText(Readable, str):
    """A made-up text."""

    def __getitem__(self, key):
        return guess(key) if isinstance(key, str) else FakeText(str.__getitem__(self, key))

    def __int__(self):
        return 1

    def __add__(self, other):
        return 1 + other if isinstance(other, (int, float)) else str.__add__(self, other)

    def __sub__(self, other):
        return 1 - other


class FakeNumber(Readable, int):
    """A made-up number."""

    def __getitem__(self, key):
        return guess(key)

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __bool__(self):
        return int(self) != 0


class FakeList(Readable, list):
    """A made-up list; one that is unpacked has as many elements as are wanted."""

    def __getitem__(self, key):
        if isinstance(key, str):
            return guess(key)
        if isinstance(key, int) and key >= len(self) > 0:
            return self[-1]
        return list.__getitem__(self, key)

    def __iter__(self):
        wanted = unpacked_length(sys._getframe(1))
        if wanted is None or wanted <= len(self) or not self:
            return list.__iter__(self)
        return iter(list.__add__(self, [self[-1]] * (wanted - len(self))))

    def __int__(self):
        return len(self)

    def split(self, *args):
        return FakeText("fake").split(*args)


class Everything(list):
    """A list that has whatever is looked for, also after others were added to it."""

    def __contains__(self, item):
        return True

    def __add__(self, other):
        return Everything(list.__add__(self, other))

    def __radd__(self, other):
        return Everything(other + list(self))

    def __str__(self):
        return "everything"


class Properties:
    """Fields of the cloud's answers that test code reads and might branch on: those that say yes, no, nothing or a number.

    `turned`: {key: what test code gets instead}.
    """

    def __init__(self):
        self.turned = {}
        self._others = {}

    def alternatives(self, key):
        """What a field may say as well, after what it was seen to say."""
        return [self._others[key]] if key in self._others else []

    def _other(self, key, value):
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return 0 if value else 1
        if type(value) is str and value.lower() in ("true", "false"):
            return "false" if value.lower() == "true" else "true"
        return FakeText("fake-%s" % key) if value is None or type(value) is str and not value else None

    def listen(self, paths, note):
        """From now on reads of documents by code under these paths are noted (`note(key, place)`) and answered as turned."""
        wanted = {}

        def by_test_code(code):
            if code not in wanted:
                wanted[code] = code.co_filename.startswith(paths) and "/tempest/lib/" not in code.co_filename
            return wanted[code]

        def answer(frame, key, value):
            if not isinstance(key, str) or not by_test_code(frame.f_code):
                return value
            if key not in self._others:
                other = self._other(key, value)
                if other is None:
                    return value
                self._others[key] = other
            note(key, (frame.f_code, frame.f_lasti))
            return self.turned.get(key, value)

        Entity.__getitem__ = lambda entity, key: answer(sys._getframe(1), key, dict.__getitem__(entity, key))
        Entity.get = lambda entity, key, default=None: answer(sys._getframe(1), key, dict.get(entity, key, default))


PROPERTIES = Properties()


class Entity(dict):
    """A document in which a missing key has a plausible value."""

    def __missing__(self, key):
        value = guess(key)
        self[key] = value
        return value

    def __iter__(self):
        """Its keys; code that took the document for a list of documents can read them as such."""
        return map(FakeText, dict.__iter__(self))


def new_id():
    return str(uuid.uuid4())


def singular(word):
    word = word.replace("-", "_")
    word = word[3:] if word.startswith("os_") else word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") else word


def guess(key):
    """A plausible value for a field by its name."""
    name = str(key)
    low = name.lower().rpartition(":")[2]
    if low in ("id", "uuid") or low.endswith(("_id", "uuid", "ref")):
        return new_id()
    if low in ("status", "state") or low.endswith(("_status", "_state", "status")):
        return AnyStatus("ACTIVE")
    if low in ("vm_state",):
        return "active"
    if low in ("links", "task_state", "fault", "next") or low.endswith("_links"):
        return None if low in ("task_state", "fault") else []
    if low in ("metadata", "properties", "extra_specs", "image_meta", "options", "specs") or low.endswith("metadata"):
        return Entity()
    if low == "configurations":
        return Entity(extensions=Everything(), tunnel_types=Everything())
    if low in ("addresses",):
        return Entity(public=[Entity(addr="192.0.2.10", version=4)])
    if "mac_addr" in low or low == "mac":
        return "fa:16:3e:00:00:01"
    if low in ("version", "ip_version"):
        return 4
    if low.endswith(("_ip", "ip_address", "addr", "_address", "host_ip", "ip")) or low == "address":
        return "192.0.2.10"
    if "cidr" in low:
        return "192.0.2.0/24"
    if low.endswith(("_at", "created", "updated", "date", "expires")):
        return TIME
    if low.startswith(("is_", "has_", "enable")) or low in (
            "enabled", "admin_state_up", "public", "shared", "alive", "active", "available"):
        return True
    if re.search(r"size|count|vcpus|ram|disk|num|limit|total|max|min|used|free|port$|gigabytes|quota|volumes$|cores|"
                 r"instances|mtu|progress|uptime|memory|revision", low):
        return FakeNumber(1) if low != "mtu" else 1450
    if "url" in low or low in ("href", "location"):
        return "http://cloud.invalid/" + low + "/" + new_id()
    if low.endswith("s") and not low.endswith("ss"):
        return FakeList([Entity()])
    if low in ("output",):
        return "\n".join("console line %d login:" % number for number in range(60))
    return FakeText("fake-" + low)
