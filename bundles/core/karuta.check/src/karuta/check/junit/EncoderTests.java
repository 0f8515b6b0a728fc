package karuta.check.junit;

import karuta.api.GuidanceEncoder;
import karuta.check.Checks;
import karuta.check.Report;

/** What must hold of every encoder. */
public abstract class EncoderTests extends StrategyTests<GuidanceEncoder> {

    @Override
    final Report report(String name) {
        return Checks.encoder(name, maker());
    }
}
