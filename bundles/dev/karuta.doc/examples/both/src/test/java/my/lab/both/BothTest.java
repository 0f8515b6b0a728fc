package my.lab.both;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import karuta.api.Selector;
import karuta.check.junit.SelectorTests;
import karuta.kit.ToyCards;
import karuta.kit.ToyOptions;
import org.junit.jupiter.api.Test;

class BothTest extends SelectorTests {

    @Override
    protected Selector strategy() {
        return new Both(ToyOptions.defaults(Both.Options.class));
    }

    @Override
    protected Set<String> needed() {
        return Set.of(); // either is enough
    }

    @Test
    void whatIsUnlikeInOneModalityIsNotSavedByTheOther() {
        var toys = new ToyCards(context().manager());
        var half = new float[] {1, 0};
        var image = toys.twoKeys("image", new float[] {1, 0}, new float[] {-1, 0});
        var either = toys.twoKeys("either", new float[] {0, 1}, new float[] {0, 1});
        var one = new Both(ToyOptions.of(Both.Options.class, Map.of("k", 1)));
        var picks = ToyCards.select(one, toys.call(half, half, image, either)).picks();
        assertEquals("either", picks.get(0).card().id());
        assertEquals(0.25, picks.get(0).score(), 1e-6);
    }
}
