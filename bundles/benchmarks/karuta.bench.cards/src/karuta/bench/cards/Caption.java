package karuta.bench.cards;

import java.util.ArrayList;
import karuta.api.RandomStream;

/** Describes scenes, as an image-text model is taught. */
public final class Caption {

    static final String WORDS = "blurry picture with text";

    private static final int MOST = 3;

    private Caption() {}

    /** A caption: the look, sometimes the text, and up to three things in any order. */
    public static String of(Scene scene, RandomStream draws) {
        var words = new ArrayList<String>();
        if (scene.blurred()) {
            words.add("blurry");
        }
        words.add(scene.tone().word());
        words.add(scene.style().word());
        words.add("picture with");
        if (!scene.text().isEmpty()) {
            words.add("text");
            if (draws.uniform(0) < 0.5) {
                scene.text().forEach(letter -> words.add(letter.thing().word()));
            }
        }
        var things = scene.items().stream()
                .filter(item -> item.thing().group() != ObjectType.Group.LETTER)
                .toList();
        var order = draws.fork("order").permutation(things.size());
        for (var i = 0; i < Math.min(MOST, order.length); i++) {
            var item = things.get(order[i]);
            words.add(item.color().word() + " " + item.thing().word());
        }
        return String.join(" ", words);
    }
}
