package karuta.app;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.engine.catalog.Strategies;

/**
 * How the process ends. Code that was dropped in may end it at any time with any code, 0 too; so the program adds a
 * number to the codes that it means, and the launcher, which has set the number, takes it off again and reports every
 * other end. An end by {@code System.exit} is told here with its caller, one by {@code Runtime.halt} can be told only there.
 */
final class Ending {

    /** The launcher sets the number that is added. */
    private static final String OFFSET = "karuta.exit";

    /** Between code and the end that it brings about by reflection stand frames of the second kind. */
    private static final List<String> SYSTEM = List.of("java.", "jdk.internal.");

    private final Strategies strategies;
    private final Terminal terminal;
    private volatile boolean meant;

    private Ending(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    /** Looks out for an end that the program does not mean. */
    static Ending watch(Strategies strategies, Terminal terminal) {
        var ending = new Ending(strategies, terminal);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::check, "karuta ending"));
        return ending;
    }

    /** The program is through; gives the code that the process shall end with. */
    int regular(int code) {
        meant = true;
        return offset() + code;
    }

    private static int offset() {
        return Integer.getInteger(OFFSET, 0);
    }

    private void check() {
        if (meant) {
            return;
        }
        exiting(Thread.getAllStackTraces()).ifPresent(stack -> {
            terminal.fail(words(stack));
            Runtime.getRuntime().halt(offset() + CommandLines.FAILED);
        });
    }

    private String words(StackTraceElement[] stack) {
        var caller = Arrays.stream(stack)
                .filter(frame -> SYSTEM.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(Object::toString)
                .orElse("something");
        var thrown = new IllegalStateException();
        thrown.setStackTrace(stack);
        return "System.exit was called by " + caller
                + strategies
                        .culprit(thrown)
                        .map(culprit -> " of " + culprit.bundle())
                        .orElse("")
                + ", which ends the program with everything that it does"
                + "\n  a strategy throws an exception instead; mend it, or take it out of the dropins folder";
    }

    /** The stack of the thread whose code ends the process; empty if a signal does, which has a thread of its own. */
    static Optional<StackTraceElement[]> exiting(Map<Thread, StackTraceElement[]> stacks) {
        return stacks.values().stream()
                .filter(stack -> calls(stack, "java.lang.Runtime", "exit"))
                .filter(stack -> !calls(stack, "java.lang.Terminator$1", "handle"))
                .findFirst();
    }

    /** Whether the end that is going on was brought about by code and not by a signal. */
    static boolean byCode() {
        return exiting(Thread.getAllStackTraces()).isPresent();
    }

    private static boolean calls(StackTraceElement[] stack, String type, String method) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(type)
                        && frame.getMethodName().equals(method));
    }
}
