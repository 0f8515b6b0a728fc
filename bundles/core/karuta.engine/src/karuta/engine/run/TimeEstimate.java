package karuta.engine.run;

import java.util.OptionalDouble;

/** How long the runs of a study will still take, going by what steps and answers took so far. Threads share it. */
final class TimeEstimate {

    private static final class Unit {
        private long left;
        private long done;
        private double seconds;

        private void did(long units, double took) {
            left -= units;
            done += units;
            seconds += took;
        }

        private boolean known() {
            return left <= 0 || done > 0;
        }

        private double secondsLeft() {
            return left <= 0 ? 0 : left * seconds / done;
        }
    }

    private final int jobs;
    private final Unit steps = new Unit();
    private final Unit answers = new Unit();

    /** @param jobs how many runs go on at the same time */
    TimeEstimate(int jobs) {
        this.jobs = jobs;
    }

    /** Work that is still to be done, or (negative) need not be done after all. */
    synchronized void expect(long moreSteps, long moreAnswers) {
        steps.left += moreSteps;
        answers.left += moreAnswers;
    }

    synchronized void stepped(double seconds) {
        steps.did(1, seconds);
    }

    synchronized void answered(long samples, double seconds) {
        answers.did(samples, seconds);
    }

    /** Empty until something of every kind of work that is left has been measured. */
    synchronized OptionalDouble secondsLeft() {
        return steps.known() && answers.known()
                ? OptionalDouble.of((steps.secondsLeft() + answers.secondsLeft()) / jobs)
                : OptionalDouble.empty();
    }
}
