package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TimeEstimateTest {

    @Test
    void whatIsLeftTakesAsLongAsWhatIsDone() {
        var forecast = new TimeEstimate(1);
        forecast.expect(10, 100);
        assertEquals(OptionalDouble.empty(), forecast.secondsLeft());
        forecast.answered(20, 4);
        assertEquals(OptionalDouble.empty(), forecast.secondsLeft(), "no step has been measured");
        forecast.stepped(3);
        assertEquals(9 * 3 + 80 * 0.2, forecast.secondsLeft().orElseThrow(), 1e-9);
    }

    @Test
    void workThatIsDroppedTakesNoTime() {
        var forecast = new TimeEstimate(2);
        forecast.expect(10, 100);
        forecast.answered(50, 10);
        forecast.expect(-10, 0);
        assertEquals(5, forecast.secondsLeft().orElseThrow(), 1e-9);
    }

    @Test
    void aRunEvaluatesOnceMoreThanItHasStages() {
        var workload = new Workload(List.of(5L, 7L), 30);

        assertEquals(12, workload.stepsAfter(0));
        assertEquals(7, workload.stepsAfter(1));
        assertEquals(0, workload.stepsAfter(2));
        assertEquals(90, workload.answersAfter(-1));
        assertEquals(60, workload.answersAfter(0));
        assertEquals(0, workload.answersAfter(2));
    }
}
