package my.lab.euclid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import karuta.api.Selector;
import karuta.check.junit.SelectorTests;
import karuta.kit.ToyCards;
import karuta.kit.ToyOptions;
import org.junit.jupiter.api.Test;

class EuclidTest extends SelectorTests {

    @Override
    protected Selector strategy() {
        return new Euclid(ToyOptions.defaults(Euclid.Options.class));
    }

    @Override
    protected Set<String> needed() {
        return Set.of(); // either is enough
    }

    @Test
    void theNearestIsNotTheOneWithTheSmallestAngle() {
        var toys = new ToyCards(context().manager());
        var call =
                toys.call(new float[] {1, 0}, new float[] {1, 0}, toys.closed("far", 9, 0), toys.closed("near", 1, 1));
        var picks = ToyCards.select(new Euclid(ToyOptions.of(Euclid.Options.class, Map.of("k", 1))), call)
                .picks();
        assertEquals("near", picks.get(0).card().id());
        assertEquals(-2, picks.get(0).score());
    }
}
