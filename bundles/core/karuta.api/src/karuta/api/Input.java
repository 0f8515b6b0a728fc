package karuta.api;

import java.util.Optional;

/**
 * A query with what the frozen parts made of it. All that a learner gets at inference.
 *
 * @param key a number made of the query's content alone; keys the random draws of this sample
 * @param query what is asked
 * @param vision what the backbone's tower saw; empty without a picture
 * @param guidance what the guidance encoder made of picture and instruction
 * @param trueTask the true task, present only in an arm that the study marks {@code analysis}
 */
public record Input(
        long key, Query query, Optional<VisionFeatures> vision, Guidance guidance, Optional<String> trueTask) {}
