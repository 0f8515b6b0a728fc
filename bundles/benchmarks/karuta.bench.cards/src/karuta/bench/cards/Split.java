package karuta.bench.cards;

import java.util.Locale;
import karuta.api.RandomStream;

/**
 * The two halves of a task's data. What lies in the cells decides to which half a picture belongs, whatever the seed
 * and the task: so no arrangement of things that is tested was ever learned from.
 */
enum Split {
    TRAIN,
    TEST;

    private static final int PARTS = 5;

    /** Where a scene belongs: one arrangement in five is for tests. */
    static Split of(Scene scene) {
        var arrangement = new StringBuilder();
        for (var item : scene.items()) {
            arrangement
                    .append(item.cell())
                    .append(item.thing())
                    .append(item.color())
                    .append(' ');
        }
        return RandomStream.of(0, "cards.split").fork(arrangement.toString()).below(PARTS, 0) == 0 ? TEST : TRAIN;
    }

    /** Its name in sample ids. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
