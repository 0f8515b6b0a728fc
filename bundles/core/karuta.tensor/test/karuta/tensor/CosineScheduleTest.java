package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {

    /** Transformers' get_cosine_schedule_with_warmup(optimizer, 3, 20). */
    private static final double[] EXPECTED = {
        0.0,
        0.3333333333333333,
        0.6666666666666666,
        1.0,
        0.991486549841951,
        0.9662361147021779,
        0.9251085678648071,
        0.8695044586103295,
        0.8013173181896283,
        0.7228691778882692,
        0.6368314950360415,
        0.546134179731651,
        0.45386582026834904,
        0.3631685049639586,
        0.2771308221117309,
        0.19868268181037185,
        0.1304955413896705,
        0.074891432135193,
        0.03376388529782215,
        0.008513450158049107
    };

    @Test
    void equalsTransformers() {
        var schedule = new CosineSchedule(20, 0.15);
        for (var step = 0; step < 20; step++) {
            assertEquals(EXPECTED[step], schedule.rate(step), 1e-15);
        }
    }

    @Test
    void roundsTheWarmupUp() {
        assertEquals(1, new CosineSchedule(10, 0.03).warmup());
        assertEquals(0, new CosineSchedule(10, 0.0).warmup());
    }

    @Test
    void startsAtTheFullRateWithoutWarmup() {
        assertEquals(1, new CosineSchedule(10, 0.0).rate(0));
        assertEquals(0, new CosineSchedule(10, 0.0).rate(10), 1e-15);
    }
}
