package karuta.engine.run;

import java.util.List;

/**
 * What a study will take, by what a few steps and answers of every arm took on this machine.
 *
 * @param arms in the order of the study
 * @param samples that backbone and encoder have to encode once, for all runs
 * @param secondsToEncode all of them, if none is in the cache
 */
public record Forecast(List<OfArm> arms, long samples, double secondsToEncode) {

    /** Copies the list. */
    public Forecast {
        arms = List.copyOf(arms);
    }

    /**
     * What an arm will take.
     *
     * @param arm its name
     * @param standings how its runs stand in the output folder, one for each
     * @param steps of the optimiser, in one run
     * @param answers that are generated in one run
     * @param seconds one run, if nothing else goes on
     * @param bytes that one run leaves
     */
    public record OfArm(String arm, List<Standing> standings, long steps, long answers, double seconds, long bytes) {

        /** Copies the list. */
        public OfArm {
            standings = List.copyOf(standings);
        }

        /** How many runs stand so. */
        public long count(Standing standing) {
            return standings.stream().filter(standing::equals).count();
        }

        /** How many runs are not finished. */
        public long missing() {
            return standings.size() - count(Standing.FINISHED);
        }
    }

    /** How a run stands. */
    public enum Standing {
        /** Nothing of it is there. */
        MISSING,
        /** It was begun, and nobody works on it: the next command goes on with it. */
        BEGUN,
        /** A process works on it. */
        RUNNING,
        /** It ended with an error. */
        FAILED,
        /** It is there, whole. */
        FINISHED
    }

    /** Seconds until all runs are there, so many of them at the same time. */
    public double seconds(int jobs) {
        var runs =
                arms.stream().mapToDouble(arm -> arm.missing() * arm.seconds()).sum();
        return (runs == 0 ? 0 : secondsToEncode) + runs / jobs;
    }

    /** Bytes that the missing runs will leave. */
    public long bytes() {
        return arms.stream().mapToLong(arm -> arm.missing() * arm.bytes()).sum();
    }
}
