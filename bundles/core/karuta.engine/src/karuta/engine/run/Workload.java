package karuta.engine.run;

import java.util.List;

/**
 * What a run has to do.
 *
 * @param steps of the optimiser, stage by stage
 * @param answers after every stage and before the first
 */
record Workload(List<Long> steps, long answers) {

    /** The steps after a stage; 0 is before the first. */
    long stepsAfter(int stage) {
        return steps.stream().skip(stage).mapToLong(Long::longValue).sum();
    }

    /** The answers after the evaluation of a stage; all of them for -1. */
    long answersAfter(int stage) {
        return answers * (steps.size() - stage);
    }
}
