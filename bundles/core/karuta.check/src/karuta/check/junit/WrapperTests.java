package karuta.check.junit;

import java.util.Optional;
import karuta.api.Learner;
import karuta.check.Checks;
import karuta.check.Companions;
import karuta.check.Ensemble;
import karuta.check.Report;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;

/** What must hold of every learner that goes over another one. */
public abstract class WrapperTests extends StrategyTests<Learner> {

    /** A run with a toy to go over, for tests of one's own. */
    protected final ToyContext run() {
        return new ToyContext(1).over(ToyLearner::new);
    }

    /** What it goes over: one soft token, unless it needs another learner. */
    protected Ensemble ensemble() {
        return Ensemble.over(maker(), Companions.below());
    }

    @Override
    final Report report(String name) {
        return Checks.ensemble(name, ensemble(), Optional.empty());
    }
}
