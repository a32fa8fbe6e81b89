import { newObject } from './heap';
import type { CallArguments } from './machine';
import { SERVICE_ACCOUNT_OPTIONS } from './sinks';
import { NONE, UNKNOWN, present, type HeapObject, type Value } from './values';

/** The connection of paramiko: its channels belong to the account that it logs in with. */
const PARAMIKO = /^paramiko\.(client\.)?SSHClient$/;
/** `connect(hostname, port, username, password, pkey, key_filename)` */
const PARAMIKO_LOGIN = ['hostname', '', 'username', 'password', 'pkey', 'key_filename'];

/** Tempest's own clients where their code is not in the workspace, with the parameters of their constructors. */
const TEMPEST_CLIENTS: readonly { readonly path: RegExp; readonly parameters: readonly string[] }[] = [
  {
    path: /^tempest(_lib)?\.(lib\.)?common\.ssh\.Client$/,
    parameters: ['hostname', 'username', 'password', '', 'pkey', '', '', 'key_filename'],
  },
  {
    path: /^tempest(_lib)?\.(lib\.)?common\.utils\.linux\.remote_client\.RemoteClient$/,
    parameters: ['hostname', 'username', 'password', 'pkey'],
  },
];

/** Names of the same parameter. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  hostname: ['hostname', 'host', 'ip_address', 'server'],
};

/**
 * What a constructor of a connection makes: an object that keeps the account it logs in with, as far as that is known yet.
 * @returns null for any other callee
 */
export function openConnection(path: string, args: CallArguments): HeapObject | null {
  if (PARAMIKO.test(path)) return newObject('instance', null, path);
  const client = TEMPEST_CLIENTS.find((one) => one.path.test(path));
  if (!client) return null;
  const connection = newObject('instance', null, path);
  for (const [name, value] of readAccount(client.parameters, args)) connection.fields.set(name, value);
  return connection;
}

/** What paramiko's `connect` is given of the account. */
export function readLogin(args: CallArguments): ReadonlyMap<string, Value> {
  return readAccount(PARAMIKO_LOGIN, args);
}

function readAccount(parameters: readonly string[], args: CallArguments): Map<string, Value> {
  const account = new Map<string, Value>();
  parameters.forEach((name, i) => {
    if (name === '') return;
    const named = (KEYWORDS[name] ?? [name]).find((keyword) => args.kw.has(keyword));
    const value = (named === undefined ? undefined : args.kw.get(named)) ?? args.args[i];
    // What was left out may still come with arguments that are not known.
    account.set(name, value ?? (args.openArgs || args.openKw ? UNKNOWN : NONE));
  });
  return account;
}

/**
 * True for a login with nothing but a password that the test itself chose or got. A password out of the configuration is the
 * image's own.
 */
export function isPasswordLogin(account: ReadonlyMap<string, Value>): boolean {
  const password = present(account.get('password') ?? NONE);
  const keys = [account.get('pkey'), account.get('key_filename')];
  const isChosen = password.some(({ k }) => k === 'text' || k === 'data') && !password.some(({ k }) => k === 'conf');
  return isChosen && keys.every((key) => present(key ?? NONE).every((alternative) => alternative.k === 'const'));
}

/** Connections that turned out to lead to machines of the cloud, some only on another way of a branch. */
const serviceConnections = new WeakSet<HeapObject>();

/** Whether nothing that went over the connection asks anything of a guest. Remembered. */
export function leadsToService(connection: HeapObject): boolean {
  if (isServiceMachine(connection)) serviceConnections.add(connection);
  return serviceConnections.has(connection);
}

/** The same, after the fact: also for what was done before it turned out. */
export function hasLedToService(connection: HeapObject): boolean {
  return serviceConnections.has(connection);
}

/**
 * A machine of the cloud itself: its address stands in the configuration (a guest's is known at run time only), or the private key
 * does (a guest's is made together with it), or the account is a service's.
 */
function isServiceMachine({ fields }: HeapObject): boolean {
  const host = present(fields.get('hostname') ?? []);
  return (
    (host.length > 0 && host.every(({ k }) => k === 'conf' || k === 'const') && host.some(({ k }) => k === 'conf')) ||
    [fields.get('pkey'), fields.get('key_filename')].some((key) => key?.some(({ k }) => k === 'conf')) ||
    isServiceAccount(fields.get('username'))
  );
}

function isServiceAccount(account: Value | undefined): boolean {
  return (
    account?.some((alternative) => alternative.k === 'conf' && SERVICE_ACCOUNT_OPTIONS.test(alternative.path)) ?? false
  );
}
