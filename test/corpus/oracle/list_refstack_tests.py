"""The test lists that RefStack's server gives for guideline files, by its documented behaviour.

Reads paths from the arguments; prints one JSON object: path -> {question: lines or null}. A question is
"target|types|alias|flag"; null stands for RefStack's "Invalid target". Written apart from the program, after what
`GET /v1/guidelines/<file>/tests?target=&type=&alias=&flag=` is documented to do:

* target: 1.x `platform` means the components of `platform.required`, any other target the component of that name.
  2.0 `platform`, `compute` and `object` mean the components of the program of that name; `dns` and `orchestration`
  the components `os_powered_dns` and `os_powered_orchestration`.
* type: statuses, none for all; a capability counts when a component has it under one of them.
* flag=false leaves out flagged tests, and with them their aliases; alias=false leaves out aliases.
* one line a name, `name[id as written]`; where tests are plain lists, the bare name. Sorted; repetitions stay.
"""
import collections
import itertools
import json
import sys

TARGETS = ('platform', 'compute', 'object', 'dns', 'orchestration')
STATUSES = ('required', 'advisory', 'deprecated', 'removed')
TYPES = tuple(
    choice for size in range(len(STATUSES) + 1) for choice in itertools.combinations(STATUSES, size))
PROGRAMS = {'platform': 'Platform', 'compute': 'Compute', 'object': 'Storage'}

Line = collections.namedtuple('Line', 'text is_flagged is_alias')


class Guideline:
    """What the server asks of any schema."""

    def __init__(self, data):
        self.data = data

    def component_names(self, target):
        if target == 'platform':
            return self.data['platform']['required']
        return [target]

    def statuses(self, component):
        return self.data['components'][component]

    def lines(self, capability):
        for name, test in capability['tests'].items():
            written = test.get('idempotent_id', '')
            flagged = bool(test.get('flagged'))
            yield Line('%s[%s]' % (name, written), flagged, False)
            for alias in test.get('aliases', ()):
                yield Line('%s[%s]' % (alias, written), flagged, True)

    def answer(self, target, types, alias, flag):
        try:
            statuses = [self.statuses(name) for name in self.component_names(target)]
        except KeyError:
            return None
        wanted = {capability
                  for component in statuses
                  for status, names in component.items() if not types or status in types
                  for capability in names}
        found = (line
                 for name, capability in self.data['capabilities'].items() if name in wanted
                 for line in self.lines(capability))
        return sorted(line.text for line in found
                      if (flag or not line.is_flagged) and (alias or not line.is_alias))


class NameLists(Guideline):
    """1.0 and 1.2: names alone, flags in a list beside them."""

    def lines(self, capability):
        flagged = frozenset(capability.get('flagged', ()))
        return (Line(name, name in flagged, False) for name in capability['tests'])


class Programs(Guideline):
    """2.0: targets are programs of components, or components of add-ons."""

    def component_names(self, target):
        program = PROGRAMS.get(target)
        if program is None:
            return ['os_powered_' + target]
        return [one['name'] for one in self.data['platforms']['OpenStack Powered ' + program]['components']]

    def statuses(self, component):
        return super().statuses(component)['capabilities']


def read(path):
    with open(path, encoding='utf-8') as file:
        data = json.load(file)
    schema = data['schema'] if 'schema' in data else data['metadata']['schema']
    kinds = {'1.0': NameLists, '1.2': NameLists, '2.0': Programs}
    return kinds.get(schema, Guideline)(data)


def ask_everything(guideline):
    for target, types, alias, flag in itertools.product(TARGETS, TYPES, (True, False), (True, False)):
        question = '|'.join((target, ','.join(types), str(alias).lower(), str(flag).lower()))
        yield question, guideline.answer(target, types, alias, flag)


json.dump({path: dict(ask_everything(read(path))) for path in sys.argv[1:]}, sys.stdout)
