package karuta.api;

import java.util.List;

/**
 * A part of the schedule: some tasks learned together.
 *
 * @param number from 1, as the row of the accuracy matrix
 * @param tasks names; one in sequential learning, all in joint training
 */
public record Stage(int number, List<String> tasks) {}
