/** `forewarn/training`: learners and their models. */
export { alarmScores } from "./alarm-score.ts";
export { type GbdtOptions, type GbdtSpec, gbdt } from "./gbdt/options.ts";
export type { Tree, TreeEnsemble, TreeModel } from "./gbdt/trees.ts";
export type { FitOptions, Learner, LearnerSpec, Model, TrainingSet } from "./learner.ts";
export { learnerOf, loadModel } from "./learners.ts";
export { type PooledRows, poolRows, predictRows } from "./predict-rows.ts";
export type { ScheduleModel } from "./schedule/model.ts";
export { SCHEDULE_THRESHOLD, type ScheduleOptions, type ScheduleSpec, scheduleRule } from "./schedule/options.ts";
export { type TrainedFold, type TrainedFolds, trainFolds } from "./train-folds.ts";
export { type FittedPart, type PartOptions, refitPart, type SettledSettings, trainPart } from "./train-part.ts";
export type { TrainingRows } from "./training-rows.ts";
