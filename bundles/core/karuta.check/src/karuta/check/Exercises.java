package karuta.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Image;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.kit.ToyTasks;

/** The toy tasks with questions of different lengths, so that a batch has padding. */
final class Exercises {

    /** How many tasks are learned, one after the other. */
    static final int TASKS = 4;

    /** Examples of a task. */
    static final int EACH = 6;

    private static final String FILLER = " and then";

    private Exercises() {}

    /** The first samples of a task. */
    static List<Sample> of(int task, int n) {
        var plain = ToyTasks.samples(task, n);
        return IntStream.range(0, n).mapToObj(i -> longer(plain.get(i), i % 4)).toList();
    }

    /** Samples of a task that differ in nothing but their ids. */
    static List<Sample> alike(int task, int n) {
        return of(task, n).stream()
                .map(sample -> sample.with(of(task, 1).get(0).query()))
                .toList();
    }

    /** Some samples of all tasks that were learned, and of one that never was. */
    static List<Sample> mixed() {
        return IntStream.rangeClosed(1, TASKS + 1)
                .boxed()
                .flatMap(task -> of(task, 2).stream())
                .toList();
    }

    /** The same samples out of files in a folder. */
    static List<Sample> in(String folder, List<Sample> samples) {
        return samples.stream()
                .map(sample -> sample.with(new Query(
                        sample.query().images().stream()
                                .<Image>map(image -> new Located(image, folder + "/" + sample.id() + ".png"))
                                .toList(),
                        sample.query().earlier(),
                        sample.query().instruction())))
                .toList();
    }

    private static Sample longer(Sample sample, int times) {
        var words = Stream.generate(() -> FILLER).limit(times).reduce("", String::concat);
        return sample.with(new Query(
                sample.query().images(),
                sample.query().earlier(),
                sample.query().instruction() + words));
    }

    /**
     * An image out of a file.
     *
     * @param image what is in it
     * @param file where it lies
     */
    private record Located(Image image, String file) implements Image {

        @Override
        public String fingerprint() {
            return image.fingerprint();
        }

        @Override
        public Optional<String> path() {
            return Optional.of(file);
        }

        @Override
        public Pixels pixels() {
            return image.pixels();
        }
    }
}
