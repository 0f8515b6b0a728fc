package karuta.engine.catalog;

import java.util.Optional;

/**
 * Follows the dropins folder while the program runs: jars that are dropped in, replaced or taken away count at the next look. What is in
 * use goes on as it began: another version of a bundle comes beside it, and the old one goes when nobody uses it any more. One thread at
 * a time looks and sweeps.
 */
public interface HotDropins {

    /** The strategies that count: those of bundles that have given way do not. */
    Strategies strategies();

    /**
     * Looks whether jars came, changed or went. One that is still being written counts when it stands still from one look to the next; one that
     * is damaged or dangerous stays outside, and what it should replace stays.
     *
     * @return what is wrong with jars in the folder, in words; empty if all is well
     */
    Optional<String> look();

    /** Nobody uses any more what has given way. */
    void sweep();
}
