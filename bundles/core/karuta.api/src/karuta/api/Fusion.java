package karuta.api;

import java.util.List;

/** Makes what the backbone gets out of the chosen cards. It may train something of its own, such as a gate. */
public interface Fusion extends Trainable {

    /** The factory of its components. */
    String KIND = "karuta.fusion";

    /**
     * Fuses for the samples of a batch. What comes out for one may not depend on the others.
     *
     * @param samples with the cards that were chosen for each
     * @param cards all cards of the pool, for methods that use every one in some layers (HiDe-LLaVA)
     * @return the inserts of each sample
     */
    List<List<Insert>> fuse(List<Choice> samples, Cards cards);

    /**
     * Fuses in training; by default as at inference. For what differs there, such as dropout.
     *
     * @param samples with the cards that were chosen for each
     * @param cards all cards of the pool
     * @param step whose random numbers count
     * @return the inserts of each sample
     */
    default List<List<Insert>> fuse(List<Choice> samples, Cards cards, TrainingStep step) {
        return fuse(samples, cards);
    }

    /**
     * A sample with the cards that were chosen for it.
     *
     * @param input the sample
     * @param selection its cards
     */
    record Choice(Input input, Selection selection) {}
}
