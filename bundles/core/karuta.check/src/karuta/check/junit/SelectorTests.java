package karuta.check.junit;

import java.util.Optional;
import java.util.Set;
import karuta.api.Guidance;
import karuta.api.Selector;
import karuta.check.Checks;
import karuta.check.Companions;
import karuta.check.Ensemble;
import karuta.check.Report;

/** What must hold of every selector. */
public abstract class SelectorTests extends StrategyTests<Selector> {

    /** The features that it cannot do without; of each other one, some samples of the tests have none. */
    protected Set<String> needed() {
        return Set.of(Guidance.IMAGE, Guidance.TEXT);
    }

    /** Who learns with it: toys, unless it needs others. */
    protected Ensemble ensemble() {
        return Ensemble.playing(Companions.player(), Companions.pool(), maker(), Companions.fusion());
    }

    @Override
    final Report report(String name) {
        return Checks.selector(name, maker(), needed(), ensemble(), Optional.empty());
    }
}
