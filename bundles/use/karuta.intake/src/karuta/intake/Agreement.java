package karuta.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Takes each question about the same image once.
 *
 * @param several whether different answers are all right
 * @param left what is left out
 */
record Agreement(boolean several, LeftOut left) {

    /** Those that nothing else contradicts, in their order. */
    List<Item> of(List<Item> items) {
        var same = new LinkedHashMap<Item.Asked, List<Item>>();
        items.forEach(item ->
                same.computeIfAbsent(item.asked(), none -> new ArrayList<>()).add(item));
        var kept = new ArrayList<Item>();
        same.values().forEach(each -> agree(each, kept));
        return kept;
    }

    private void agree(List<Item> same, List<Item> kept) {
        var different = new LinkedHashMap<List<String>, Item>();
        for (var item : same) {
            var before = different.putIfAbsent(item.answers(), item);
            if (before != null) {
                left.add(Reason.DUPLICATE, item.where() + " says what " + before.where() + " says.");
            }
        }
        var first = same.get(0);
        if (different.size() == 1) {
            kept.add(first);
        } else if (several && first.entry().turns().size() == 1) {
            kept.add(first.answering(
                    different.keySet().stream().flatMap(List::stream).distinct().toList()));
        } else {
            different.values().forEach(item -> left.add(Reason.CONTRADICTION, contradiction(item, first, different)));
        }
    }

    private static String contradiction(Item item, Item first, LinkedHashMap<List<String>, Item> different) {
        var other =
                item == first ? different.values().stream().skip(1).findFirst().orElseThrow() : first;
        return item.where() + " answers \"" + item.answers().get(0) + "\" to what " + other.where() + " answers \""
                + other.answers().get(0) + "\" to.";
    }
}
