package karuta.engine.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.diagnosis.Finding;

/** Says what is wrong with jars that did not come with the program. */
public interface Doctor {

    /**
     * All that is wrong with what lies in the dropins folder.
     *
     * @param limit how long each strategy may take to be made
     */
    List<Finding> dropped(Duration limit);

    /**
     * All that is wrong with jars, which may need each other.
     *
     * @param jars by what the user calls them
     * @param limit how long each of their strategies may take to be made
     */
    List<Finding> examine(Map<String, Path> jars, Duration limit);

    /**
     * Makes a strategy and gives it back.
     *
     * @param type which
     * @param options what a study sets
     * @param where the jar, or file and line of the study
     * @param limit how long it may take
     * @return what is wrong with it
     */
    Optional<Finding> attempt(StrategyType type, Map<String, Object> options, String where, Duration limit);

    /** Whether code that was tried still runs: the virtual machine then ends only if it is told to. */
    boolean isLeftWithCode();
}
