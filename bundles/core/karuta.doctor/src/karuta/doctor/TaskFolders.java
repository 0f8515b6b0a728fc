package karuta.doctor;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.picture.ImageFiles;
import karuta.samples.Elements;
import karuta.samples.Entry;
import karuta.samples.EntryReader;
import karuta.samples.ImageRoot;
import karuta.samples.JsonFile;
import karuta.samples.Shape;
import karuta.suite.Fault;
import karuta.suite.FileChoice;
import karuta.suite.FileChoice.Choice;
import karuta.suite.Split;
import karuta.suite.Suite;
import karuta.suite.SuiteRecord;
import karuta.suite.TaskScan;

/** A folder per task, as the benchmark {@code folder} reads it. */
public final class TaskFolders implements Data {

    private static final String INDEX = "benchmark.json";
    private static final String DEFAULT_RULE = "exact";

    private final Path root;
    private final Optional<Path> images;
    private final boolean outside;
    private final Map<String, String> rules; // by task, in their order
    private final List<String> tasks;

    /**
     * @param root that holds the folders
     * @param images where paths of images start from; empty for the task's folder, or else the root
     * @param outside whether images may lie outside of these folders
     * @param chosen names of tasks; none for all
     * @throws KarutaException if there is no such folder, it holds no task, or not the chosen ones
     */
    public TaskFolders(Path root, Optional<Path> images, boolean outside, List<String> chosen) {
        this.root = root;
        this.images = images;
        this.outside = outside;
        if (!Files.isDirectory(root)) {
            throw new KarutaException("There is no folder " + root.toAbsolutePath() + ".", "Correct the path.");
        }
        rules = Files.isRegularFile(root.resolve(INDEX)) ? index() : folders();
        if (rules.isEmpty()) {
            throw new KarutaException(
                    "The folder " + root.toAbsolutePath() + " holds no task" + images(root) + ".",
                    "A task is a folder in it with a train.json and a test.json. The field's suites have other folders:"
                            + " --suite coin. `karuta data import` makes tasks of tables and of a folder per class.");
        }
        chosen.stream().filter(task -> !rules.containsKey(task)).findFirst().ifPresent(task -> {
            throw new KarutaException(
                    "The folder " + root.toAbsolutePath() + " has no task " + task + ".",
                    "Its tasks are " + String.join(", ", rules.keySet()) + ".");
        });
        tasks = chosen.isEmpty() ? List.copyOf(rules.keySet()) : List.copyOf(chosen);
    }

    /** Images alone are nothing to learn from. */
    private static String images(Path root) {
        try (var files = Files.walk(root, 2)) {
            var count = files.filter(Orphans::isImage).count();
            return count == 0 ? "" : ": it has " + count + " images, but no questions and answers";
        } catch (IOException | UncheckedIOException unreadable) {
            return "";
        }
    }

    private Map<String, String> index() {
        var rulesOf = new LinkedHashMap<String, String>();
        Optional.of(JsonFile.read(root.resolve(INDEX)))
                .filter(JsonElement::isJsonObject)
                .flatMap(object -> JsonFile.list(object.getAsJsonObject(), "tasks"))
                .ifPresent(list -> list.forEach(task -> Optional.of(task)
                        .filter(JsonElement::isJsonObject)
                        .map(JsonElement::getAsJsonObject)
                        .ifPresent(object -> JsonFile.text(object, "name")
                                .ifPresent(name -> rulesOf.put(
                                        name, JsonFile.text(object, "scorer").orElse(DEFAULT_RULE))))));
        return rulesOf;
    }

    private Map<String, String> folders() {
        var rulesOf = new LinkedHashMap<String, String>();
        children().stream()
                .filter(name -> !choice(name, Split.TRAIN).there().isEmpty()
                        || !choice(name, Split.TEST).there().isEmpty())
                .forEach(name -> rulesOf.put(name, DEFAULT_RULE));
        return rulesOf;
    }

    private List<String> children() {
        try (var children = Files.list(root)) {
            return children.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new KarutaException(
                    "The folder " + root + " cannot be read (" + e.getMessage() + ").", "May this user read it?", e);
        }
    }

    private FileChoice choice(String task, Split split) {
        var folder = root.resolve(task);
        return new FileChoice(
                "the " + split + " file of task " + task,
                List.of(
                        new Choice(folder.resolve(split + ".json"), Optional.empty()),
                        new Choice(folder.resolve(split + ".jsonl"), Optional.empty())));
    }

    @Override
    public String title() {
        return "Tasks in the folders of " + root;
    }

    @Override
    public List<String> tasks() {
        return tasks;
    }

    @Override
    public boolean isWhole() {
        return tasks.size() == rules.size();
    }

    @Override
    public void scan(String task, TaskScan scan) {
        for (var split : List.of(Split.TEST, Split.TRAIN)) {
            var choice = choice(task, split);
            scan.file(split.toString(), choice);
            if (split == Split.TEST
                    && choice.there().isEmpty()
                    && !choice(task, Split.TRAIN).there().isEmpty()) {
                scan.note("There are no test samples: a study needs some, `karuta learn` does not.");
                continue;
            }
            try {
                new Pass(task, split, choice.need().file(), scan).read();
            } catch (KarutaException e) {
                scan.fault(fault(Fault.Kind.FILE, choice.choices().get(0).file(), e));
            }
        }
    }

    private static Fault fault(Fault.Kind kind, Path file, KarutaException found) {
        return new Fault(kind, file, found.getMessage().lines().findFirst().orElseThrow());
    }

    /** Once through a file. */
    private final class Pass {

        private final Split split;
        private final Path file;
        private final TaskScan scan;
        private final ImageRoot roots;
        private final EntryReader reader = new EntryReader(Shape.LLAVA);
        private final Set<String> ids = new HashSet<>();

        private Pass(String task, Split split, Path file, TaskScan scan) {
            this.split = split;
            this.file = file;
            this.scan = scan;
            this.roots =
                    new ImageRoot(images.map(List::of).orElse(List.of(root.resolve(task), root)), outside, images());
        }

        private void read() {
            try {
                new Elements(file).each((element, where) -> {
                    try {
                        show(reader.read(element, where), where);
                    } catch (KarutaException e) {
                        scan.fault(fault(Fault.Kind.RECORD, file, e));
                    }
                    return true;
                });
            } catch (KarutaException e) {
                scan.fault(fault(Fault.Kind.BROKEN, file, e));
            }
        }

        private void show(Entry entry, String where) {
            if (split == Split.TEST && !ids.add(entry.id())) {
                scan.fault(new Fault(
                        Fault.Kind.TWICE, file, where + " has the id " + entry.id() + " of a sample before."));
                return;
            }
            try {
                entry.images().forEach(image -> roots.check(image, where + " (id " + entry.id() + ")"));
            } catch (KarutaException e) {
                scan.fault(fault(Fault.Kind.IMAGE, file, e));
                return;
            }
            scan.record(new SuiteRecord(
                    split,
                    reader.number(),
                    where,
                    entry,
                    entry.images().stream().map(this::place).toList()));
        }

        private Path place(String image) {
            return roots.bases().stream()
                    .map(base -> base.resolve(image))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElse(roots.bases().get(0).resolve(image));
        }
    }

    @Override
    public long bytes(String task, Split split) {
        return choice(task, split).there().stream()
                .mapToLong(choice -> choice.file().toFile().length())
                .sum();
    }

    @Override
    public Optional<Integer> published(String task, Split split) {
        return Optional.empty();
    }

    @Override
    public String rule(String task) {
        return rules.getOrDefault(task, DEFAULT_RULE);
    }

    @Override
    public Optional<String> version(String task, String role, Path file) {
        return Optional.empty();
    }

    @Override
    public List<String> strangers() {
        return children().stream()
                .filter(name -> !rules.containsKey(name))
                .filter(name -> !choice(name, Split.TRAIN).there().isEmpty()
                        || !choice(name, Split.TEST).there().isEmpty())
                .map(name -> "The folder " + root.resolve(name) + " holds samples, and " + INDEX + " does not name it.")
                .toList();
    }

    @Override
    public List<Suite.Source> sources() {
        return List.of();
    }

    @Override
    public ImageFiles images() {
        return ImageFiles.STORED;
    }
}
