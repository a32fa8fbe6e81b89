import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  checkBaseUrl,
  fetchGuidelines,
  FetchError,
  LARGEST_GUIDELINE,
  type FetchContext,
} from '../../../src/client/fetchGuidelines';
import { PUBLISHED_GUIDELINES } from '../../../src/client/publishedGuidelines';
import { readGuideline } from '../../../src/guideline/readGuideline';

const GUIDELINE = JSON.stringify({
  id: '2099.01',
  schema: '1.6',
  components: { compute: { required: ['cap'], advisory: [], deprecated: [], removed: [] } },
  capabilities: { cap: { achievements: [], admin: false, tests: { 'a.b.C.test_d': { idempotent_id: 'id-0' } } } },
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('fetching guidelines', () => {
  let server: Server;
  let base: string;
  let files: Map<string, Answer>;
  let asked: string[];

  before((done) => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const answer = files.get(request.url ?? '');
      if (answer) answer(request, response);
      else response.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1', () => {
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/raw/`;
      done();
    });
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  beforeEach(() => {
    files = new Map();
    asked = [];
  });

  function serve(path: string, text: string): void {
    files.set(path, (_, response) => response.end(text));
  }

  function context(saved: Map<string, string>, abort = new AbortController()): FetchContext {
    return {
      signal: abort.signal,
      findProblem: (name, text) => {
        const { guideline, problems } = readGuideline(name, text);
        return Promise.resolve(guideline ? null : (problems[0]?.message ?? 'no guideline'));
      },
      save: (name, bytes) => {
        saved.set(name, new TextDecoder().decode(bytes));
        return Promise.resolve();
      },
      onProgress: () => undefined,
    };
  }

  it('takes what is there, in both layouts, and passes over what is not', async () => {
    serve('/raw/guidelines/2020.06.json', GUIDELINE);
    serve('/raw/2015.07.json', GUIDELINE);
    serve('/raw/add-ons/guidelines/dns.2020.06.json', GUIDELINE);
    serve('/raw/verticals/nfv.next.json', GUIDELINE);
    const saved = new Map<string, string>();
    const report = await fetchGuidelines(base, PUBLISHED_GUIDELINES, context(saved));
    assert.deepEqual([...saved.keys()].sort(), ['2015.07.json', '2020.06.json', 'dns.2020.06.json', 'nfv.next.json']);
    assert.deepEqual(report, { saved: [...saved.keys()], refused: [], cancelled: false });
    assert.equal(saved.get('2015.07.json'), GUIDELINE);
  });

  it('refuses what is no guideline, no UTF-8, too large or an error, and goes on', async () => {
    serve('/raw/guidelines/2015.03.json', '{"a": 1}');
    files.set('/raw/guidelines/2015.04.json', (_, response) => response.end(Buffer.from([0xff, 0xfe, 0x41])));
    files.set('/raw/guidelines/2015.05.json', (_, response) => response.end(Buffer.alloc(LARGEST_GUIDELINE + 1, 32)));
    files.set('/raw/guidelines/2015.07.json', (_, response) => response.writeHead(500).end());
    serve('/raw/guidelines/2016.01.json', GUIDELINE);
    const saved = new Map<string, string>();
    const report = await fetchGuidelines(base, PUBLISHED_GUIDELINES, context(saved));
    assert.deepEqual([...saved.keys()], ['2016.01.json']);
    assert.deepEqual(
      report.refused.map(({ name }) => name),
      ['2015.03.json', '2015.04.json', '2015.05.json', '2015.07.json'],
    );
    assert.match(report.refused[0]?.reason ?? '', /no interoperability guideline/);
    assert.match(report.refused[1]?.reason ?? '', /UTF-8/);
    assert.match(report.refused[2]?.reason ?? '', /larger than/);
    assert.match(report.refused[3]?.reason ?? '', /500/);
  });

  it('ends when cancelled, and keeps what it has', async () => {
    const abort = new AbortController();
    serve('/raw/guidelines/2015.03.json', GUIDELINE);
    files.set('/raw/guidelines/2015.04.json', () => abort.abort());
    const saved = new Map<string, string>();
    const report = await fetchGuidelines(base, PUBLISHED_GUIDELINES, context(saved, abort));
    assert.deepEqual(report, { saved: ['2015.03.json'], refused: [], cancelled: true });
    assert.deepEqual(asked, ['/raw/guidelines/2015.03.json', '/raw/guidelines/2015.04.json']);
  });

  it('says which server cannot be reached, after one attempt', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    await assert.rejects(fetchGuidelines(address, PUBLISHED_GUIDELINES, context(new Map())), (error) => {
      assert.ok(error instanceof FetchError);
      assert.ok(error.message.startsWith(`${address} cannot be reached`));
      return true;
    });
  });

  it('uses https, and plain http on this machine alone', () => {
    assert.equal(checkBaseUrl('https://example.org/raw').href, 'https://example.org/raw/');
    assert.equal(checkBaseUrl('http://localhost:8/x/').href, 'http://localhost:8/x/');
    for (const refused of ['http://example.org/', 'file:///etc/', 'http://127.0.0.1.example.org/']) {
      assert.throws(() => checkBaseUrl(refused), /over https only/);
    }
    for (const broken of ['', 'example.org']) assert.throws(() => checkBaseUrl(broken), FetchError);
  });
});
