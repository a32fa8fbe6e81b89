/** How the guest is reached at a site. */
export type SiteKind =
  | 'ssh'
  | 'login'
  | 'ping'
  | 'connect'
  | 'user-data'
  | 'upload'
  | 'device'
  | 'console'
  | 'personality'
  | 'reboot'
  | 'image'
  | 'boot';
