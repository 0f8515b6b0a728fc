package karuta.it.fuzz;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import karuta.api.Benchmark;
import karuta.engine.catalog.Dropins;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.lmm.check.Models;
import karuta.picture.ImageFiles;
import karuta.report.Report;
import karuta.study.file.StudyReader;
import karuta.study.record.ListedFiles;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import karuta.suite.Suite;
import karuta.suite.SuiteData;
import karuta.suite.SuiteOptions;
import org.osgi.framework.BundleContext;

/**
 * What is damaged.
 *
 * @param root where the right folders are made
 */
record Subjects(Strategies strategies, Models models, BundleContext context, Path root) {

    /** Right files of other bundles' tests. */
    private static final Path BUNDLES = Path.of("..", "..").toAbsolutePath().normalize();

    private static final String STUDY = """
        study: damaged
        seeds: [1, 2]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 8, test: 2}
        orders:
          forward: [scienceqa, vizwiz]
          backward: [vizwiz, scienceqa]
        training: {steps: 2, batch: 4, rate: 0.05, warmup: 0.125, clip: 1.0}
        arms:
          modalprompt:
            learner: prompt
            pool: {id: prototype, length: 4, transformRate: 0.06}
            selector: {id: dual, k: 3}
            fusion: concat
          replay:
            baseline: {id: replay, buffer: 8, batch: 4}
            over: {baseline: {id: lora, rank: 4, targets: [q_proj, v_proj]}}
            training: {rate: 0.003}
        """;

    List<Subject> all() throws IOException {
        return List.of(study(), data(), suite(), picture(), model(), adapter(), pickle(), run(), jar());
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** An empty folder, which goes with the root. */
    private Path fresh() throws IOException {
        return Files.createTempDirectory(root, "out");
    }

    private Subject study() throws IOException {
        var folder = folder("study");
        Files.writeString(folder.resolve("study.yaml"), STUDY);
        return new Subject("study", folder, List.of("study.yaml"), 25, false, copy -> plan(copy.resolve("study.yaml")));
    }

    private StudyPlan plan(Path study) {
        return Planner.plan(strategies, StudyReader.read(study));
    }

    private Subject data() throws IOException {
        var folder = folder("data");
        var task = folder("data/shapes");
        var image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
        for (var name : List.of("a.png", "b.png", "c.png")) {
            image.setRGB(3, 3, name.hashCode());
            ImageIO.write(image, "png", task.resolve(name).toFile());
        }
        Files.writeString(folder.resolve("benchmark.json"), """
            {"tasks": [{"name": "shapes", "scorer": "exact"}]}
            """);
        Files.writeString(task.resolve("train.json"), """
            [{"id": "1", "image": "shapes/a.png", "conversations": [{"from": "human", "value": "<image>\\nWhat is it?"},
              {"from": "gpt", "value": "a square"}]},
             {"id": 2, "image": "shapes/b.png", "conversations": [{"from": "human", "value": "Which colour?\\n<image>"},
              {"from": "gpt", "value": "red"}, {"from": "human", "value": "Sure?"}, {"from": "gpt", "value": "yes"}]}]
            """);
        Files.writeString(task.resolve("test.json"), """
            [{"question_id": 7, "image": "shapes/c.png", "text": "What is it?", "answer": "a circle"}]
            """);
        var files = List.of("benchmark.json", "shapes/train.json", "shapes/test.json");
        return new Subject("data", folder, files, 20, false, this::readData);
    }

    private void readData(Path folder) {
        var type = strategies.find(Kind.BENCHMARK, "folder").orElseThrow();
        try (var instance = strategies.create(type, Map.of("path", folder.toString()))) {
            var benchmark = (Benchmark) instance.strategy();
            benchmark.tasks().forEach(name -> {
                var task = benchmark.task(name);
                Stream.concat(task.train().stream(), task.test().stream())
                        .flatMap(sample -> sample.query().images().stream())
                        .forEach(image -> image.pixels());
            });
        }
    }

    private Subject suite() throws IOException {
        var folder = folder("suite");
        var task = folder("suite/cats");
        Files.writeString(folder.resolve("zoo.yaml"), """
            suite: zoo
            sources: [{name: cats, licence: ours}]
            orders: {all: [cats]}
            layouts:
              mine:
                train: "{task}/train.json"
                test: [{file: "{task}/test.json", says: 1}]
                images: .
                sides: {beside: "{task}/beside.json"}
            tasks:
              cats:
                aliases: [kitten]
                rules: [exact]
                counts: {train: 1, test: 1, source: counted}
                record: {fields: {size: box.size}}
                sides: {beside: {list: data, id: image_id, join: number, references: caption, images: {list: images, id: id, file: name}}}
                adds: [{by: us, text: " In a word.", unless: ["no"]}]
            """);
        Files.writeString(folder.resolve("Zoo.py"), """
            ROOT = "cats"
            TASKS = [{"name": "kitten", "train_data_path": f"{ROOT}/train.json", "test_data_path": "cats/test.json",
                      "image_folder": ".", "eval_annotation_path": 'cats/' "beside.json", "n": -1.5}]
            """);
        Files.writeString(task.resolve("train.json"), """
            [{"messages": 1, "id": "1", "conversations": [{"from": "human", "value": "Who?"}, {"from": "gpt", "value": "tom"}]}]
            """);
        Files.writeString(task.resolve("test.json"), """
            [{"question_id": 7, "image": "1.png", "text": "Who is it?", "answer": "tom", "box": {"size": [1, 2]}}]
            """);
        Files.writeString(task.resolve("beside.json"), """
            {"images": [{"id": 1, "name": "1.jpg"}], "data": [{"image_id": 1, "caption": "tom"}, {"image_id": 1, "caption": "cat"}]}
            """);
        var files = List.of("zoo.yaml", "Zoo.py", "cats/train.json", "cats/test.json", "cats/beside.json");
        return new Subject("suite", folder, files, 20, false, copy -> {
            var suite = Suite.read(copy.resolve("zoo.yaml"));
            for (var options : List.of(SuiteOptions.STRICT, SuiteOptions.STRICT.by(copy.resolve("Zoo.py")))) {
                var data = new SuiteData(suite, copy, options);
                suite.order("").forEach(data::task);
            }
        });
    }

    private Subject picture() throws IOException {
        var fixtures = BUNDLES.resolve("models")
                .resolve("karuta.picture")
                .resolve("test")
                .resolve("fixtures");
        var folder = folder("picture");
        var names = List.of(
                "alpha.png", "colour-16bit.png", "grey.gif", "frames.gif", "jpeg-420.jpg", "jpeg-progressive.jpg");
        for (var name : names) {
            Files.copy(fixtures.resolve(name), folder.resolve(name));
        }
        return new Subject("picture", folder, names, 20, false, copy -> {
            for (var name : names) {
                ImageFiles.STORED.read(copy.resolve(name));
            }
        });
    }

    private Subject model() throws IOException {
        var folder = folder("model");
        models.random(
                new Models.RandomModelSpec("tiny", OptionalInt.empty(), "fp32", 1, folder.resolve("llava")),
                line -> {});
        try (var made = Files.list(folder.resolve("llava"))) {
            var files = made.map(file -> "llava/" + file.getFileName()).sorted().toList();
            return new Subject("model", folder, files, 4, false, this::validate);
        }
    }

    private void validate(Path folder) throws IOException {
        var study = fresh().resolve("study.yaml");
        Files.writeString(study, """
            study: damaged
            seeds: [1]
            backbone: {id: llava, path: 'MODEL', maxNewTokens: 3}
            encoder: tiny
            benchmark: {id: cards, train: 2, test: 1}
            tasks: [scienceqa]
            training: {steps: 1, batch: 2, rate: 0.05}
            arms:
              zero-shot: {baseline: zero-shot}
            """.replace("MODEL", folder.resolve("llava").toString()));
        var options = new RunOptions(study.resolveSibling("out"), root.resolve("cache"), 1, false, false);
        new StudyRunner(strategies, plan(study), options, StudyListener.NOBODY, new CancellationToken()).validate();
    }

    private Subject adapter() throws IOException {
        var from = BUNDLES.resolve(Path.of("models", "karuta.lmm", "test", "fixtures", "lora"));
        var folder = folder("adapter");
        var names = List.of("adapter_config.json", "adapter_model.safetensors");
        for (var name : names) {
            Files.copy(from.resolve(name), folder.resolve(name));
        }
        return new Subject(
                "adapter",
                folder,
                names,
                10,
                false,
                copy -> models.importAdapter(copy, fresh().resolve("adapter"), line -> {}));
    }

    private Subject run() throws IOException {
        var study = fresh().resolve("study.yaml");
        Files.writeString(study, STUDY.replace("seeds: [1, 2]", "seeds: [1]").replaceAll("(?m)^  backward: .*$", ""));
        var folder = folder("run");
        var options = new RunOptions(folder, root.resolve("cache"), 1, false, false);
        new StudyRunner(strategies, plan(study), options, StudyListener.NOBODY, new CancellationToken()).run();
        try (var left = Files.walk(folder)) {
            var files = left.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.endsWith(".lock") && !file.endsWith("log.txt"))
                    .sorted()
                    .toList();
            return new Subject("run", folder, files, 12, true, Subjects::readRuns);
        }
    }

    /** As {@code karuta table} and a run that goes on read them. */
    private static void readRuns(Path folder) {
        var folders = RunFolder.find(folder);
        var report = Report.of(folders);
        report.text();
        if (!report.damages().isEmpty()) {
            throw new RecordException(report.damages().get(0));
        }
        for (var run : folders) {
            var record = run.read();
            ListedFiles.checkpoints(record).forEach(stage -> run.checkCheckpoint(record, stage));
        }
    }

    private Subject jar() throws IOException {
        var folder = folder("jar");
        var shipped = BUNDLES.resolve(
                Path.of("methods", "karuta.selector.text", "target", "karuta.selector.text-0.1.0-SNAPSHOT.jar"));
        try (var from = new ZipFile(shipped.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(folder.resolve("mine.jar")))) {
            to.setLevel(Deflater.NO_COMPRESSION); // so that damage reaches what is in it
            for (var entry : Collections.list(from.entries())) {
                if (entry.getName().matches("META-INF/MANIFEST.MF|OSGI-INF/.*\\.xml|karuta/.*\\.class")) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    to.write(renamed(from.getInputStream(entry).readAllBytes(), entry.getName()));
                }
            }
        }
        return new Subject("jar", folder, List.of("mine.jar"), 3, false, this::dropIn);
    }

    /** Another bundle with another selector in it. */
    private static byte[] renamed(byte[] content, String name) {
        if (name.endsWith(".class")) {
            return content;
        }
        var text = new String(content, StandardCharsets.UTF_8);
        return text.replace("Bundle-SymbolicName: karuta.selector.text", "Bundle-SymbolicName: mine")
                .replace("name=\"text\"", "name=\"mine\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void dropIn(Path folder) throws IOException {
        System.setProperty(Dropins.FOLDER, folder.toString());
        try {
            new Dropins(context);
            strategies.types();
            strategies
                    .find(Kind.SELECTOR, "mine")
                    .ifPresent(type -> strategies.create(type, Map.of()).close());
        } finally {
            var away = Files.createTempFile(root, "mine", ".away");
            Files.move(folder.resolve("mine.jar"), away, StandardCopyOption.REPLACE_EXISTING);
            new Dropins(context); // takes it out of the framework
            Files.move(away, folder.resolve("mine.jar"));
            System.clearProperty(Dropins.FOLDER);
        }
    }

    private Subject pickle() throws IOException {
        var from = BUNDLES.resolve(Path.of("models", "karuta.lmm", "test", "fixtures", "pickles"));
        var folder = folder("pickle");
        var names = List.of("plain.bin", "views.bin", "types.bin", "state.bin");
        for (var name : names) {
            Files.copy(from.resolve(name), folder.resolve(name));
        }
        return new Subject("pickle", folder, names, 6, false, copy -> {
            var out = fresh();
            for (var name : names) {
                models.convert(copy.resolve(name), Optional.of(out.resolve(name + ".safetensors")), line -> {});
            }
        });
    }
}
