package karuta.check.junit;

import java.util.Optional;
import karuta.api.Fusion;
import karuta.check.Checks;
import karuta.check.Companions;
import karuta.check.Ensemble;
import karuta.check.Report;

/** What must hold of every fusion. */
public abstract class FusionTests extends StrategyTests<Fusion> {

    /** Who learns with it: toys, unless it needs others. */
    protected Ensemble ensemble() {
        return Ensemble.playing(Companions.player(), Companions.pool(), Companions.selector(), maker());
    }

    @Override
    final Report report(String name) {
        return Checks.fusion(name, maker(), ensemble(), Optional.empty());
    }
}
