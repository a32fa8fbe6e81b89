import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Engine } from '../../../src/engine/engine';
import { DEFAULT_SETTINGS } from '../../../src/engine/settings';
import { loadTestGrammars } from '../../support/loadTestGrammars';
import { MemorySource } from '../../support/memorySource';
import { readTree } from '../../support/readTree';

const SOURCE = `
from tempest.common import waiters
from tempest.scenario import manager


class OwnImages(manager.ScenarioTest):

    def upload(self):
        image = self.image_client.create_image(name='own')
        image = image['image'] if 'image' in image else image
        with open('/image', 'rb') as data:
            self.image_client.store_image_file(image['id'], data)
        return image['id']

    def test_entry_only(self):
        image = self.image_client.create_image(name='own')
        self.servers_client.create_server(imageRef=image['id'])

    def test_uploads(self):
        self.upload()
        self.servers_client.create_server(imageRef='another')

    def test_boots(self):
        self.servers_client.create_server(imageRef=self.upload())

    def test_checks(self):
        server = self.servers_client.create_server(imageRef=self.upload())
        self.ping_ip_address(server['ip'])

    def test_checks_another(self):
        self.ping_ip_address('10.0.0.1')
        self.servers_client.create_server(imageRef=self.upload())

    def test_rebuilds(self):
        self.servers_client.rebuild_server('id', self.upload())
        self.get_remote_client('10.0.0.1')

    def test_none(self):
        self.ping_ip_address('10.0.0.1')
`;

describe("images of a test's own", () => {
  let chains: ReadonlyMap<string, string>;

  before(async () => {
    const tree = readTree(join(__dirname, '../../fixtures/framework'));
    const engine = new Engine(await loadTestGrammars(), DEFAULT_SETTINGS);
    await engine.open([new MemorySource('file:///tempest', { ...tree, 'tempest/scenario/test_own.py': SOURCE })]);
    chains = new Map(engine.tests().map(({ name, method }) => [method, engine.demand(name)?.upload ?? 'none']));
  });

  for (const [test, chain] of [
    ['test_none', 'none'],
    ['test_entry_only', 'none'],
    ['test_uploads', 'uploads'],
    ['test_boots', 'boots'],
    ['test_checks_another', 'boots'],
    ['test_checks', 'checks'],
    ['test_rebuilds', 'checks'],
  ] as const) {
    it(`${test}: ${chain}`, () => assert.equal(chains.get(test), chain));
  }
});
