package karuta.bench.suite;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Task;
import karuta.picture.ImageFiles;
import karuta.picture.Transparency;
import karuta.suite.Split;
import karuta.suite.Suite;
import karuta.suite.SuiteData;
import karuta.suite.SuiteOptions;
import karuta.suite.SuiteOptions.Leaks;
import karuta.suite.SuiteOptions.Twice;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A suite of the field, in the folders of its own code. */
@Component(name = "suite", factory = Benchmark.KIND)
@Designate(ocd = SuiteBenchmark.Options.class)
public final class SuiteBenchmark implements Benchmark {

    /** Options of this benchmark. */
    @ObjectClassDefinition(
            name = "Suites of the field",
            description = "CoIN, UCIT, MLLM-DCL, MLLM-ACL, TriGap, CVIT, MLLM-CTBench, Continual-NExT, or a suite that"
                    + " a manifest of one's own describes, in the folders of their own codes. Files are checked"
                    + " strictly; nothing is guessed.")
    public @interface Options {

        @AttributeDefinition(
                description = "Id of a suite that ships (coin, ucit, mllm-dcl, mllm-acl, trigap, cvit, mllm-ctbench,"
                        + " continual-next), or the YAML file of a manifest.")
        String suite() default "coin";

        @AttributeDefinition(
                description = "The folder that the suite's folders lie in; relative to the current directory.")
        String path() default ".";

        @AttributeDefinition(
                description = "Which of the ways in which the suite lies on disks: a set of instructions, or another"
                        + " code's folders. Empty means the only one of which there are test files.")
        String layout() default "";

        @AttributeDefinition(
                description = "Instead of a layout: MCITlib's folder of a JSON file per task, or Prism's Python file of"
                        + " a benchmark (read, never executed). Its relative paths start from \"path\".")
        String config() default "";

        @AttributeDefinition(
                description = "Order of the tasks by its name, such as alphabetical (coin) or order3 (mllm-ctbench);"
                        + " empty means the first one.")
        String order() default "";

        @AttributeDefinition(description = "Tasks by name or alias, in their order; none means those of \"order\".")
        String[] tasks() default {};

        @AttributeDefinition(
                description = "Scorer of all tasks; empty means for each the rule that makes its published numbers.")
        String scorer() default "";

        @AttributeDefinition(
                description = "Where all image paths start from; empty means where the layout says. Relative to the"
                        + " current directory.")
        String images() default "";

        @AttributeDefinition(
                description = "What test scripts add to the questions: nothing, or what the published ones add. What"
                        + " they add to MLLM-DCL's Fin depends on the right answer and gives its kind away.",
                options = {@Option("none"), @Option("as-published")})
        String additions() default "none";

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

        @AttributeDefinition(
                description = "Files may hold less than their names say, as those of an excerpt do: then it is noted"
                        + " and not refused.")
        boolean excerpt() default false;

        @AttributeDefinition(
                description = "What becomes of an id that a test file has twice: refuse, or rename the second one. In"
                        + " training files it is always renamed.",
                options = {@Option("refuse"), @Option("rename")})
        String twice() default "refuse";

        @AttributeDefinition(
                description = "What becomes of a training sample with image and question of a test sample: refuse, drop"
                        + " it, or keep it, as in the published numbers.",
                options = {@Option("refuse"), @Option("drop"), @Option("keep")})
        String leaks() default "refuse";

        @AttributeDefinition(
                description = "Let images lie anywhere: absolute paths, \"..\" and links that lead out of their folder."
                        + " Otherwise they are refused.")
        boolean outside() default false;

        @AttributeDefinition(
                description = "What becomes of turns before the first question of a conversation, such as one from"
                        + " \"system\": refuse, or drop them, as LLaVA's trainer does.",
                options = {@Option("refuse"), @Option("drop")})
        String system() default "refuse";

        @AttributeDefinition(description = "Turn pictures as the camera noted in their EXIF data; LLaVA does not.")
        boolean upright() default false;

        @AttributeDefinition(
                description = "See transparent pixels before white, as Transformers does from 5.24 on; otherwise in the"
                        + " colour that they have below, as LLaVA does.")
        boolean white() default false;
    }

    private final Suite suite;
    private final Path root;
    private final SuiteOptions reading;
    private final List<String> chosen;
    private final String order;
    private final Optional<String> scorer;
    private Optional<SuiteData> data = Optional.empty();

    @Activate
    public SuiteBenchmark(Options options) {
        suite = Suite.of(options.suite());
        root = path("path", options.path());
        chosen = List.of(options.tasks());
        order = options.order();
        scorer = Optional.of(options.scorer()).filter(id -> !id.isBlank());
        reading = new SuiteOptions(
                options.layout(),
                optional("config", options.config()),
                optional("images", options.images()),
                options.train(),
                options.test(),
                options.excerpt(),
                options.additions().equals("as-published"),
                Twice.valueOf(options.twice().toUpperCase(Locale.ROOT)),
                Leaks.valueOf(options.leaks().toUpperCase(Locale.ROOT)),
                options.outside(),
                options.system().equals("drop"),
                new ImageFiles(options.upright(), options.white() ? Transparency.WHITE : Transparency.DROPPED));
    }

    private static Optional<Path> optional(String option, String text) {
        return Optional.of(text).filter(it -> !it.isBlank()).map(it -> path(option, it));
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new KarutaException(
                    "The option \"" + option + "\" of the benchmark \"suite\" is no path (" + e.getReason() + ").",
                    "Correct it.",
                    e);
        }
    }

    @Override
    public List<String> tasks() {
        data(); // whoever looks for tasks is told that there is no such folder
        if (chosen.isEmpty()) {
            return suite.order(order);
        }
        var names = chosen.stream().map(name -> suite.task(name).name()).toList();
        var twice = names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst();
        if (twice.isPresent()) {
            throw new KarutaException(
                    "The option \"tasks\" of the benchmark \"suite\" names " + twice.get() + " twice.",
                    "Name it once.");
        }
        return names;
    }

    @Override
    public Task task(String name) {
        var task = data().task(name);
        return new Task(
                task.name(), task.about(), task.train(), task.test(), scorer.orElse(task.scorer()), task.notes());
    }

    @Override
    public String source(String task, boolean training) {
        return data().file(task, training ? Split.TRAIN : Split.TEST)
                .map(file -> file + ",")
                .orElseGet(() -> Benchmark.super.source(task, training));
    }

    private synchronized SuiteData data() {
        if (data.isEmpty()) {
            data = Optional.of(new SuiteData(suite, root, reading));
        }
        return data.get();
    }
}
