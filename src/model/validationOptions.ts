/** The option that switches guest checks off, under its names over the years (`run_ssh` until 2015). */
export const VALIDATION_OPTIONS: readonly string[] = ['validation.run_validation', 'compute.run_ssh'];
