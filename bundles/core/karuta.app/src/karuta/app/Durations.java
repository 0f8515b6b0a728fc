package karuta.app;

/** Spans of time, for people. */
final class Durations {

    private Durations() {}

    /** Such as {@code 45 s}, {@code 3 min} or {@code 2 h 10 min}. */
    static String words(double seconds) {
        var whole = Math.round(seconds);
        if (whole < 90) {
            return whole + " s";
        }
        var minutes = Math.round(seconds / 60);
        return minutes < 90 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
