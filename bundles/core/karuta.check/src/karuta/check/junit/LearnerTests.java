package karuta.check.junit;

import java.util.Optional;
import karuta.api.Learner;
import karuta.check.Checks;
import karuta.check.Ensemble;
import karuta.check.Report;

/** What must hold of every learner, also of a baseline that is no wrapper. */
public abstract class LearnerTests extends StrategyTests<Learner> {

    /** Who learns with it: nobody, unless it plays parts. */
    protected Ensemble ensemble() {
        return Ensemble.alone(maker());
    }

    @Override
    final Report report(String name) {
        return Checks.ensemble(name, ensemble(), Optional.empty());
    }
}
