package karuta.engine.catalog;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;

/** What came of foreign code that may fail, and may never come to an end: it runs on a thread of its own. */
sealed interface Attempt<T> {

    /** @param value what it gave */
    record Done<T>(T value) implements Attempt<T> {}

    /** @param thrown what it threw */
    record Failed<T>(Throwable thrown) implements Attempt<T> {}

    /** @param stack where it was when patience ended; it goes on there */
    record Endless<T>(StackTraceElement[] stack) implements Attempt<T> {

        /**
         * In words.
         *
         * @param where the jar
         * @param who of it
         * @param limit how long was waited
         * @param isOwn whether a class is of the jar
         */
        Finding finding(String where, String who, Duration limit, Predicate<String> isOwn) {
            return new Finding(
                    Fault.ENDLESS, where, words(who, limit, stack, isOwn), "mend the class, or take the jar away");
        }
    }

    /** Says of something that does not come to an end where it is. */
    static String words(String who, Duration limit, StackTraceElement[] stack, Predicate<String> isOwn) {
        return "does not come to an end: after " + limit.toSeconds() + " s " + who + " is still "
                + Arrays.stream(stack)
                        .filter(frame -> isOwn.test(frame.getClassName()))
                        .findFirst()
                        .map(frame -> (frame.getMethodName().equals("<clinit>") ? "in the static initialiser, " : "in ")
                                + frame)
                        .orElse("at work");
    }

    /** A thread that was not waited for to the end; a virtual machine with one ends only if it is told to. */
    final class Lost extends Thread {

        private Lost(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }

        /** Whether there is one. */
        static boolean any() {
            return Thread.getAllStackTraces().keySet().stream().anyMatch(Lost.class::isInstance);
        }
    }

    /** Lets code run, and waits for it as long as the limit says. */
    static <T> Attempt<T> of(String name, Duration limit, Callable<T> code) {
        var task = new FutureTask<>(code);
        var thread = new Lost(task, name);
        thread.start();
        try {
            return new Done<>(task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            return new Failed<>(failed.getCause());
        } catch (TimeoutException patienceEnded) {
            return new Endless<>(thread.getStackTrace());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Endless<>(thread.getStackTrace());
        }
    }
}
