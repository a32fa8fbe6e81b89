/** Why a rule has no quick fix at all: what a person would have to decide first. */
const REASONS: Readonly<Record<string, string>> = {
  IL103:
    'what proves the same without a file system (a hash of the volume, backup and restore) depends on what the test is for',
  IL105: 'the client is the choice of CONF.scenario.dhcp_client already; another way (a reboot) takes another test',
  IL109: 'the config drive has no spelling that all guests share; the API says only whether there is one',
  IL111: 'the command is portable as it stands; only a test without a guest command asks for less',
  IL113: 'what the guest was told is not what the subnet says until the guest is asked',
  IL114: 'where a script or background process runs instead is a matter of the test’s design',
  IL115: 'no console device has a name that all guests share',
  IL116: 'which network configuration the image has is for the image to tell',
  IL117:
    'the portable command (`ps -A`) prints other columns and is not in BusyBox; what reads them has to change with it',
  IL120: 'what runs under systemd has no name that all guests share',
  IL121: 'packet filters of other systems take other rules',
  IL122: 'kernel modules are Linux by nature',
  IL211: 'user data for other guests needs their own script',
  IL212: 'file injection is gone from microversion 2.57 on: metadata or user data takes another test',
  IL214: 'which image boots on the cloud is for its options to say',
  IL215: 'the option is there to be set: another default would only name another image',
  IL219: 'it runs on the test host; the guest only has to answer',
};

/** One sentence without a full stop. */
export function whyNoneIsKnown(rule: string): string {
  return REASONS[rule] ?? 'no quick fix is known for this rule';
}
