/** The names of the one input and the two outputs of every exported model. */

/** N x features, float32; missing is NaN. */
export const INPUT = "features";
/** N x outputs, float32: alarms and classes are decided on these. */
export const RAW = "raw";
/** N x outputs, float32: probabilities, or the remaining life. */
export const PREDICTED = "predicted";
