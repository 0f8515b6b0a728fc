package my.lab.confidence;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import karuta.api.Baseline;
import karuta.api.Forward;
import karuta.api.LearnerWrapper;
import karuta.api.Paper;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One more loss term over any learner: {@code strength * sum p log p}, the mean over the answers' tokens, so that it is less sure. */
@Component(name = "confidence", factory = Baseline.KIND)
@Designate(ocd = Confidence.Options.class)
@Paper("Pereyra, Tucker, Chorowski, Kaiser, Hinton: Regularizing Neural Networks by Penalizing Confident Output"
        + " Distributions, ICLR 2017 workshop")
public final class Confidence extends LearnerWrapper implements Baseline {

    @ObjectClassDefinition(description = "Penalises answers that the learner below is all too sure of.")
    public @interface Options {
        @AttributeDefinition(description = "Weight of the negative entropy (beta).", min = "0")
        double strength() default 0.1;
    }

    private final double strength;

    @Activate
    public Confidence(Options options) {
        strength = options.strength();
    }

    @Override
    protected Map<String, NDArray> terms(Forward forward, TrainingStep step) {
        NDArray logs = Ops.logSoftmax(forward.output().logits());
        return Map.of(
                "confidence", Ops.scale(logs.exp().mul(logs).sum(new int[] {1}).mean(), strength));
    }
}
