package karuta.app;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Pixels;
import karuta.api.Sample;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.engine.plan.WiredBenchmark;
import karuta.report.html.Images;
import karuta.study.Run;
import karuta.study.file.StudyException;

/** Images of test samples, from the benchmarks that runs were on. Where one cannot be had, there is none, and that is said. */
final class SampleImages implements Images, AutoCloseable {

    private final List<WiredBenchmark> benchmarks;
    private final Map<String, Map<String, Sample>> samples = new HashMap<>();
    private final Terminal terminal;

    private SampleImages(List<WiredBenchmark> benchmarks, Terminal terminal) {
        this.benchmarks = benchmarks;
        this.terminal = terminal;
    }

    /** Of the first run's benchmark; none if others gave the answers or it cannot be opened here. */
    static SampleImages of(Run run, Strategies strategies, Terminal terminal) {
        if (run.getImported() != null) {
            return new SampleImages(List.of(), terminal);
        }
        try {
            var config = Planner.benchmark(strategies, run.getBenchmark());
            return new SampleImages(List.of(WiredBenchmark.of(strategies, config)), terminal);
        } catch (KarutaException | StudyException absent) {
            terminal.warn("the report has no images, as the benchmark cannot be opened here: " + absent.getMessage());
            return new SampleImages(List.of(), terminal);
        }
    }

    @Override
    public Optional<BufferedImage> of(String task, String sample) {
        try {
            return Optional.ofNullable(samples.computeIfAbsent(task, this::read).get(sample))
                    .flatMap(found -> found.query().images().stream().findFirst())
                    .map(Image::pixels)
                    .map(SampleImages::image);
        } catch (KarutaException unreadable) {
            terminal.warn("the report lacks the image of " + task + " " + sample + ": " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, Sample> read(String task) {
        try {
            return benchmarks.stream()
                    .flatMap(wired -> wired.benchmark().task(task).test().stream())
                    .collect(Collectors.toMap(Sample::id, Function.identity(), (first, second) -> first));
        } catch (KarutaException absent) {
            terminal.warn("the report has no images of " + task + ": " + absent.getMessage());
            return Map.of();
        }
    }

    private static BufferedImage image(Pixels pixels) {
        var image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        var rgb = pixels.rgb();
        for (var i = 0; i < pixels.width() * pixels.height(); i++) {
            var colour = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF;
            image.setRGB(i % pixels.width(), i / pixels.width(), colour);
        }
        return image;
    }

    @Override
    public void close() {
        benchmarks.forEach(WiredBenchmark::close);
    }
}
