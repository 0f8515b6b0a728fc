package karuta.api;

/**
 * When a training step happens.
 *
 * @param stage of the schedule
 * @param phase of the stage
 * @param epoch from 0: how often the data of the phase has been gone through
 * @param step from 0, within the phase
 * @param steps how many the phase has
 * @param random random numbers of this step
 */
public record TrainingStep(Stage stage, Phase phase, int epoch, int step, int steps, RandomStream random) {

    /** The same step with random numbers of its own, for a further forward pass (other dropout than in the first). */
    public TrainingStep fork(String name) {
        return new TrainingStep(stage, phase, epoch, step, steps, random.fork(name));
    }
}
