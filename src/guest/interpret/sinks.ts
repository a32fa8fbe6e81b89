import type { SiteKind } from '../../model/siteKind';

/** A call outside the project (or a framework function known by name) that reaches the guest. */
export interface Sink {
  /** Dotted path of the callee, as the interpreter builds it: `()` behind what was called. */
  readonly path: RegExp;
  readonly kind: SiteKind;
  /** Position and keyword of the text sent to the guest, when there is one. */
  readonly text?: { readonly index: number; readonly keyword: string };
}

/**
 * Where Python code meets the guest. Everything above (Tempest's clients, a plugin's own copies of them) is found by running
 * their code; only where a tree has a plugin without Tempest are Tempest's own names needed. Source: paramiko's API;
 * facts/guest-portability §1.
 */
export const SINKS: readonly Sink[] = [
  { path: /^paramiko\..*\.exec_command$/, kind: 'ssh', text: { index: 0, keyword: 'command' } },
  { path: /^paramiko\..*\.invoke_shell$/, kind: 'ssh' },
  { path: /^paramiko\.(client\.)?SSHClient\(\)\.connect$/, kind: 'login' },
  { path: /^paramiko\..*\.(put|putfo)$/, kind: 'upload' },
  {
    path: /^tempest(_lib)?\.(lib\.)?common\.(ssh\.Client|utils\.linux\.remote_client\.RemoteClient)\(\)\.exec_command$/,
    kind: 'ssh',
    text: { index: 0, keyword: 'cmd' },
  },
  {
    path: /^tempest(_lib)?\.(lib\.)?common\.(ssh\.Client|utils\.linux\.remote_client\.RemoteClient)\(\)\.(test_connection_auth|validate_authentication)$/,
    kind: 'login',
  },
];

/** Programs on the tester's machine that demand something of the guest: an answer, or a file taken in over SSH. */
export const HOST_PROGRAMS: ReadonlyMap<string, SiteKind> = new Map([
  ['ping', 'ping'],
  ['ping6', 'ping'],
  ['arping', 'ping'],
  ['scp', 'upload'],
]);

/** Options of scp that take a word of their own (OpenSSH's scp(1)). */
export const SCP_VALUE_OPTION = /^-[a-zA-Z]*[cDFiJloPSX]$/;

/** External functions that start a program: the command is their first argument. */
export const PROCESS_STARTERS =
  /^(subprocess\.(Popen|call|check_call|check_output|run)|os\.(system|popen)|eventlet\.green\.subprocess\.Popen|oslo_concurrency\.processutils\.execute)$/;

/** Framework functions after which a server has come up: last argument tells the status waited for. */
export const SERVER_WAITERS: ReadonlySet<string> = new Set(['tempest.common.waiters.wait_for_server_status']);

/** Methods that send text to a console: of Tempest's web socket client (tempest.common.compute). */
export const CONSOLE_WRITERS: ReadonlySet<string> = new Set(['send_frame']);

/** Statuses that a server reaches without ever having come up. */
export const DEAD_STATUSES: ReadonlySet<string> = new Set(['ERROR', 'DELETED', 'BUILD']);

/**
 * Options that name an account on a machine of the cloud itself, not on a tenant's guest: what a client does that logs in with
 * one demands nothing of a guest. Octavia's amphorae, neutron's jump host.
 */
export const SERVICE_ACCOUNT_OPTIONS = /^(load_balancer\.amphora_|neutron_plugin_options\.ssh_proxy_jump_)/;
