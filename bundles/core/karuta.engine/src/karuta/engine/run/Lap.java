package karuta.engine.run;

/** How long it is since the last time that somebody asked, or since this was made. */
final class Lap {

    private long since = System.nanoTime();

    /** The next lap begins. */
    double seconds() {
        var now = System.nanoTime();
        var seconds = (now - since) / 1e9;
        since = now;
        return seconds;
    }
}
