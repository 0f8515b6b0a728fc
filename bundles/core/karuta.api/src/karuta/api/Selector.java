package karuta.api;

import java.util.List;

/** Chooses the cards that answer a sample. It may train something of its own, such as the weight of a modality. */
public interface Selector extends Trainable {

    /** The factory of its components. */
    String KIND = "karuta.selector";

    /**
     * Chooses for the samples of a batch. What is chosen for one may not depend on the others. Gradients may flow from the
     * picks' weights into the cards' keys and into what the selector trains.
     *
     * @return one selection per sample
     * @throws KarutaException if it needs a modality or a key that is absent
     */
    List<Selection> select(Calls calls);
}
