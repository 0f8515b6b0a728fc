package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import karuta.metrics.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {

    @TempDir
    private Path out;

    private List<ArmResults> groups(karuta.study.Run... all) {
        var runs = new Runs(out);
        return Report.of(Stream.of(all).map(runs::write).toList())
                .comparisons()
                .get(0)
                .groups();
    }

    @Test
    void aPointIsTheMetricOfARunThatEndedThere() {
        var groups =
                groups(Runs.run("dual", 1, 0, 0, 0.9, 0.4, 0.6, 0.8), Runs.run("dual", 2, 0, 0, 0.7, 0.4, 0.5, 0.5));
        var accuracy = Curve.of(Metric.LAST, 1, groups);
        assertEquals(1, accuracy.size());
        assertEquals(0.8, accuracy.get(0).points().get(0).mean(), 1e-12, "task a alone after stage 1");
        assertEquals(0.6, accuracy.get(0).points().get(1).mean(), 1e-12);
        var forgetting = Curve.of(Metric.FORGETTING, 2, groups).get(0);
        assertEquals(2, forgetting.first());
        assertEquals(0.25, forgetting.points().get(0).mean(), 1e-12, "(0.3 + 0.2) / 2");
    }

    @Test
    void theCurveOfATaskBeginsBeforeTraining() {
        var curve = Curve.ofTask("b", groups(Runs.run("dual", 1, 0.1, 0.2, 0.9, 0.4, 0.6, 0.8)))
                .get(0);
        assertEquals(
                List.of(0.2, 0.4, 0.8),
                curve.points().stream().map(point -> point.mean()).toList());
    }

    @Test
    void whoLearnsAllTasksAtOnceHasNone() {
        assertEquals(List.of(), Curve.of(Metric.LAST, 1, groups(Runs.run("joint", 1, 0, 0, 0.9, 0.8))));
    }
}
