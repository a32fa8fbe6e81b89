import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readGuideline } from '../../../src/guideline/readGuideline';
import type { Guideline } from '../../../src/model/guideline';
import { summariseGuideline } from '../../../src/report/guidelineSummary';
import { printRst, printSummaryMarkdown } from '../../../src/report/summaryMarkup';
import { SAMPLE_1_0, SAMPLE_1_2, SAMPLE_ADD_ON } from '../guideline/guidelineSamples';

function read(text: string): Guideline {
  const { guideline } = readGuideline('file:///guides/x%20y.json', text);
  assert.ok(guideline);
  return guideline;
}

function fixture(): Guideline {
  return read(readFileSync(path.resolve(__dirname, '../../fixtures/compare/2099.01.json'), 'utf8'));
}

describe('the summary page', () => {
  it('of 2.0 has everything, escaped and wrapped', () => {
    assert.equal(
      printRst(summariseGuideline(fixture())),
      `====================================
OpenStack Interoperability Guideline 2099.01
====================================
`.replace(/=+/g, '='.repeat(44)) +
        `
:Status: draft
:Replaces: 2098.01
:Target approval: 2099.01
:Schema: 2.0
:JSON master: x y.json
:Source: https://example.org/2099.01.json

The capabilities and designated sections that a product needs in order to use
marks of the OpenStack programme. The JSON file is the master; this page is
made from it.

Releases
--------

Ocata, Pike

OpenStack Powered Compute
-------------------------

Servers, and \\*nothing\\* else\\_

* os_powered_compute

Os_powered_compute Component
----------------------------

Required Capabilities
~~~~~~~~~~~~~~~~~~~~~

* servers-create (Nova)
* servers-tag (Nova)

Advisory Capabilities
~~~~~~~~~~~~~~~~~~~~~

* servers-evacuate (Nova)

Deprecated Capabilities
~~~~~~~~~~~~~~~~~~~~~~~

None

Removed Capabilities
~~~~~~~~~~~~~~~~~~~~

* servers-gone (not defined in this file)

Required Designated Sections
~~~~~~~~~~~~~~~~~~~~~~~~~~~~

* Nova

Designated Sections
-------------------

Required Designated Sections
~~~~~~~~~~~~~~~~~~~~~~~~~~~~

* Nova: All of it, except for the drivers in \\\`nova/virt\\\` and what a very long
  sentence such as this one names besides.

Advisory Designated Sections
~~~~~~~~~~~~~~~~~~~~~~~~~~~~

None

Deprecated Designated Sections
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

None

Removed Designated Sections
~~~~~~~~~~~~~~~~~~~~~~~~~~~

None
`,
    );
  });

  it('of 1.x names platform components by status', () => {
    const text = printRst(summariseGuideline(read(SAMPLE_1_2)));
    assert.match(
      text,
      /Platform Components\n-+\n\n:Required: Compute\n:Advisory: Object\n:Deprecated: None\n:Removed: None\n/,
    );
    assert.match(
      text,
      /Object Component\n-+\n\nRequired Capabilities\n~+\n\nNone\n\nAdvisory Capabilities\n~+\n\n\* auth\n/,
    );
    assert.match(text, /Informational Designated Sections\n~+\n\n\* Heat: h\n/);
  });

  it('of 1.0 lists core capabilities', () => {
    assert.match(
      printRst(summariseGuideline(read(SAMPLE_1_0))),
      /Core Capabilities\n-+\n\n\* demo-cap\n\nOther Capabilities\n-+\n\nNone\n/,
    );
  });

  it('of an add-on names what it stands on', () => {
    const text = printSummaryMarkdown(summariseGuideline(read(SAMPLE_ADD_ON)));
    assert.match(
      text,
      /## Add-on: DNS\n\nd\n\n- os\\_powered\\_dns\n- os\\_powered\\_compute \(required platform component\), defined in https/,
    );
  });
});
