package karuta.api;

import java.util.Optional;

/**
 * One sample calls for cards. A selector sees nothing else: not the task.
 *
 * @param guidance the sample's features
 * @param cards the candidates; trainable ones only while they are trained
 * @param random random numbers of this sample
 * @param trueTask present only in an arm that the study marks {@code analysis}
 */
public record Call(Guidance guidance, Cards cards, RandomStream random, Optional<String> trueTask) {}
