/**
 * The 160 utilities of POSIX.1-2017 (Shell and Utilities, options such as XSI, development and batch ones included) and the special
 * built-in utilities of the shell. Source: pubs.opengroup.org/onlinepubs/9699919799, the indexes of the chapters 4 (utilities) and
 * 2.14 (special built-ins).
 */
export const POSIX_UTILITIES: ReadonlySet<string> = new Set(
  (
    'admin alias ar asa at awk basename batch bc bg c99 cal cat cd cflow chgrp chmod chown cksum cmp comm command compress cp ' +
    'crontab csplit ctags cut cxref date dd delta df diff dirname du echo ed env ex expand expr false fc fg file find fold fort77 ' +
    'fuser gencat get getconf getopts grep hash head iconv id ipcrm ipcs jobs join kill lex link ln locale localedef logger ' +
    'logname lp ls m4 mailx make man mesg mkdir mkfifo more mv newgrp nice nl nm nohup od paste patch pathchk pax pr printf prs ps ' +
    'pwd qalter qdel qhold qmove qmsg qrerun qrls qselect qsig qstat qsub read renice rm rmdel rmdir sact sccs sed sh sleep sort ' +
    'split strings strip stty tabs tail talk tee test time touch tput tr true tsort tty type ulimit umask unalias uname uncompress ' +
    'unexpand unget uniq unlink uucp uudecode uuencode uustat uux val vi wait wc what who write xargs yacc zcat ' +
    // `test` under its other name, and the special built-in utilities.
    '[ : . break continue eval exec exit export readonly return set shift times trap unset'
  ).split(' '),
);
