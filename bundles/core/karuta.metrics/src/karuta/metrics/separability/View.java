package karuta.metrics.separability;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What some features tell of the tasks.
 *
 * @param name which: image, text, both
 * @param routed {@code [a][b]}: the share of task a's test samples that the router sends to task b, the one whose prototype is
 *     the nearest by cosine; a prototype is the mean of the task's training features. Equally near ones share a sample. With
 *     several features, the cosines' mean counts
 * @param overlap {@code [a][b]}: the share of the test samples of both that are nearer to the other's prototype than to their
 *     own, each task counting half: 0 is apart, 0.5 cannot be told apart. Equally near is half a sample
 * @param neighbours {@code [a][b]}: which tasks the ten nearest training samples of task a's test samples are of
 */
public record View(String name, List<List<Double>> routed, List<List<Double>> overlap, List<List<Double>> neighbours) {

    /** Copies the lists. */
    public View {
        routed = List.copyOf(routed);
        overlap = List.copyOf(overlap);
        neighbours = List.copyOf(neighbours);
    }

    /** The share of test samples that the router sends to their own task, mean over tasks. */
    public double accuracy() {
        return diagonal(routed);
    }

    /** The share of near neighbours that are of the own task, mean over tasks. */
    public double ownNeighbours() {
        return diagonal(neighbours);
    }

    private static double diagonal(List<List<Double>> square) {
        return IntStream.range(0, square.size())
                .mapToDouble(i -> square.get(i).get(i))
                .average()
                .orElseThrow();
    }
}
