package karuta.use.learn;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.files.Sha256;
import karuta.samples.Together;

/**
 * Which training samples of a task are held out from its training. Samples that share an image, or without images the question,
 * stay together, so that nothing that is asked in validation was seen. What is drawn depends on images, share and seed alone: not
 * on names, nor on the order of the samples.
 *
 * @param share of the samples, from 0 to 1; as many groups are drawn as fit into it
 * @param seed of the draw
 */
public record HoldOut(double share, long seed) {

    /** A fifth. */
    public static final HoldOut DEFAULT = new HoldOut(0.2, 1);

    /**
     * @throws KarutaException if it is no share, or nothing would be left to learn from
     */
    public HoldOut {
        if (!(share >= 0 && share < 1)) {
            throw new KarutaException(
                    "The share that is held out is " + share + ".", "It goes from 0 to less than 1 (of percent: 100).");
        }
    }

    /**
     * Both parts, each in the order of the data.
     *
     * @param training to learn from
     * @param validation held out
     */
    public record Split(List<Sample> training, List<Sample> validation) {

        /** Copies both. */
        public Split {
            training = List.copyOf(training);
            validation = List.copyOf(validation);
        }
    }

    /** Samples that must stay together, with what they are drawn by. */
    private record Group(String draw, List<Integer> members) {}

    /**
     * Splits.
     *
     * @throws KarutaException if an image cannot be read, or no group of samples fits into the share
     */
    public Split of(List<Sample> samples) {
        if (share == 0) {
            return new Split(samples, List.of());
        }
        var wanted = (int) Math.max(1, Math.round(share * samples.size()));
        var held = new boolean[samples.size()];
        var count = 0;
        for (var group : groups(samples)) {
            if (count + group.members().size() <= wanted) {
                group.members().forEach(member -> held[member] = true);
                count += group.members().size();
            }
        }
        if (count == 0 || count == samples.size()) {
            throw new KarutaException(
                    "Of " + samples.size() + " samples none can be held out: those that share an image are "
                            + "more than the share, " + share + ", allows.",
                    "Give more samples, a larger --holdout, or --holdout 0 to learn without validation.");
        }
        return new Split(part(samples, held, false), part(samples, held, true));
    }

    /**
     * Splits a task's training samples; where nothing is to be held out, its test samples are what it is validated with.
     *
     * @throws KarutaException as {@link #of(List)}
     */
    public Split of(Task task) {
        var split = of(task.train());
        return share == 0 ? new Split(split.training(), task.test()) : split;
    }

    private static List<Sample> part(List<Sample> samples, boolean[] held, boolean which) {
        return IntStream.range(0, held.length)
                .filter(i -> held[i] == which)
                .mapToObj(samples::get)
                .toList();
    }

    /** In the order in which they are drawn. */
    private List<Group> groups(List<Sample> samples) {
        var keys = samples.stream().map(HoldOut::keys).toList();
        var all = IntStream.range(0, samples.size()).boxed().toList();
        return Together.of(all, keys::get).entrySet().stream()
                .map(group -> new Group(Sha256.of(seed + " " + group.getKey()), group.getValue()))
                .sorted(Comparator.comparing(Group::draw))
                .toList();
    }

    private static List<String> keys(Sample sample) {
        var images = sample.query().images();
        return images.isEmpty()
                ? List.of("text " + sample.query().instruction())
                : images.stream().map(Image::fingerprint).toList();
    }
}
