package my.lab.corners;

import static org.junit.jupiter.api.Assertions.assertEquals;

import karuta.api.Benchmark;
import karuta.check.junit.BenchmarkTests;
import org.junit.jupiter.api.Test;

class CornersTest extends BenchmarkTests {

    @Override
    protected Benchmark strategy() {
        return new Corners();
    }

    @Test
    void theSquareIsWhereTheAnswerSays() {
        for (var sample : new Corners().task("top").test()) {
            var rgb = sample.query().images().get(0).pixels().rgb();
            var top = (rgb[0] & 0xFF) == 255 || (rgb[31 * 3] & 0xFF) == 255;
            assertEquals(top ? "yes" : "no", sample.answer(), sample.id());
        }
    }
}
