package karuta.app;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Optional;

/** Ends the process when its launcher is killed: a run that nobody sees would go on and write into its folder. */
final class Lifeline {

    /** A pipe that the launcher holds open for writing as long as it lives. */
    private static final String PIPE = "karuta.lifeline";

    /** The launcher's process. */
    private static final String LAUNCHER = "karuta.launcher";

    private static final int KILLED = 137;

    private Lifeline() {}

    /** Does nothing where no launcher has set the properties. */
    static void hold() {
        Optional.ofNullable(System.getProperty(PIPE)).ifPresent(pipe -> {
            var thread = new Thread(() -> watch(pipe), "karuta lifeline");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void watch(String pipe) {
        var launcher = Long.getLong(LAUNCHER, -1);
        if (ProcessHandle.current()
                .parent()
                .filter(parent -> parent.pid() != launcher)
                .isPresent()) {
            Runtime.getRuntime().halt(KILLED); // it was killed before the pipe could be opened
        }
        try (var in = new FileInputStream(pipe)) {
            if (in.read() < 0) {
                Runtime.getRuntime().halt(KILLED);
            }
        } catch (IOException gone) {
            return; // somebody swept the folder: the launcher lives, or the next start sees that it does not
        }
    }
}
