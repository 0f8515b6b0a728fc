package karuta.engine.run;

import karuta.engine.plan.StudyPlan;

/** Receives a study's progress. Runs that are carried out at the same time call it from several threads. */
public interface StudyListener {

    /** Nobody watches. */
    StudyListener NOBODY = new StudyListener() {};

    /** The study is planned; nothing is loaded yet. */
    default void planned(StudyPlan plan) {}

    /** Something worth a line has happened. */
    default void says(String message) {}

    /** Something is probably not as the user wants it. */
    default void warns(String message) {}

    /** The work goes on; called often. */
    default void progress(Progress progress) {}

    /** A run has ended, one way or another. */
    default void ended(RunOutcome outcome) {}
}
