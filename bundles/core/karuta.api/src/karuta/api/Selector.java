package karuta.api;

/** Chooses the cards that answer a sample. */
public interface Selector extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.selector";

    /**
     * Chooses for one sample. Gradients may flow from the picks' weights and the losses into the cards' keys.
     *
     * @throws KarutaException if it needs a modality or a key that is absent
     */
    Selection select(Call call);
}
