package karuta.serve.pool;

import java.util.List;
import java.util.Map;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Standing;

/** What a pool in service tells of itself. */
public interface PoolFacts {

    /** As callers name it. */
    String name();

    /** The revision that answers. */
    Revision revision();

    /** The cards of the revision that answers. */
    List<CardRecord> cards();

    /** How many revisions were opened since the service began, the first one included. */
    long openings();

    /**
     * The pool's history, newest first.
     *
     * @param most so many
     */
    List<Revision> history(int most);

    /** How good the pool was before and after each revision, by their ids, as far as somebody has measured it. */
    Map<String, Standing.Scores> standing();
}
