/** How many files of a registry are read at a time: each can be a request to a service. */
export const READS_AT_ONCE = 8;
