package my.lab.means;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import karuta.api.PromptPool;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.tensor.CardKeys;
import karuta.tensor.FeatureMeans;
import karuta.tensor.PromptStart;
import karuta.tensor.StagedPromptPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** ModalPrompt's pool with other keys: a prompt is found by the mean features of its task, and no transform is trained. */
@Component(name = "means", factory = PromptPool.KIND)
@Designate(ocd = Means.Options.class)
public final class Means extends StagedPromptPool {

    @ObjectClassDefinition(description = "A prompt per task, found by the mean features of the task's examples.")
    public @interface Options {
        @AttributeDefinition(description = "Soft tokens per prompt (M).", min = "1")
        int length() default 10;
    }

    private static final CardKeys KEYS = new CardKeys() {
        @Override
        public Map<String, NDArray> closed(Map<String, NDArray> last, StageData data, StrategyContext context) {
            return FeatureMeans.of(data, context);
        }
    };

    @Activate
    public Means(Options options) {
        super("means", 1, options.length(), PromptStart.tokens(), KEYS);
    }
}
