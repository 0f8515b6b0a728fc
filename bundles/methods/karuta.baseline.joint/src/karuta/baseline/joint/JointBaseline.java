package karuta.baseline.joint;

import java.util.List;
import karuta.api.Baseline;
import karuta.api.LearnerWrapper;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Lets any learner learn all tasks in one stage, their examples mixed: what sequential learning is measured against.
 */
@Component(name = "joint", factory = Baseline.KIND)
@Designate(ocd = JointBaseline.About.class)
public final class JointBaseline extends LearnerWrapper implements Baseline {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Joint training",
            description = "Lets any learner learn all tasks at once, in one stage.")
    public @interface About {}

    @Override
    public List<List<String>> schedule(List<String> tasks) {
        return List.of(tasks);
    }
}
