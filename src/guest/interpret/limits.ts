/** Calls deeper than this are not followed. */
export const MAX_DEPTH = 48;
/** The same function may be active this often at once (recursion). */
export const MAX_RECURSION = 2;
/** The same method may be active this often at once on objects that are not the same. */
export const MAX_RECURSION_OVER_OBJECTS = 4;
/** Statements and expressions of one test: a runaway analysis ends here, and says so. */
export const MAX_STEPS = 400_000;
