package karuta.engine.run;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import karuta.api.Image;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.engine.features.Hash;

/** Names the content of tasks, in their order. */
final class DataHash {

    private DataHash() {}

    static String of(List<Task> tasks) {
        return Hash.of(tasks.stream().map(DataHash::of).toArray(String[]::new)).hex();
    }

    private static String of(Task task) {
        return hash(Stream.of(task.name(), task.scorer()), task);
    }

    /** Names the samples of one task, however they are scored. */
    static String samples(Task task) {
        return hash(Stream.empty(), task);
    }

    private static String hash(Stream<String> before, Task task) {
        var split = Integer.toString(task.train().size());
        var samples = Stream.concat(task.train().stream(), task.test().stream()).flatMap(DataHash::texts);
        return Hash.of(Stream.concat(Stream.concat(before, Stream.of(split)), samples)
                        .toArray(String[]::new))
                .hex();
    }

    private static Stream<String> texts(Sample sample) {
        var query = sample.query();
        var simple = query.earlier().isEmpty() && sample.references().size() == 1;
        return Stream.of(
                        simple
                                ? Stream.<String>empty()
                                : Stream.of(query.earlier().size() + " turns before, "
                                        + sample.references().size() + " references"),
                        Stream.of(sample.id()),
                        query.images().isEmpty()
                                ? Stream.of("")
                                : query.images().stream().map(Image::fingerprint),
                        query.earlier().stream().flatMap(turn -> Stream.of(turn.question(), turn.answer())),
                        Stream.of(query.instruction()),
                        sample.references().stream(),
                        new TreeMap<>(sample.fields())
                                .entrySet().stream()
                                        .flatMap(field -> Stream.concat(
                                                Stream.of("field " + field.getKey()), field.getValue().stream())))
                .flatMap(texts -> texts);
    }
}
