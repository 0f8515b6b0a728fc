package karuta.baseline.joint;

import java.util.List;
import karuta.api.Baseline;
import karuta.api.LearnerWrapper;
import org.osgi.service.component.annotations.Component;

/**
 * Lets any learner learn all tasks in one stage, their examples mixed: what sequential learning is measured against.
 */
@Component(name = "joint", factory = Baseline.KIND)
public final class JointBaseline extends LearnerWrapper implements Baseline {

    @Override
    public List<List<String>> schedule(List<String> tasks) {
        return List.of(tasks);
    }
}
