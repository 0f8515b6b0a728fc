package karuta.engine.run;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import karuta.api.Image;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.engine.features.Hash;

/** Names the content of tasks, each of which is read once, however many runs it is part of. */
public final class DataHash {

    /** By the task itself: comparing two of them takes longer than hashing one. */
    private final Map<Task, Prints> known = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Of a task.
     *
     * @param whole with its name and its scorer
     * @param samples its samples alone, however they are scored
     */
    private record Prints(String whole, String samples) {}

    /** Of several tasks, in their order. */
    String of(List<Task> tasks) {
        return Hash.of(tasks.stream().map(this::prints).map(Prints::whole).toArray(String[]::new))
                .hex();
    }

    /** Names the samples of one task, however they are scored. */
    public String samples(Task task) {
        return prints(task).samples();
    }

    private Prints prints(Task task) {
        return known.computeIfAbsent(
                task,
                each -> new Prints(hash(Stream.of(each.name(), each.scorer()), each), hash(Stream.empty(), each)));
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
