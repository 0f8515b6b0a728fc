package karuta.scoring.pair;

import java.util.ArrayList;
import java.util.List;

/** How many there are of something, and what the first ones are called. */
public final class Tally {

    private static final int SHOWN = 5;

    private final List<String> first = new ArrayList<>();
    private int count;

    void add(String name) {
        if (count < SHOWN) {
            first.add(name);
        }
        count++;
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** Such as {@code 7 (a, b, c, d, e, ...)}. */
    @Override
    public String toString() {
        return count + (count == 0 ? "" : " (" + String.join(", ", first) + (count > first.size() ? ", ...)" : ")"));
    }
}
