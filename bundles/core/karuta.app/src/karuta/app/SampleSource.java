package karuta.app;

import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.WiredBenchmark;
import karuta.scoring.pair.BenchmarkGold;
import karuta.scoring.pair.GoldBook;
import karuta.scoring.pair.SuiteGold;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.StrategyReference;
import karuta.suite.Suite;
import karuta.suite.SuiteData;
import karuta.suite.SuiteOptions;
import picocli.CommandLine.Option;

/** Which samples were asked. */
final class SampleSource {

    private static final String FOLDER = "folder";

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            description = "What was asked: a suite of the field, such as coin or ucit, or the YAML file of one.")
    private Optional<String> suite = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where it lies: the root of the suite's files; without --suite a folder of tasks as the"
                    + " benchmark \"folder\" reads it. Only test files and those beside them are read.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--layout",
            paramLabel = "ID",
            description = "Which layout of the suite it is, where the folder has several (slim, Original).")
    private String layout = "";

    /** What there is to score with: a started benchmark, or files. */
    record Opened(Optional<GoldBook> book, Optional<WiredBenchmark> benchmark) implements AutoCloseable {

        @Override
        public void close() {
            benchmark.ifPresent(WiredBenchmark::close);
        }
    }

    /**
     * Opens what the options name; nothing if they name nothing.
     *
     * @throws KarutaException if it cannot be read
     */
    Opened open(Strategies strategies) {
        if (suite.isPresent()) {
            var found = Suite.of(suite.get());
            var root = data.orElseThrow(() -> new KarutaException(
                    "The samples of the suite " + found.title() + " are not part of Karuta.",
                    "Say where they lie: --data FOLDER"));
            var book = new SuiteGold(new SuiteData(found, root, SuiteOptions.STRICT.in(layout)));
            return new Opened(Optional.of(book), Optional.empty());
        }
        return data.map(folder -> benchmark(strategies, folder(folder), FOLDER + " " + folder))
                .orElseGet(() -> new Opened(Optional.empty(), Optional.empty()));
    }

    private static StrategyReference folder(Path folder) {
        var reference = KarutaFactory.eINSTANCE.createStrategyReference();
        reference.setKind("benchmark");
        reference.setId(FOLDER);
        var path = KarutaFactory.eINSTANCE.createOption();
        path.setKey("path");
        var word = KarutaFactory.eINSTANCE.createWord();
        word.setText(folder.toString());
        path.getValues().add(word);
        reference.getOptions().add(path);
        return reference;
    }

    private static Opened benchmark(Strategies strategies, StrategyReference reference, String name) {
        var benchmark = WiredBenchmark.of(strategies, Planner.benchmark(strategies, reference));
        return new Opened(Optional.of(new BenchmarkGold(name, benchmark.benchmark())), Optional.of(benchmark));
    }

    /** Opens what the options name, or else the benchmark that a run was on. */
    Opened open(Strategies strategies, Run run) {
        return suite.isPresent() || data.isPresent() || run.getImported() != null
                ? open(strategies)
                : benchmark(
                        strategies,
                        run.getBenchmark(),
                        "benchmark " + run.getBenchmark().getId());
    }
}
