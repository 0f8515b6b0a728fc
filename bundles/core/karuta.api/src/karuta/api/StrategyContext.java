package karuta.api;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What surrounds a strategy in one run. Arrays that are made during a training step or an answer are freed after it;
 * everything that shall live longer goes through {@link #keep}.
 */
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
}
