package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import karuta.product.Examples.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What a variation of a method takes its author, and that it works: the examples are built as users build theirs. */
class ExamplesTest {

    private static final Path BUNDLES = Path.of("..", "..", "bundles");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aVariationIsOneClassOfAtMostFortyLines() {
        var longest =
                Examples.all().stream().collect(Collectors.toMap(Example::name, example -> lines(example.source())));
        assertTrue(longest.values().stream().allMatch(lines -> lines > 10 && lines <= 40), longest.toString());
    }

    /** All that is not blank, but for package and imports. */
    private static long lines(Path source) {
        return Examples.read(source)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package "))
                .count();
    }

    /** With the class path that projects have: contracts, tensors, the kit and the properties. */
    @Test
    void theirOwnTestsPass() throws Exception {
        var given = new ArrayList<Path>();
        for (var bundle : List.of("core/karuta.api", "core/karuta.tensor", "dev/karuta.kit", "core/karuta.check")) {
            given.add(BUNDLES.resolve(bundle).resolve("target/classes").toRealPath());
        }
        var classes = Files.createDirectories(folder.resolve("classes"));
        compile(given, classes);
        var urls = Stream.concat(given.stream(), Stream.of(classes))
                .map(ExamplesTest::url)
                .toArray(URL[]::new);
        var summary = new SummaryGeneratingListener();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            thread.setContextClassLoader(loader);
            var tests = Examples.all().stream()
                    .map(Example::bundle)
                    .map(DiscoverySelectors::selectPackage)
                    .toList();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(tests)
                                    .build(),
                            summary);
        } finally {
            thread.setContextClassLoader(before);
        }
        var text = new StringWriter();
        summary.getSummary().printFailuresTo(new PrintWriter(text));
        assertEquals("", text.toString());
        assertTrue(summary.getSummary().getTestsSucceededCount()
                > 3L * Examples.all().size());
    }

    private static void compile(List<Path> given, Path classes) throws IOException {
        var path = Stream.concat(given.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
        var said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var sources = Files.find(
                        Examples.FOLDER, 9, (file, type) -> file.toString().endsWith(".java"))) {
            var options = List.of(
                    "-proc:none",
                    "-Xlint:all,-processing,-classfile,-path",
                    "-Werror",
                    "--release",
                    "17",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    path);
            var units = files.getJavaFileObjectsFromPaths(sources.toList());
            assertTrue(compiler.getTask(said, files, null, options, null, units).call(), said::toString);
        }
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each in a project that {@code karuta new} made, by the product's own compiler; then all of them in two studies. */
    @Test
    void theyAreBuiltDroppedInAndRun() throws IOException {
        var product = Product.in(folder);
        var studies = new ArrayList<String>();
        for (var example : Examples.all()) {
            var project = folder.resolve(example.bundle());
            succeed(product, "new", example.kind(), example.bundle(), "--dir", project.toString());
            example.copyTo(project);
            succeed(product, "build-strategy", project.toString(), "--install");
            var study = project.resolve("study.yaml");
            if (Files.exists(study)) {
                studies.add(study.toString());
            }
        }
        var listed = succeed(product, "strategies");
        for (var example : Examples.all()) {
            assertTrue(
                    listed.lines()
                            .anyMatch(line -> line.startsWith(example.kind() + " ")
                                    && line.contains(" " + example.name() + " ")
                                    && line.contains(" " + example.bundle() + " ")),
                    listed);
        }
        for (var study : studies) {
            var said = succeed(product, "validate", study);
            assertTrue(said.contains("valid"), said);
        }
        runs(product, "arms.yaml", ARMS, 7);
        runs(product, "around.yaml", AROUND, 1);
        var compared = succeed(
                product, "compare", folder.resolve("my.lab.bigrams/sheet.jsonl").toString());
        assertTrue(compared.contains("bigrams"), compared);
    }

    private static final String ARMS = """
        study: arms
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 24, test: 6}
        tasks: [scienceqa, vizwiz]
        training: {steps: 6, batch: 6, rate: 0.05}
        arms:
          euclid: &dual {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: euclid, k: 2}, fusion: concat}
          both: {<<: *dual, selector: {id: both, k: 2}}
          several: {<<: *dual, pool: {id: several, prompts: 2, length: 2}}
          means: {<<: *dual, pool: {id: means, length: 4}}
          warm: {<<: *dual, pool: {id: warm, length: 4}}
          weighing: {<<: *dual, fusion: weighing}
          confidence: {baseline: confidence, over: *dual}
        """;

    private static final String AROUND = """
        study: around
        seeds: [1]
        backbone: tiny
        encoder: grey
        benchmark: corners
        training: {steps: 6, batch: 6, rate: 0.05}
        arms:
          dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 2}, fusion: concat}
        """;

    private void runs(Product product, String name, String study, int arms) throws IOException {
        var file = Files.writeString(folder.resolve(name), study);
        var out = folder.resolve("results of " + name);
        succeed(product, "run", file.toString(), "--out", out.toString());
        try (var files = Files.find(out, 5, (path, type) -> path.endsWith("matrix.csv"))) {
            assertEquals(arms, files.count());
        }
    }

    private static String succeed(Product product, String... arguments) {
        var result = product.start(Map.of(), arguments).end();
        assertEquals(0, result.code(), () -> String.join(" ", arguments) + "\n" + result.out() + result.err());
        return result.out();
    }
}
