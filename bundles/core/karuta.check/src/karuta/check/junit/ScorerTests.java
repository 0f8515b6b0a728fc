package karuta.check.junit;

import karuta.api.Scorer;
import karuta.check.Checks;
import karuta.check.Report;
import karuta.check.Rubric;

/** What must hold of every rule of scoring. */
public abstract class ScorerTests extends StrategyTests<Scorer> {

    /** What it is tried with: short answers, unless it needs others, or fields of the samples. */
    protected Rubric rubric() {
        return Rubric.words();
    }

    @Override
    final Report report(String name) {
        return Checks.scorer(name, maker(), rubric());
    }
}
