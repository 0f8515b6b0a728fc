package karuta.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.suite.Layout.Candidate;

/** A suite's files in one of its layouts. */
record LayoutLocator(Suite suite, Layout layout, Path root, Optional<Path> images) implements Locator {

    /**
     * @param layout its id; empty for the only one of which there are test files. If there are none of any, the first one, so
     *     that the message says what is missing
     * @param images where all image paths start from, instead of where the layout says
     * @throws KarutaException if there are files of several layouts
     */
    static LayoutLocator of(Suite suite, String layout, Path root, Optional<Path> images) {
        if (!layout.isEmpty()) {
            return new LayoutLocator(suite, suite.layout(layout), root, images);
        }
        var there = suite.layouts().stream()
                .map(each -> new LayoutLocator(suite, each, root, images))
                .filter(LayoutLocator::hasTests)
                .toList();
        if (there.size() > 1) {
            throw new KarutaException(
                    "The folder " + root + " has files of " + suite.title() + " in several layouts: "
                            + there.stream().map(it -> it.layout.id()).collect(Collectors.joining(", ")) + ".",
                    "Name the layout that is meant.");
        }
        return there.isEmpty() ? new LayoutLocator(suite, suite.layouts().get(0), root, images) : there.get(0);
    }

    private boolean hasTests() {
        return suite.tasks().stream()
                .filter(task -> task.outOfScope().isEmpty())
                .anyMatch(task -> !find(task).test().there().isEmpty());
    }

    @Override
    public TaskFiles find(SuiteTask task) {
        var places = layout.places().get(task.name());
        var sides = new LinkedHashMap<String, FileChoice>();
        task.sides()
                .forEach(side -> Optional.ofNullable(places.sides().get(side.name()))
                        .ifPresent(paths -> sides.put(side.name(), choice(side.name() + " file", task, paths))));
        return new TaskFiles(
                Optional.of(places.train()).filter(it -> !it.isEmpty()).map(it -> choice("training file", task, it)),
                choice("test file", task, places.test()),
                folder(task, places.trainImages()),
                folder(task, places.testImages()),
                sides);
    }

    private FileChoice choice(String what, SuiteTask task, List<Candidate> candidates) {
        return new FileChoice(
                "the " + what + " of task " + task.name() + " of " + suite.title() + " (layout " + layout.id() + ")",
                candidates.stream()
                        .flatMap(candidate -> task.names()
                                .map(name -> candidate.path().replace("{task}", name))
                                .distinct()
                                .map(path -> new FileChoice.Choice(root.resolve(path), candidate.says())))
                        .distinct()
                        .toList());
    }

    /** The folder that is there, or the first one. */
    private Path folder(SuiteTask task, List<String> paths) {
        if (images.isPresent()) {
            return images.get();
        }
        var all = paths.stream()
                .flatMap(path -> task.names().map(name -> root.resolve(path.replace("{task}", name))))
                .distinct()
                .toList();
        var there = all.stream().filter(Files::isDirectory).toList();
        if (there.size() > 1) {
            throw new KarutaException(
                    "There is more than one folder of images for task " + task.name() + " of " + suite.title() + ": "
                            + there.stream().map(Path::toString).collect(Collectors.joining(" and ")) + ".",
                    "Name the one that is meant with the option \"images\".");
        }
        return there.isEmpty() ? all.get(0) : there.get(0);
    }

    @Override
    public String name() {
        return "layout " + layout.id();
    }
}
