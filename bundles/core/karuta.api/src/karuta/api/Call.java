package karuta.api;

import java.util.List;
import java.util.Optional;

/**
 * One sample calls for cards. A selector sees nothing else: not the task, and nothing about the rest of the batch.
 *
 * @param guidance the sample's features
 * @param cards the candidates, oldest first; open ones only while they are trained
 * @param random random numbers of this sample
 * @param trueTask the true task, present only in an arm that the study marks {@code analysis}
 */
public record Call(Guidance guidance, List<Card> cards, RandomStream random, Optional<String> trueTask) {}
