package karuta.pool.none;

import java.util.List;
import karuta.api.Card;
import karuta.api.PromptPool;
import org.osgi.service.component.annotations.Component;

/**
 * The null of the pool: it keeps no cards and trains nothing, so that a learner over it answers as the frozen model
 * does.
 */
@Component(name = "none", factory = PromptPool.KIND)
public final class NoPool implements PromptPool {

    @Override
    public List<Card> cards() {
        return List.of();
    }
}
