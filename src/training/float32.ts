/** The bound of float32, in which features and scores are held. */

/** The largest finite float32. */
export const LARGEST_FLOAT32 = 3.4028234663852886e38;
