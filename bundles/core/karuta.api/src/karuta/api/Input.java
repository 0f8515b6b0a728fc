package karuta.api;

import java.util.List;
import java.util.Optional;

/**
 * A query with what the frozen parts made of it. All that a learner gets at inference.
 *
 * @param key a number made of the query's content alone; keys the random draws of this sample
 * @param query what is asked
 * @param vision what the backbone's tower made of each image; empty without one
 * @param guidance what the guidance encoder made of images and instruction
 * @param trueTask present only in an arm that the study marks {@code analysis}
 */
public record Input(long key, Query query, List<VisionFeatures> vision, Guidance guidance, Optional<String> trueTask) {

    /** Copies the list. */
    public Input {
        vision = List.copyOf(vision);
    }
}
