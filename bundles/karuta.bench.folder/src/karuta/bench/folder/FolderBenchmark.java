package karuta.bench.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.picture.ImageFiles;
import karuta.picture.Transparency;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Any folder of images with JSON in the form of LLaVA or CoIN. */
@Component(name = "folder", factory = Benchmark.KIND)
@Designate(ocd = FolderBenchmark.Options.class)
public final class FolderBenchmark implements Benchmark {

    private static final String DEFAULT_SCORER = "exact";

    /** Options of this benchmark. */
    @ObjectClassDefinition(
            name = "Folder benchmark",
            description = "Tasks in folders: images, and train.json and test.json in the form of LLaVA or CoIN.")
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

        @AttributeDefinition(description = "Training samples per task, from the first on; 0 means all.", min = "0")
        int train() default 0;

        @AttributeDefinition(description = "Test samples per task, from the first on; 0 means all.", min = "0")
        int test() default 0;

        @AttributeDefinition(description = "Turn pictures as the camera noted in their EXIF data; LLaVA does not.")
        boolean upright() default false;

        @AttributeDefinition(
                description = "See transparent pixels before white, as Transformers does from 5.24 on; otherwise in the"
                        + " colour that they have below, as LLaVA does.")
        boolean white() default false;
    }

    private final Path root;
    private final List<String> chosen;
    private final Optional<String> scorer;
    private final int train;
    private final int test;
    private final ImageFiles files;

    @Activate
    public FolderBenchmark(Options options) {
        this(
                Path.of(options.path()),
                List.of(options.tasks()),
                options.scorer(),
                options.train(),
                options.test(),
                new ImageFiles(options.upright(), options.white() ? Transparency.WHITE : Transparency.DROPPED));
    }

    FolderBenchmark(Path root, List<String> chosen, String scorer, int train, int test, ImageFiles files) {
        this.root = root;
        this.chosen = chosen;
        this.scorer = Optional.of(scorer).filter(id -> !id.isBlank());
        this.train = train;
        this.test = test;
        this.files = files;
    }

    @Override
    public List<String> tasks() {
        var listed = index().tasks().stream().map(Index.Listed::name).toList();
        if (chosen.isEmpty() && listed.isEmpty()) {
            throw new KarutaException(
                    "The folder " + root.toAbsolutePath() + " holds no task.",
                    "A task is a folder in it with a train.json and a test.json.");
        }
        return chosen.isEmpty() ? listed : chosen;
    }

    @Override
    public Task task(String name) {
        var folder = root.resolve(name);
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
        var training = new TaskFile(root, folder, "train.json", files).samples(train);
        var testing = new TaskFile(root, folder, "test.json", files).samples(test);
        Leak.check(folder, training, testing);
        return new Task(name, training, testing, scorer(name));
    }

    private String scorer(String task) {
        return scorer.or(() -> index().tasks().stream()
                        .filter(listed -> listed.name().equals(task))
                        .findFirst()
                        .flatMap(Index.Listed::scorer))
                .orElse(DEFAULT_SCORER);
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
