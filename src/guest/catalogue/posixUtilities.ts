/** Utilities that POSIX.1-2017 (Shell and Utilities, XSI ones included) names, without the development tools no guest is asked for. */
export const POSIX_UTILITIES: ReadonlySet<string> = new Set(
  (
    'admin alias ar asa at awk basename batch bc bg cat cd chgrp chmod chown cksum cmp comm command compress cp crontab csplit ' +
    'ctags cut date dd df diff dirname du echo ed env ex expand expr false fc fg file find fold fuser gencat getconf getopts grep ' +
    'hash head iconv id ipcrm ipcs jobs join kill link ln locale localedef logger logname lp ls m4 mailx make man mesg mkdir mkfifo ' +
    'more mv newgrp nice nl nm nohup od paste patch pathchk pax pr printf ps pwd read renice rm rmdir sed sh sleep sort split strings ' +
    'strip stty tabs tail talk tee test time touch tput tr true tsort tty type ulimit umask unalias uname uncompress unexpand uniq ' +
    'unlink uucp uudecode uuencode uustat uux vi wait wc who write xargs zcat ' +
    // Special built-in utilities of the shell.
    ': . [ break continue eval exec exit export readonly return set shift times trap unset'
  ).split(' '),
);
