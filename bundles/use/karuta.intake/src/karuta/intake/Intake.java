package karuta.intake;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.bench.folder.Index;
import karuta.bench.folder.NewFolder;
import karuta.intake.IntakeReport.Made;
import karuta.samples.Entry;

/** Makes a folder per task of what lies scattered. */
public final class Intake {

    private static final String IMAGES = "images";

    private final IntakeRequest request;
    private final LeftOut left;
    private final Watch watch;
    private final List<String> notes = new ArrayList<>();
    private Map<String, List<Item>> tasks = Map.of();
    private Set<Item> test = Set.of();

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Watch {

        /**
         * @param what is looked at: sample, image
         * @param number of them that are done
         * @param total how many there are; 0 if nobody knows
         */
        void at(String what, int number, int total);
    }

    /** @param kept how many of what is left out are named for each reason */
    public Intake(IntakeRequest request, int kept, Watch watch) {
        this.request = request;
        this.watch = watch;
        left = new LeftOut(kept);
    }

    /**
     * Reads everything, and writes nothing yet.
     *
     * @param workers how many threads decode images
     * @throws KarutaException if a source cannot be read
     */
    public IntakeReport read(int workers) {
        var names = new TaskNames();
        var drafts = new ArrayList<Draft>();
        var sources = request.sources().stream()
                .map(path -> Source.of(path, request.form()))
                .toList();
        refuseIdle(sources);
        for (var source : sources) {
            var reading = new Reading(source, request, names, left, watch);
            drafts.addAll(reading.drafts());
            notes.addAll(reading.notes());
        }
        names.note().ifPresent(notes::add);
        var items = new Agreement(request.several(), left).of(new Photos(left).look(drafts, workers, watch));
        test = new Halves(request.halves().test(), request.halves().seed()).test(items);
        tasks = items.stream().collect(Collectors.groupingBy(Item::task, LinkedHashMap::new, Collectors.toList()));
        tasks.forEach((task, samples) -> {
            if (request.halves().test() > 0 && samples.stream().noneMatch(test::contains)) {
                notes.add("The task \"" + task + "\" has no test samples: its " + samples.size()
                        + " cannot be parted without an image on both sides.");
            }
        });
        if (request.link() == Link.SOFT && !tasks.isEmpty()) {
            notes.add(
                    "The images are links that lead out of their folders: a study reads them with \"outside: true\".");
        }
        return new IntakeReport(tasks.entrySet().stream().map(this::made).toList(), left.all(), notes);
    }

    /** What no source heeds was meant otherwise. */
    private void refuseIdle(List<Source> sources) {
        if (sources.stream().noneMatch(source -> source.heeds(request.columns().keySet()))) {
            throw new KarutaException(
                    "Columns are named, but there is no table: "
                            + sources.stream()
                                    .map(source -> source.path() + " is read as "
                                            + source.form().words())
                                    .collect(Collectors.joining(", "))
                            + ".",
                    "Leave --column away, or say by --as what the sources are.");
        }
        if (request.encoding().isPresent() && sources.stream().noneMatch(source -> source.form() == Form.TABLE)) {
            throw new KarutaException("An encoding is named, but JSON is always UTF-8.", "Save the file as UTF-8.");
        }
    }

    private Made made(Map.Entry<String, List<Item>> task) {
        var samples = task.getValue();
        var tests = (int) samples.stream().filter(test::contains).count();
        return new Made(
                task.getKey(),
                samples.size() - tests,
                tests,
                (int) samples.stream()
                        .flatMap(item -> item.photos().stream())
                        .map(Photo::bytes)
                        .distinct()
                        .count(),
                (int) samples.stream()
                        .flatMap(item -> item.answers().stream())
                        .distinct()
                        .count());
    }

    /**
     * Writes what was read, all of it or nothing.
     *
     * @param out a folder that does not exist yet, or an empty one
     * @throws KarutaException if the folder is in use or cannot be written
     */
    public void write(Path out) {
        NewFolder.write(out, root -> {
            var listed = new ArrayList<Index.Listed>();
            for (var task : tasks.entrySet()) {
                write(task.getValue(), Files.createDirectories(root.resolve(task.getKey())));
                listed.add(new Index.Listed(task.getKey(), request.scorer(), Optional.empty()));
            }
            NewFolder.json(new Index(listed).json(), root.resolve(Index.FILE));
        });
    }

    private void write(List<Item> samples, Path folder) throws IOException {
        var ids = new HashSet<String>();
        var train = new JsonArray();
        var tests = new JsonArray();
        for (var item : samples) {
            var paths = new ArrayList<String>();
            for (var photo : item.photos()) {
                paths.add(IMAGES + "/" + photo.name());
                put(photo, folder);
            }
            var entry = new Entry(
                    unique(item.entry().id(), ids), paths, item.entry().turns());
            (test.contains(item) ? tests : train).add(entry.json());
        }
        NewFolder.json(train, folder.resolve("train.json"));
        if (!tests.isEmpty()) {
            NewFolder.json(tests, folder.resolve("test.json"));
        }
    }

    private void put(Photo photo, Path folder) throws IOException {
        var file = Files.createDirectories(folder.resolve(IMAGES)).resolve(photo.name());
        if (!Files.exists(file)) {
            request.link().put(photo.file(), file);
        }
    }

    private static String unique(String id, Set<String> ids) {
        var name = id;
        for (var number = 2; !ids.add(name); number++) {
            name = id + "~" + number;
        }
        return name;
    }
}
