/** Small guidelines of every shape, written by hand for the tests. */
export const ID_A = '00000000-0000-4000-8000-00000000000a';
export const ID_B = '00000000-0000-4000-8000-00000000000b';

export const SAMPLE_1_0 = `{
  "release": "havana", "schema": "1.0", "status": "proposal, grizzly-based",
  "capabilities": {
    "demo-cap": {"achievements": ["doc"], "admin": false, "core": true, "description": "", "flagged": [], "name": "Demo",
      "tests": ["tempest.api.compute.servers/test_servers.PublicObjectTest.test_a"]}
  },
  "criteria": {"doc": {"Description": "Documented", "name": "Documented", "weight": 8}}
}`;

export const SAMPLE_1_2 = `{
  "id": "2015.05", "schema": "1.2", "source": "http://example.org/", "status": "superseded", "replaces": "2015.04",
  "releases": ["icehouse", "juno"],
  "platform": {"required": ["compute"], "advisory": ["object"], "deprecated": [], "removed": []},
  "components": {
    "compute": {"required": ["demo-cap", "auth"], "advisory": [], "deprecated": [], "removed": []},
    "object": {"required": [], "advisory": ["auth"], "deprecated": [], "removed": []}
  },
  "capabilities": {
    "demo-cap": {"achievements": [], "admin": false, "status": "required", "description": "d", "name": "n",
      "flagged": ["pkg.m.K.test_b"], "tests": ["pkg.m.K.test_a", "pkg.m.K.test_b"]},
    "auth": {"achievements": [], "admin": false, "status": "required", "flagged": [], "tests": []},
    "old": {"achievements": [], "admin": false, "status": "removed", "flagged": [], "tests": ["pkg.m.K.test_c"]}
  },
  "designated-sections": {
    "required": {"nova": {"guidance": "g", "required": true, "comment": "c",
      "sections": {"drivers": {"description": "x", "designated": false, "comment": "n"}}}},
    "informational": {"heat": {"guidance": "h", "sections": []}},
    "advisory": [], "deprecated": {}, "removed": {}
  },
  "criteria": {}
}`;

export const SAMPLE_1_6 = `{
  "id": "2016.08", "schema": "1.6", "status": "superseded", "cutoff_score": "74", "target_approval": "2016-08-23",
  "platform": {"required": ["compute"], "advisory": [], "deprecated": [], "removed": []},
  "components": {"compute": {"required": ["demo-cap"], "advisory": [], "deprecated": [], "removed": []}},
  "test-repositories": {"tempest": {"git-sha": "26149b612d", "url": "http://example.org/tempest"}},
  "capabilities": {
    "demo-cap": {"achievements": ["doc"], "admin": false, "project": "nova", "description": "d", "required-since": "2016.01",
      "tests": {
        "pkg.m.K.test_a": {"idempotent_id": "id-${ID_A},image,smoke", "aliases": ["pkg.m.Old.test_a"],
          "flagged": {"reason": "[D401] broken", "action": "fix it", "date": "2016-06-13"}},
        "pkg.m.K.NEED_TEST": {"idempotent_id": ""},
        "pkg.m.K.test_b": {"idempotent-id": "id-${ID_B.toUpperCase()}"}
      }}
  },
  "criteria": {"doc": {"Description": "x", "name": "Documented", "weight": 8}}
}`;

export const SAMPLE_2_0 = `{
  "metadata": {"id": "2018.11", "schema": "2.0", "reference": "r", "source": "https://example.org/2018.11.json",
    "scoring": {"cutoff_score": 74, "criteria": {"atomic": {"name": "Atomic", "description": "d", "weight": 6}}},
    "os_trademark_approval": {"target_approval": "2018.11", "replaces": "2018.02", "releases": ["ocata"], "status": "approved"}},
  "platforms": {"OpenStack Powered Compute": {"description": "c", "components": [{"name": "os_powered_compute"}]}},
  "components": {"os_powered_compute": {
    "capabilities": {"required": ["demo-cap"], "advisory": ["other-cap"], "deprecated": [], "removed": []},
    "designated_sections": {"required": ["nova"]}}},
  "capabilities": {
    "demo-cap": {"acheivements": ["atomic"], "admin": false, "project": "nova", "description": "d", "required_since": "2018.02",
      "tests": {"pkg.m.K.test_a": {"idempotent_id": "id-${ID_A}", "flag": {"reason": "D402: bug", "action": "", "date": ""}}}},
    "other-cap": {"achievements": [], "admin": false, "project": "nova", "description": "d", "required_since": "",
      "tests": {"pkg.m.K.test_b": {"idempotent_id": "id-${ID_B}", "aliases": ["pkg.m.K.test_old"]}}}
  },
  "designated_sections": {"nova": {"required": {"guidance": "g", "sections": {"API": {"description": "x", "designated": true}}}}},
  "test_repositories": {"tempest": {"repository": "http://example.org/tempest", "reference": "abc", "description": "d"}}
}`;

export const SAMPLE_ADD_ON = `{
  "metadata": {"id": "dns.2020.06", "schema": "2.0", "scoring": {"cutoff_score": 60, "criteria": {}},
    "os_trademark_approval": {"target_approval": "2020.06", "releases": [], "status": "approved"}},
  "add-ons": {"DNS": {"description": "d", "components": [{"name": "os_powered_dns"}],
    "required_platform_components": [{"name": "os_powered_compute", "source": "https://example.org/2020.06.json"}]}},
  "components": {"os_powered_dns": {"capabilities": {"required": ["dns-zones"]}, "designated_sections": {}}},
  "capabilities": {"dns-zones": {"achievements": [], "admin": false, "project": "designate", "description": "d",
    "tests": {"designate_tempest_plugin.tests.T.test_z": {"idempotent_id": "${ID_A}"}}}}
}`;
