package karuta.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import karuta.picture.ImageFiles;
import karuta.suite.FileChoice;
import karuta.suite.FileChoice.Choice;
import karuta.suite.Split;
import karuta.suite.Suite;
import karuta.suite.SuiteData;
import karuta.suite.SuiteOptions;
import karuta.suite.TaskScan;

/** A user's copy of a suite. */
public final class SuiteFolder implements Data {

    private final SuiteData data;
    private final Path root;
    private final SuiteOptions options;
    private final List<String> tasks;
    private final boolean whole;

    /**
     * @param suite whose data it is
     * @param root folder that the suite's layouts start from
     * @param options how it is read
     * @param chosen names or aliases of tasks; none for all that can be read
     * @throws karuta.api.KarutaException if there is no such folder, it has files of several layouts and the options name
     *     none, or there is no such task
     */
    public SuiteFolder(Suite suite, Path root, SuiteOptions options, List<String> chosen) {
        this.data = new SuiteData(suite, root, options);
        this.root = root;
        this.options = options;
        this.whole = chosen.isEmpty();
        this.tasks = (whole ? suite.order("") : chosen)
                .stream()
                        .filter(name -> !whole
                                || suite.find(name)
                                        .filter(task -> task.outOfScope().isEmpty())
                                        .isPresent())
                        .map(name -> suite.task(name).name())
                        .distinct()
                        .toList();
    }

    @Override
    public String title() {
        return data.suite().title() + " (" + data.layout() + ") in " + root;
    }

    @Override
    public List<String> tasks() {
        return tasks;
    }

    @Override
    public boolean isWhole() {
        return whole;
    }

    @Override
    public void scan(String task, TaskScan scan) {
        aliases(task).forEach(scan::note);
        data.scan(task, scan);
    }

    /** Where a task's own name is not that of its folder. */
    private List<String> aliases(String task) {
        return Stream.of(Split.values())
                .flatMap(split -> data.files(task).of(split).stream())
                .flatMap(choice -> choice.there().stream())
                .map(choice -> choice.file().getParent().getFileName().toString())
                .filter(name -> !name.equals(task))
                .distinct()
                .filter(name -> data.suite().task(task).answersTo(name))
                .map(name -> "The task " + task + " lies there as " + name + ".")
                .toList();
    }

    @Override
    public long bytes(String task, Split split) {
        return data.files(task).of(split).stream()
                .flatMap(choice -> choice.there().stream())
                .mapToLong(choice -> choice.file().toFile().length())
                .sum();
    }

    @Override
    public Optional<Integer> published(String task, Split split) {
        return data.suite().task(task).counts().stream().findFirst().flatMap(counts -> counts.of(split));
    }

    @Override
    public String rule(String task) {
        return data.suite().task(task).rules().get(0);
    }

    @Override
    public Optional<String> version(String task, String role, Path file) {
        return data.suite().task(task).sides().stream()
                .filter(side -> side.name().equals(role) && side.pictures().isPresent())
                .findFirst()
                .flatMap(side -> CaptionIds.version(file, side));
    }

    @Override
    public List<String> strangers() {
        var strangers = new TreeSet<String>();
        for (var task : data.suite().tasks()) {
            if (task.outOfScope().isEmpty()) {
                var files = data.files(task.name());
                Stream.concat(files.train().stream(), Stream.of(files.test()))
                        .map(FileChoice::choices)
                        .flatMap(List::stream)
                        .map(Choice::file)
                        .map(Path::getParent)
                        .filter(folder -> task.answersTo(folder.getFileName().toString()) && !folder.equals(root))
                        .map(Path::getParent)
                        .distinct()
                        .forEach(folder -> strangers.addAll(strangers(folder)));
            }
        }
        return List.copyOf(strangers);
    }

    private List<String> strangers(Path folder) {
        var strangers = new ArrayList<String>();
        try (var children = Files.list(folder)) {
            children.filter(SuiteFolder::hasSamples)
                    .filter(child ->
                            data.suite().find(child.getFileName().toString()).isEmpty())
                    .forEach(child -> strangers.add("The folder " + child + " holds samples, and no task of "
                            + data.suite().title() + " is called so."));
        } catch (IOException missing) {
            return List.of(); // that files are not there is told for each
        }
        return strangers;
    }

    private static boolean hasSamples(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().matches(".*\\.jsonl?"));
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public List<Suite.Source> sources() {
        return data.suite().sources();
    }

    @Override
    public ImageFiles images() {
        return options.files();
    }
}
