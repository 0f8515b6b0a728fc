package karuta.engine.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;

/**
 * Looks at every picture of a study once. What it takes is not lost: the fingerprints are remembered.
 *
 * @param watch is told how far it is
 * @param stop ends it
 */
record PictureCheck(StudyListener watch, CancellationToken stop) {

    /** The name of the split that is learned from. */
    static final String TRAINING = "training";

    /** The pictures that cannot be used, with the cause. */
    Map<Image, String> bad(Map<String, Task> tasks) {
        var pictures = new LinkedHashSet<Image>();
        tasks.values().stream()
                .flatMap(PictureCheck::samples)
                .forEach(sample -> pictures.addAll(sample.query().images()));
        var bad = new HashMap<Image, String>();
        var done = 0;
        for (var image : pictures) {
            stop.check();
            try {
                image.fingerprint();
            } catch (KarutaException unusable) {
                bad.put(image, unusable.getMessage().lines().findFirst().orElse(""));
            }
            done++;
            watch.progress(new Progress("all runs", "checked image", done, pictures.size(), OptionalDouble.empty()));
        }
        return bad;
    }

    private static Stream<Sample> samples(Task task) {
        return Stream.concat(task.train().stream(), task.test().stream());
    }

    /** Tells each bad picture once, with the first sample that needs it, in the order of the data. */
    static void tell(Map<Image, String> bad, StudyResources resources, Findings findings) {
        var told = new HashSet<Image>();
        for (var task : resources.tasks().values()) {
            for (var split : splits(task).entrySet()) {
                for (var sample : split.getValue()) {
                    sample.query().images().stream()
                            .filter(bad::containsKey)
                            .filter(told::add)
                            .forEach(image -> findings.add(resources
                                            .origin()
                                            .of(task.name(), split.getKey().equals(TRAINING))
                                    + " sample " + sample.id() + ": " + bad.get(image)));
                }
            }
        }
    }

    /** Training and test samples by the name of the split. */
    static Map<String, List<Sample>> splits(Task task) {
        var splits = new LinkedHashMap<String, List<Sample>>();
        splits.put(TRAINING, task.train());
        splits.put("test", task.test());
        return splits;
    }
}
