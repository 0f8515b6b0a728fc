package karuta.bench.folder;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.picture.ImageFiles;
import karuta.picture.Transparency;
import karuta.samples.ImageRoot;
import karuta.samples.LeakCheck;
import karuta.samples.Pictures;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Any folder of images with JSON in the form of LLaVA or CoIN. */
@Component(name = "folder", factory = Benchmark.KIND)
@Designate(ocd = FolderBenchmark.Options.class)
public final class FolderBenchmark implements Benchmark {

    static final String DEFAULT_SCORER = "exact";

    /** Options of this benchmark. */
    @ObjectClassDefinition(
            name = "Folder benchmark",
            description = "Tasks in folders: images, and train.json and test.json (or .jsonl) in the form of LLaVA or"
                    + " CoIN.")
    public @interface Options {

        @AttributeDefinition(
                description = "The folder that holds a folder per task; relative to the current directory.")
        String path() default ".";

        @AttributeDefinition(
                description = "Folders of the tasks; none means all, in the order of benchmark.json or else by name.")
        String[] tasks() default {};

        @AttributeDefinition(
                description = "Scorer of all tasks; empty means what benchmark.json says, or else \"exact\".")
        String scorer() default "";

        @AttributeDefinition(
                description = "Where image paths start from, as CoIN has one folder for all tasks; empty means the"
                        + " task's folder, or else that of the benchmark. Relative to the current directory.")
        String images() default "";

        @AttributeDefinition(
                description = "Let tasks and images lie anywhere: absolute paths, \"..\" and links that lead out of the"
                        + " folder. Otherwise they are refused.")
        boolean outside() default false;

        @AttributeDefinition(
                description = "What becomes of turns before the first question of a conversation, such as one from"
                        + " \"system\": refuse, or drop them, as LLaVA's trainer does.",
                options = {@Option("refuse"), @Option("drop")})
        String system() default "refuse";

        @AttributeDefinition(
                description = "Training samples per task, from the first on; 0 means all. What comes after them in the"
                        + " file is not looked at.",
                min = "0")
        int train() default 0;

        @AttributeDefinition(
                description = "Test samples per task, from the first on; 0 means all. What comes after them in the"
                        + " file is not looked at.",
                min = "0")
        int test() default 0;

        @AttributeDefinition(description = "Turn pictures as the camera noted in their EXIF data; LLaVA does not.")
        boolean upright() default false;

        @AttributeDefinition(
                description = "See transparent pixels before white, as Transformers does from 5.24 on; otherwise in the"
                        + " colour that they have below, as LLaVA does.")
        boolean white() default false;
    }

    /**
     * How data is taken.
     *
     * @param images where image paths start from; empty for the folders of task and benchmark
     * @param outside whether tasks and images may lie anywhere
     * @param dropSystem whether turns before the first question are dropped rather than refused
     * @param files how pictures are read
     */
    record Rules(Optional<Path> images, boolean outside, boolean dropSystem, ImageFiles files) {}

    private final Path root;
    private final List<String> chosen;
    private final Optional<String> scorer;
    private final int train;
    private final int test;
    private final Rules rules;

    @Activate
    public FolderBenchmark(Options options) {
        this(
                path("option \"path\"", options.path()),
                List.of(options.tasks()),
                options.scorer(),
                options.train(),
                options.test(),
                new Rules(
                        options.images().isBlank()
                                ? Optional.empty()
                                : Optional.of(path("option \"images\"", options.images())),
                        options.outside(),
                        options.system().equals("drop"),
                        new ImageFiles(
                                options.upright(), options.white() ? Transparency.WHITE : Transparency.DROPPED)));
    }

    FolderBenchmark(Path root, List<String> chosen, String scorer, int train, int test, ImageFiles files) {
        this(root, chosen, scorer, train, test, new Rules(Optional.empty(), false, false, files));
    }

    FolderBenchmark(Path root, List<String> chosen, String scorer, int train, int test, Rules rules) {
        this.root = root;
        this.chosen = chosen;
        this.scorer = Optional.of(scorer).filter(id -> !id.isBlank());
        this.train = train;
        this.test = test;
        this.rules = rules;
    }

    private static Path path(String what, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new KarutaException(
                    "The " + what + " of the benchmark \"folder\" is \"" + ImageRoot.printable(text)
                            + "\": no folder can be called so (" + e.getReason() + ").",
                    "Correct it.",
                    e);
        }
    }

    @Override
    public List<String> tasks() {
        var listed = index().tasks().stream().map(Index.Listed::name).toList();
        if (chosen.isEmpty() && listed.isEmpty()) {
            throw new KarutaException(
                    "The folder " + root.toAbsolutePath() + " holds no task.",
                    "A task is a folder in it with a train.json and a test.json.");
        }
        var twice = chosen.stream()
                .filter(name -> chosen.indexOf(name) != chosen.lastIndexOf(name))
                .findFirst();
        if (twice.isPresent()) {
            throw new KarutaException(
                    "The option \"tasks\" of the benchmark \"folder\" names " + twice.get() + " twice.",
                    "Name it once.");
        }
        return chosen.isEmpty() ? listed : chosen;
    }

    @Override
    public Task task(String name) {
        var folder = folder(name);
        if (!tasks().contains(name) || !Files.isDirectory(folder)) {
            throw new KarutaException(
                    "The folder " + root.toAbsolutePath() + " has no task " + name + ".",
                    "Its tasks are "
                            + String.join(
                                    ", ",
                                    index().tasks().stream()
                                            .map(Index.Listed::name)
                                            .toList()) + ".");
        }
        var bases = rules.images().map(List::of).orElse(List.of(folder, root));
        var pictures = new Pictures(new ImageRoot(bases, rules.outside(), rules.files()));
        var training = TaskFile.read(folder, "train", train, pictures, rules.dropSystem());
        var testing = TaskFile.read(folder, "test", test, pictures, rules.dropSystem());
        LeakCheck.check(folder, training.samples(), testing.samples());
        var notes = Stream.of(training, testing)
                .flatMap(split -> split.notes().stream())
                .toList();
        return new Task(name, about(name), training.samples(), testing.samples(), scorer(name), notes);
    }

    @Override
    public String source(String task, boolean training) {
        return TaskFile.find(root.resolve(task), training ? "train" : "test") + ",";
    }

    /** A task's folder lies in that of the benchmark. */
    private Path folder(String name) {
        var folder = root.resolve(path("name of a task", name));
        var inner = folder.toAbsolutePath().normalize();
        var outer = root.toAbsolutePath().normalize();
        var within = inner.startsWith(outer) && !inner.equals(outer) && ImageRoot.isWithin(root, folder);
        if (!within && !rules.outside()) {
            throw new KarutaException(
                    "The task \"" + name + "\" is not a folder in " + outer + ".",
                    "Name folders in it, or let tasks lie anywhere with the option \"outside: true\".");
        }
        return folder;
    }

    private String scorer(String task) {
        return scorer.or(() -> listed(task).flatMap(Index.Listed::scorer)).orElse(DEFAULT_SCORER);
    }

    private String about(String task) {
        return listed(task).flatMap(Index.Listed::about).orElse("");
    }

    private Optional<Index.Listed> listed(String task) {
        return index().tasks().stream()
                .filter(listed -> listed.name().equals(task))
                .findFirst();
    }

    private Index index() {
        if (!Files.isDirectory(root)) {
            throw new KarutaException(
                    "There is no folder " + root.toAbsolutePath() + ".",
                    "Correct the option \"path\" of the benchmark \"folder\"; it is relative to the current"
                            + " directory.");
        }
        return Index.of(root);
    }
}
