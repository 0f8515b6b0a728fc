package karuta.check.junit;

import java.util.Optional;
import karuta.api.PromptPool;
import karuta.check.Checks;
import karuta.check.Companions;
import karuta.check.Ensemble;
import karuta.check.Report;

/** What must hold of every pool. */
public abstract class PoolTests extends StrategyTests<PromptPool> {

    /** Who learns with it: toys, unless it needs others. */
    protected Ensemble ensemble() {
        return Ensemble.playing(Companions.player(), maker(), Companions.selector(), Companions.fusion());
    }

    @Override
    final Report report(String name) {
        return Checks.ensemble(name, ensemble(), Optional.empty());
    }
}
