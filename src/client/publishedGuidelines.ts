/** Where a guideline may lie below the base URL: the repository changed its layout once. */
export interface PublishedGuideline {
  /** `2020.06.json`: the name that it gets in the storage. */
  readonly name: string;
  /** Paths relative to the base URL, the newer layout first. */
  readonly paths: readonly string[];
}

/** Guidelines that were published, by id (facts: the history of the interop repository up to its retirement in 2025). */
const MAIN = [
  ...['2015.03', '2015.04', '2015.05', '2015.07', '2016.01', '2016.08', '2017.01', '2017.09', '2018.02', '2018.11'],
  ...['2019.06', '2019.11', '2020.06', '2020.11', '2021.11', '2022.06', '2022.11', 'next'],
];
const ADD_ON_ISSUES = [
  '2018.02',
  '2018.11',
  '2019.06',
  '2019.11',
  '2020.06',
  '2020.11',
  '2021.11',
  '2022.06',
  '2022.11',
  'next',
];
const ADD_ONS = ['dns', 'orchestration'].flatMap((name) => ADD_ON_ISSUES.map((issue) => `${name}.${issue}`));
const VERTICALS = ['nfv.next'];

/** Every guideline that a fetch asks for. One that a server does not have is no error. */
export const PUBLISHED_GUIDELINES: readonly PublishedGuideline[] = [
  ...MAIN.map((id) => publish(id, '')),
  ...ADD_ONS.map((id) => publish(id, 'add-ons/')),
  ...VERTICALS.map((id) => publish(id, 'verticals/')),
];

function publish(id: string, folder: string): PublishedGuideline {
  return { name: `${id}.json`, paths: [`${folder}guidelines/${id}.json`, `${folder}${id}.json`] };
}
