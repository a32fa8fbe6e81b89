/** Calls deeper than this are not followed. */
export const MAX_DEPTH = 48;
/** The same function may be active this often at once (recursion). */
export const MAX_RECURSION = 2;
/** Statements and expressions of one test: a runaway analysis ends here, and says so. */
export const MAX_STEPS = 400_000;
