package karuta.scoring.tree;

import java.nio.file.Path;

/**
 * The answers to a task after a stage.
 *
 * @param task its name in the suite
 * @param stage what the tree calls the stage
 * @param file of predictions
 */
public record Cell(String task, String stage, Path file) {}
