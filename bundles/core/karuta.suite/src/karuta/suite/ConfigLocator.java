package karuta.suite;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.suite.Layout.Candidate;
import karuta.yaml.Suggestion;

/** A suite's files where another code's configuration says that they are. */
final class ConfigLocator implements Locator {

    /**
     * What a configuration says of a task.
     *
     * @param where it says so, for messages
     * @param train file of training samples
     * @param test file of test samples
     * @param trainImages where the paths of training images start from
     * @param testImages where the paths of test images start from
     * @param annotation file or folder of what stands beside the test samples, if it names any
     */
    record Entry(String where, Path train, Path test, Path trainImages, Path testImages, Optional<Path> annotation) {}

    private final Suite suite;
    private final Path config;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ConfigLocator(Suite suite, Path config) {
        this.suite = suite;
        this.config = config;
    }

    /**
     * Reads MCITlib's folder of JSON files, one a task, or Prism's Python file of a benchmark, or the folder of these files.
     *
     * @param root that relative paths start from
     * @throws KarutaException if it is neither, or says something that is not known
     */
    static ConfigLocator read(Suite suite, Path config, Path root) {
        var locator = new ConfigLocator(suite, config);
        if (Files.isRegularFile(config) && config.toString().endsWith(".py")) {
            PrismConfig.read(config, root, locator::add);
        } else if (Files.isDirectory(config) && McitConfig.isOne(config)) {
            McitConfig.read(config, root, locator::add);
        } else if (Files.isDirectory(config)) {
            PrismConfig.read(PrismConfig.in(config, suite), root, locator::add);
        } else {
            throw new KarutaException(
                    "There is no configuration " + config + ".",
                    "Name MCITlib's folder of a JSON file per task, or Prism's Python file of a benchmark.");
        }
        return locator;
    }

    /** A path that a configuration says. */
    static Path path(Path config, String text, Path root) {
        try {
            return root.resolve(text);
        } catch (InvalidPathException e) {
            throw new KarutaException(
                    "The configuration " + config + " has a path that no file can have (" + e.getReason() + ").",
                    "Correct it.",
                    e);
        }
    }

    private void add(String name, Entry entry) {
        var task = suite.find(name)
                .orElseThrow(() -> new KarutaException(
                        "The configuration " + entry.where() + " is of task \"" + name + "\", which " + suite.title()
                                + " does not have"
                                + Suggestion.hint(
                                        name,
                                        suite.tasks().stream()
                                                .map(SuiteTask::name)
                                                .toList()) + ".",
                        "Is it the configuration of this suite?"));
        var before = entries.put(task.name(), entry);
        if (before != null) {
            throw new KarutaException(
                    "The task " + task.name() + " has two configurations, " + before.where() + " and " + entry.where()
                            + ".",
                    "Take one away.");
        }
    }

    @Override
    public TaskFiles find(SuiteTask task) {
        var entry = Optional.ofNullable(entries.get(task.name()))
                .orElseThrow(() -> new KarutaException(
                        "The configuration " + config + " says nothing of task " + task.name() + ".",
                        "It is about " + String.join(", ", entries.keySet()) + "."));
        var sides = new LinkedHashMap<String, FileChoice>();
        task.sides()
                .forEach(side -> beside(side, entry, task)
                        .ifPresent(paths -> sides.put(side.name(), choice(side.name() + " file", task, entry, paths))));
        return new TaskFiles(
                Optional.of(choice("training file", task, entry, List.of(entry.train()))),
                choice("test file", task, entry, List.of(entry.test())),
                entry.trainImages(),
                entry.testImages(),
                sides);
    }

    /** A folder holds files of the names that they have in the suite's first layout. */
    private Optional<List<Path>> beside(Side side, Entry entry, SuiteTask task) {
        var annotation = entry.annotation();
        if (annotation.filter(Files::isDirectory).isEmpty()) {
            return annotation.filter(file -> side.without().isEmpty()).map(List::of);
        }
        var candidates =
                suite.layouts().get(0).places().get(task.name()).sides().getOrDefault(side.name(), List.of());
        var paths = candidates.stream()
                .map(Candidate::path)
                .map(path -> annotation.get().resolve(path.substring(path.lastIndexOf('/') + 1)))
                .distinct()
                .toList();
        return Optional.of(paths).filter(it -> !it.isEmpty());
    }

    private FileChoice choice(String what, SuiteTask task, Entry entry, List<Path> paths) {
        return new FileChoice(
                "the " + what + " of task " + task.name() + " of " + suite.title() + " (" + entry.where() + ")",
                paths.stream()
                        .map(path -> new FileChoice.Choice(path, Optional.empty()))
                        .toList());
    }

    @Override
    public String name() {
        return "configuration " + config;
    }
}
