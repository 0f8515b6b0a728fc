package karuta.check.junit;

import karuta.api.Backbone;
import karuta.check.Checks;
import karuta.check.Report;

/** What must hold of every backbone. */
public abstract class BackboneTests extends StrategyTests<Backbone> {

    @Override
    final Report report(String name) {
        return Checks.backbone(name, maker());
    }
}
