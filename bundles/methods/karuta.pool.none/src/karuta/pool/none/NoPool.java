package karuta.pool.none;

import java.util.List;
import karuta.api.Card;
import karuta.api.PromptPool;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The null of the pool: it keeps no cards and trains nothing, so that a learner over it answers as the frozen model
 * does.
 */
@Component(name = "none", factory = PromptPool.KIND)
@Designate(ocd = NoPool.About.class)
public final class NoPool implements PromptPool {

    /** It has no options. */
    @ObjectClassDefinition(name = "No pool", description = "No cards: the frozen model as it is.")
    public @interface About {}

    @Override
    public List<Card> cards() {
        return List.of();
    }
}
