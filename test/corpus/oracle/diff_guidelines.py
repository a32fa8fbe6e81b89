"""Compares the distinct tests of guideline files pair by pair, with nothing but json: the reference for `diff`.

usage: diff_guidelines.py BEFORE AFTER  ->  {"added": [ids], "removed": [ids], "renamed": [ids],
"capabilities": {"added": [names], "removed": [names]}} on standard output. Renamed: in both, with no key in common.
"""
import json
import re
import sys

UUID = re.compile(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')


def keys_by_id(guideline):
    result = {}
    for capability in guideline['capabilities'].values():
        for key, entry in capability['tests'].items():
            found = UUID.search(entry.get('idempotent_id', '').lower())
            result.setdefault(found.group() if found else key, set()).add(key)
    return result


def capability_names(guideline):
    names = set(guideline['capabilities'])
    for component in guideline['components'].values():
        for status in ('required', 'advisory', 'deprecated', 'removed'):
            names.update(component.get('capabilities', component).get(status, []))
    return names


def main():
    before, after = (json.load(open(path, encoding='utf-8')) for path in sys.argv[1:3])
    old, now = keys_by_id(before), keys_by_id(after)
    old_names, now_names = capability_names(before), capability_names(after)
    json.dump({
        'added': sorted(set(now) - set(old)),
        'removed': sorted(set(old) - set(now)),
        'renamed': sorted(key for key in set(old) & set(now) if not old[key] & now[key]),
        'capabilities': {'added': sorted(now_names - old_names), 'removed': sorted(old_names - now_names)},
    }, sys.stdout)


main()
