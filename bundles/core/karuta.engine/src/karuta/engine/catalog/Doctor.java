package karuta.engine.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.diagnosis.Finding;

/** Says what is wrong with jars that did not come with the program. */
public interface Doctor {

    /** Is told, before foreign code runs, what is to be said if that ends the whole program; and again before the next. */
    @FunctionalInterface
    interface Witness {

        /**
         * Foreign code is about to run.
         *
         * @param soFar what has been found
         * @param ifItEnds what is wrong with it if it ends the program
         */
        void before(List<Finding> soFar, Finding ifItEnds);
    }

    /**
     * All that is wrong with what lies in the dropins folder.
     *
     * @param limit how long each strategy may take to be made
     * @param witness of what is tried
     */
    List<Finding> dropped(Duration limit, Witness witness);

    /**
     * All that is wrong with jars, which may need each other.
     *
     * @param jars by what the user calls them
     * @param limit how long each of their strategies may take to be made
     * @param witness of what is tried
     */
    List<Finding> examine(Map<String, Path> jars, Duration limit, Witness witness);

    /**
     * Makes a strategy and gives it back.
     *
     * @param type which
     * @param options what a study sets
     * @param where the jar, or file and line of the study
     * @param limit how long it may take
     * @param witness of the attempt
     * @return what is wrong with it
     */
    Optional<Finding> attempt(
            StrategyType type, Map<String, Object> options, String where, Duration limit, Witness witness);

    /** Whether code that was tried still runs: the virtual machine then ends only if it is told to. */
    boolean isLeftWithCode();
}
