package karuta.api;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What surrounds a strategy in one run. Arrays that are made during a training step or an answer are freed after it;
 * everything that shall live longer goes through {@link #keep}.
 */
@ProviderType
public interface StrategyContext {

    /** Lives as long as the run. */
    NDManager manager();

    /** A copy of the array, without gradient history, that lives as long as the run or until it is closed. */
    NDArray keep(NDArray array);

    /** The frozen model. */
    Backbone backbone();

    /** The frozen encoder that makes guidance features. */
    GuidanceEncoder encoder();

    /** The random numbers of a stream of this run. Name it after the strategy and the use. */
    RandomStream random(String stream);

    /** What the frozen parts make of a query; computed once and cached. */
    Input encode(Query query);

    /**
     * A part that the study gives to this strategy, ready started: a pool, a selector, a fusion, or the learner that a
     * wrapper goes over.
     *
     * @throws KarutaException if the study gives none
     */
    <T extends Strategy> T part(Class<T> kind);

    /**
     * Gradients of a loss (EWC, A-GEM, KeepLoRA). What the optimiser sees is not touched.
     *
     * @param loss computes a scalar; run with recording
     * @param of what to differentiate by; need not be trained
     * @return one array per parameter, of its shape, zeros where the loss does not depend on it; they live until the
     *     strategy's method returns
     */
    List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of);

    /**
     * A second instance of the learner below a wrapper, with all its parts, in the state in which the learner is now (the
     * teacher of LwF).
     *
     * @throws KarutaException if the study gives no learner
     */
    Twin twin();

    /** A learner of its own that is freed when it is closed, at the latest at the end of the run. */
    @ProviderType
    interface Twin extends AutoCloseable {

        /** The learner; it is only asked, never trained. */
        Learner learner();

        @Override
        void close();
    }
}
