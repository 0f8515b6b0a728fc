package karuta.api;

import java.util.List;

/** Makes what the backbone gets out of the chosen cards. */
public interface Fusion extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.fusion";

    /**
     * Fuses for one sample.
     *
     * @param selection the chosen cards
     * @param cards all cards of the pool, for methods that use every one in some layers (HiDe-LLaVA)
     */
    List<Insert> fuse(Selection selection, List<Card> cards);
}
