package karuta.lmm.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a pickle has put down and not yet taken away, with the marks between. */
final class PickleStack {

    private static final int MAX_MARKS = 100;

    private final Deque<List<Object>> below = new ArrayDeque<>();
    private List<Object> items = new ArrayList<>();

    void push(Object item) {
        items.add(item);
    }

    Object top() throws PickleException {
        need(1);
        return items.get(items.size() - 1);
    }

    Object pop() throws PickleException {
        need(1);
        return items.remove(items.size() - 1);
    }

    /** Takes the last items away, in the order in which they were put down. */
    List<Object> pop(int count) throws PickleException {
        need(count);
        var last = items.subList(items.size() - count, items.size());
        var taken = List.copyOf(last);
        last.clear();
        return taken;
    }

    private void need(int count) throws PickleException {
        if (items.size() < count) {
            throw PickleException.broken("its pickle takes more than it has put down");
        }
    }

    void mark() throws PickleException {
        if (below.size() == MAX_MARKS) {
            throw PickleException.foreign("its values are nested more than " + MAX_MARKS + " deep");
        }
        below.push(items);
        items = new ArrayList<>();
    }

    /** Takes everything above the last mark away, and the mark. */
    List<Object> popMarked() throws PickleException {
        if (below.isEmpty()) {
            throw PickleException.broken("its pickle goes back to a mark that it has not set");
        }
        var taken = List.copyOf(items);
        items = below.pop();
        return taken;
    }

    /** Takes the last item away, which must be the only one. */
    Object popLast() throws PickleException {
        var last = pop();
        if (!items.isEmpty() || !below.isEmpty()) {
            throw PickleException.broken("its pickle ends with values that belong nowhere");
        }
        return last;
    }
}
