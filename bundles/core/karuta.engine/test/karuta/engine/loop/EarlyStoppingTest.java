package karuta.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Sample;
import karuta.api.Stage;
import karuta.engine.features.FrozenModels;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.PupilBackbone;
import karuta.engine.toy.Toys;
import karuta.kit.ToyContext;
import karuta.study.KarutaFactory;
import karuta.study.Training;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that ends before its last step. */
class EarlyStoppingTest {

    private static final int STEPS = 40;

    @TempDir
    private Path folder;

    private final ToyContext toys = new ToyContext(1);
    private final List<Double> losses = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private FrozenModels frozen;
    private Pupil pupil = new Pupil();

    @BeforeEach
    void open() {
        frozen = new FrozenModels(new PupilBackbone(toys.backbone()), toys.encoder(), "", folder);
    }

    @AfterEach
    void close() {
        frozen.close();
        toys.close();
    }

    private static Training training() {
        var training = KarutaFactory.eINSTANCE.createTraining();
        training.setSteps(STEPS);
        training.setBatch(4);
        training.setRate(0.3);
        return training;
    }

    /** Learns the first task; keeps losses of the held-out samples, and what the learner was at each look. */
    private StageResult learn(EarlyStopping stopping) {
        pupil = new Pupil();
        pupil.start(toys);
        losses.clear();
        hashes.clear();
        var plan = new ContinualLoop.Plan(
                1, training(), false, false, new ContinualLoop.Suspects("who chooses", "the rest"), stopping);
        var watch = new RunListener() {
            @Override
            public void looked(int stage, int done, double loss) {
                losses.add(loss);
                hashes.add(hash());
            }
        };
        var examples = Toys.task(0).train().stream()
                .map(sample -> new TaskSample(sample, "task0"))
                .toList();
        return new StageTrainer(pupil, new InputEncoder(frozen, false), plan, watch, Bookmark.NONE)
                .learn(new Stage(1, List.of("task0")), examples);
    }

    private String hash() {
        return StateHash.of(pupil.trainable());
    }

    /** Two tasks, of which one is learned: the loss of both together falls, and then rises. */
    private static List<Sample> torn() {
        var own = Toys.task(0).test().subList(0, 4);
        return IntStream.range(0, 5)
                .mapToObj(i -> i < own.size() ? own.get(i) : Toys.task(1).test().get(0))
                .toList();
    }

    @Test
    void itEndsWhenTheLossNoLongerFallsAndKeepsWhatWasBest() {
        var result = learn(new EarlyStopping(torn(), 2, 3));
        var best = IntStream.range(0, losses.size())
                .reduce((one, other) -> losses.get(other) < losses.get(one) ? other : one)
                .orElseThrow();
        assertTrue(result.steps() < STEPS, losses.toString());
        assertEquals(2 * (best + 1 + 3), result.steps(), losses.toString());
        assertTrue(best > 0, losses.toString());
        assertEquals(hashes.get(best), hash());
        assertNotEquals(hashes.get(hashes.size() - 1), hash());
    }

    @Test
    void lookingChangesNothing() {
        learn(EarlyStopping.NEVER);
        var alone = hash();
        assertEquals(List.of(), losses);
        var result = learn(new EarlyStopping(Toys.task(0).test(), 3, STEPS));
        assertEquals(STEPS, result.steps());
        assertEquals(14, losses.size(), "every third step, and the last one");
        assertEquals(alone, hashes.get(13));
        learn(new EarlyStopping(Toys.task(0).test(), STEPS, 1));
        assertEquals(alone, hash());
    }
}
