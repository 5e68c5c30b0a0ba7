/** `forewarn/training`: learners and their models. */
export { type GbdtOptions, type GbdtSpec, gbdt } from "./gbdt/options.ts";
export type { Tree, TreeEnsemble, TreeModel } from "./gbdt/trees.ts";
export type { FitOptions, Learner, LearnerSpec, Model, TrainingSet } from "./learner.ts";
export { learnerOf, loadModel } from "./learners.ts";
export { SCHEDULE_THRESHOLD, type ScheduleOptions, type ScheduleSpec, scheduleRule } from "./schedule/options.ts";
