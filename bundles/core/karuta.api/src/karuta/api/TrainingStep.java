package karuta.api;

/**
 * When a training step happens.
 *
 * @param stage of the schedule
 * @param step from 0, within the stage
 * @param steps how many the stage has
 * @param random random numbers of this step
 */
public record TrainingStep(Stage stage, int step, int steps, RandomStream random) {}
