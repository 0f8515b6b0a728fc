package karuta.pool.none;

import java.util.List;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import org.osgi.service.component.annotations.Component;

/**
 * The null of the pool: it keeps no cards and trains nothing, so that a learner over it answers as the frozen model
 * does.
 */
@Component(name = "none", factory = PromptPool.KIND)
public final class NoPool implements PromptPool {

    @Override
    public void beginStage(Stage stage) {}

    @Override
    public List<Card> cards() {
        return List.of();
    }

    @Override
    public List<Parameter> trainable() {
        return List.of();
    }

    @Override
    public void endStage(Stage stage, StageData data) {}

    @Override
    public Footprint footprint() {
        return Footprint.NONE;
    }
}
