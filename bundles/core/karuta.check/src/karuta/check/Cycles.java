package karuta.check;

/** Opens and closes something some times, and looks whether PyTorch's memory fills. */
final class Cycles {

    private static final String REMEDY =
            "Let arrays belong to context().manager() or to context().keep, or close() them; a manager of your own is"
                    + " closed by nobody else.";

    private Cycles() {}

    /** The first time may fill caches; what counts is whether both others leave something. */
    static Outcome flat(Runnable cycle) {
        cycle.run();
        var before = LiveArrays.count();
        cycle.run();
        var one = LiveArrays.count();
        cycle.run();
        var two = LiveArrays.count();
        return new Failure(REMEDY)
                .require(
                        one <= before || two <= one,
                        "after close()",
                        "Every run leaves " + (two - one) + " arrays in PyTorch's memory.")
                .outcome();
    }
}
