package my.lab.weighing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Insert.Tokens;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.check.junit.FusionTests;
import karuta.kit.ToyCards;
import org.junit.jupiter.api.Test;

class WeighingTest extends FusionTests {

    @Override
    protected Fusion strategy() {
        return new Weighing();
    }

    @Test
    void frozenCardsAreWeighedByTheirScoresAndTheOneInTrainingIsNot() {
        var toys = new ToyCards(context().manager());
        var far = toys.closed("far", 1);
        var near = toys.closed("near", 1);
        var open = toys.open("open", 7);
        var chosen = new Selection(List.of(new Pick(far, 0), new Pick(near, Math.log(3)), new Pick(open, Double.NaN)));
        var fused = ToyCards.fuse(started(), chosen, List.of(far, near, open));
        assertArrayEquals(new float[] {0.5f}, numbers(fused.get(0)));
        assertArrayEquals(new float[] {1.5f}, numbers(fused.get(1)), 1e-6f);
        assertSame(open.inserts().get(0), fused.get(2));
    }

    private static float[] numbers(Insert insert) {
        return ((Tokens) insert).embeddings().toFloatArray();
    }
}
