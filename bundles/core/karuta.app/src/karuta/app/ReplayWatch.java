package karuta.app;

import karuta.engine.run.Progress;
import karuta.engine.run.RunOutcome;
import karuta.engine.run.StudyListener;

/**
 * Shows how a replay goes on; where JSON is printed, nothing but that goes out.
 *
 * @param terminal where
 * @param quiet whether only warnings are told
 */
record ReplayWatch(Terminal terminal, boolean quiet) implements StudyListener {

    @Override
    public void says(String message) {
        if (!quiet) {
            terminal.say(message);
        }
    }

    @Override
    public void warns(String message) {
        terminal.warn(message);
    }

    @Override
    public void progress(Progress progress) {
        new TerminalWatch(terminal).progress(progress);
    }

    @Override
    public void ended(RunOutcome outcome) {
        outcome.message().ifPresent(terminal::fail);
    }
}
