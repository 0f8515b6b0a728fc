package karuta.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.samples.LeakCheck;
import karuta.samples.Pictures;
import karuta.samples.SampleList;
import karuta.suite.SuiteOptions.Leaks;

/** A user's copy of a suite. */
public final class SuiteData {

    private final Suite suite;
    private final Locator locator;
    private final SuiteOptions options;

    /**
     * @param suite whose files these are
     * @param root folder that the suite's layouts start from
     * @param options how it is read
     * @throws KarutaException if there is no such folder, or it has files of several layouts and the options name none, or
     *     their configuration cannot be read
     */
    public SuiteData(Suite suite, Path root, SuiteOptions options) {
        if (!Files.isDirectory(root)) {
            throw new KarutaException(
                    "There is no folder " + root.toAbsolutePath() + " with " + suite.title() + ".",
                    "Name the folder that its files are in.");
        }
        this.suite = suite;
        this.locator = options.config()
                .<Locator>map(config -> ConfigLocator.read(suite, config, root))
                .orElseGet(() -> LayoutLocator.of(suite, options.layout(), root, options.images()));
        this.options = options;
    }

    /** The suite. */
    public Suite suite() {
        return suite;
    }

    /** What says where the files are, such as {@code layout Original}. */
    public String layout() {
        return locator.name();
    }

    /**
     * Where the files of a task are or should be.
     *
     * @param name or alias of the task
     * @throws KarutaException if there is no such task, or it is out of scope
     */
    public TaskFiles files(String name) {
        var files = locator.find(suite.task(name));
        return options.images()
                .map(images -> new TaskFiles(files.train(), files.test(), images, images, files.sides()))
                .orElse(files);
    }

    /**
     * Reads a task.
     *
     * @param name or alias of the task
     * @throws KarutaException if there is no such task, or anything is wrong with its files: the message names the first
     *     faults, each with file and place. Whether images are there is not looked at
     */
    public Task task(String name) {
        var task = suite.task(name);
        var reading = new Reading(task);
        var scanner = reading.scanner();
        scanner.test();
        scanner.train();
        reading.throwIfFaulty();
        var notes = new ArrayList<>(reading.notes());
        var test = reading.samples(Split.TEST);
        var train = withoutLeaks(reading.samples(Split.TRAIN), test, task, notes);
        return new Task(task.name(), task.about(), train, test, task.rules().get(0), notes);
    }

    private List<Sample> withoutLeaks(List<Sample> train, List<Sample> test, SuiteTask task, List<String> notes) {
        if (options.leaks() == Leaks.KEEP) {
            return train;
        }
        var folder = files(task.name()).test().choices().get(0).file().getParent();
        if (options.leaks() == Leaks.REFUSE) {
            LeakCheck.check(folder, train, test);
            return train;
        }
        var leaking = LeakCheck.find(train, test);
        if (!leaking.isEmpty()) {
            notes.add(leaking.size() + " training samples of task " + task.name()
                    + " have image and question of a test sample and were left out, as the option \"leaks\" says (first: "
                    + leaking.iterator().next().id() + ").");
        }
        return train.stream().filter(sample -> !leaking.contains(sample)).toList();
    }

    /**
     * Reads what scoring needs: the test file and those beside it. No training file and no image is looked at.
     *
     * @param name or alias of the task
     * @throws KarutaException if there is no such task, or anything is wrong with these files
     */
    public TestSet test(String name) {
        var task = suite.task(name);
        var reading = new Reading(task);
        var split = reading.scanner().test();
        reading.throwIfFaulty();
        return new TestSet(task, reading.samples(Split.TEST), split, reading.notes());
    }

    /**
     * Shows all that the files of a task hold, and all that is wrong with them, without an end at the first fault.
     *
     * @param name or alias of the task
     * @param scan is shown test samples, then training samples
     * @throws KarutaException if there is no such task, or it is out of scope
     */
    public void scan(String name, TaskScan scan) {
        var scanner = new TaskScanner(suite.task(name), files(name), options, scan);
        scanner.test();
        scanner.train();
    }

    /** Collects the samples of a task. */
    private final class Reading implements TaskScan {

        private static final int TOLD = 20;

        private final SuiteTask task;
        private final TaskFiles files;
        private final List<Fault> faults = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final SampleList train;
        private final SampleList test;
        private int faulty;

        private Reading(SuiteTask task) {
            this.task = task;
            this.files = files(task.name());
            this.train = list(Split.TRAIN);
            this.test = list(Split.TEST);
        }

        private SampleList list(Split split) {
            var file = files.of(split)
                    .flatMap(choice -> choice.there().stream().findFirst())
                    .map(FileChoice.Choice::file)
                    .orElse(Path.of(""));
            return new SampleList(file, new Pictures(TaskScanner.images(files, split, options)));
        }

        private TaskScanner scanner() {
            return new TaskScanner(task, files, options, this);
        }

        @Override
        public void file(String role, FileChoice file) {
            // whoever reads is told by a fault
        }

        @Override
        public void record(SuiteRecord record) {
            if (faulty == 0) {
                var isTest = record.split() == Split.TEST;
                var entry = isTest ? Additions.to(record.entry(), task, options.additions()) : record.entry();
                (isTest ? test : train).add(entry, record.where());
            }
        }

        @Override
        public void fault(Fault fault) {
            faulty++;
            if (faults.size() < TOLD) {
                faults.add(fault);
            }
        }

        @Override
        public void note(String note) {
            notes.add(note);
        }

        private List<Sample> samples(Split split) {
            var list = split == Split.TRAIN ? train : test;
            var limit = options.limit(split);
            return limit == 0 ? list.samples() : list.samples().subList(0, Math.min(limit, list.size()));
        }

        private List<String> notes() {
            return Stream.of(notes, test.notes(), train.notes(), Additions.notes(task, options.additions()))
                    .flatMap(List::stream)
                    .toList();
        }

        private void throwIfFaulty() {
            if (faulty > 0) {
                var left = faulty - faults.size();
                throw new KarutaException(
                        "The task " + task.name() + " of " + suite.title() + " (" + locator.name() + ") has faults:\n"
                                + faults.stream().map(it -> "  " + it.what()).collect(Collectors.joining("\n"))
                                + (left > 0 ? "\n  and " + left + " more" : ""),
                        "Mend the files, or fetch them again.");
            }
        }
    }

    /** The path of a split's file, for messages; what is tried first if it is not there. */
    public Optional<Path> file(String name, Split split) {
        return files(name)
                .of(split)
                .map(choice -> choice.there().stream()
                        .findFirst()
                        .orElse(choice.choices().get(0))
                        .file());
    }
}
