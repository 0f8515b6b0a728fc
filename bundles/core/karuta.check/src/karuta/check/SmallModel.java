package karuta.check;

import java.util.Optional;
import java.util.function.Function;
import karuta.api.Backbone;
import karuta.api.GuidanceEncoder;
import karuta.api.Query;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;

/**
 * A model that reads batches, small enough to check strategies on.
 *
 * @param backbone started
 * @param encoder started
 * @param home of what they keep
 */
public record SmallModel(Made<? extends Backbone> backbone, Made<? extends GuidanceEncoder> encoder, ToyContext home)
        implements Ground, AutoCloseable {

    /** Makes and starts both. */
    public static SmallModel open(Maker<? extends Backbone> backbone, Maker<? extends GuidanceEncoder> encoder) {
        var home = new ToyContext(1);
        Made<? extends Backbone> model = backbone.make();
        Made<? extends GuidanceEncoder> clip = encoder.make();
        home.start(model.strategy());
        home.start(clip.strategy());
        return new SmallModel(model, clip, home);
    }

    @Override
    public ToyContext open(Function<Query, Optional<String>> truth) {
        return Ground.of(backbone.strategy(), encoder.strategy()).open(truth);
    }

    @Override
    public void close() {
        encoder.close();
        backbone.close();
        home.close();
    }
}
