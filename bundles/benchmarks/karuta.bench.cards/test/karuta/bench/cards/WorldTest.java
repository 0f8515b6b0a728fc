package karuta.bench.cards;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import karuta.api.Pixels;
import karuta.api.RandomStream;
import org.junit.jupiter.api.Test;

class WorldTest {

    @Test
    void vocabularyHasEachWordOnceAndAllTranslations() {
        var words = Words.all();
        assertEquals(words.size(), new HashSet<>(words).size());
        for (var thing : ObjectType.values()) {
            assertTrue(words.contains(Words.romaji(thing.word())), thing.word());
            assertTrue(words.contains(Words.romaji(thing.category())), thing.category());
            assertTrue(!Words.romaji(thing.word()).equals(thing.word()), thing.word());
        }
        assertTrue(words.containsAll(Set.of("what", "unanswerable", "zero", "7", "?", "[", "0.33", "B")));
    }

    @Test
    void noTwoWordsHaveOneTranslation() {
        var english = Words.all().stream()
                .filter(word -> !Words.romaji(word).equals(word))
                .toList();
        assertEquals(
                english.size(), english.stream().map(Words::romaji).distinct().count());
    }

    @Test
    void captionsUseWordsOfTheVocabulary() {
        var vocabulary = Set.copyOf(Words.all());
        for (var i = 0; i < 300; i++) {
            var draws = RandomStream.of(i, "test");
            var caption = Caption.of(Domain.ANY.scene(draws), draws.fork("caption"));
            assertTrue(vocabulary.containsAll(Words.of(caption)), caption);
        }
    }

    @Test
    void scenesOfAllDomainsAreWellFormed() {
        var seen = EnumSet.noneOf(ObjectType.class);
        for (var domain : Domain.values()) {
            for (var i = 0; i < 500; i++) {
                var scene = domain.scene(RandomStream.of(i, domain.name()));
                var cells = scene.items().stream().map(Item::cell).toList();
                assertEquals(cells.stream().sorted().distinct().toList(), cells);
                assertTrue(!cells.isEmpty() && cells.get(cells.size() - 1) < 9);
                assertTrue(scene.text().isEmpty() || scene.text().size() == 3);
                assertTrue(scene.text().stream().map(Item::row).distinct().count() <= 1);
                scene.items().forEach(item -> seen.add(item.thing()));
            }
        }
        assertEquals(EnumSet.allOf(ObjectType.class), seen);
    }

    @Test
    void thingsStayInTheirCells() {
        for (var thing : ObjectType.values()) {
            for (var i = 0; i < 40; i++) {
                var draws = RandomStream.of(i, "test");
                var with = new Scene(Style.PLAIN, Tone.DARK, false, List.of(new Item(4, thing, Color.RED)));
                var without = new Scene(Style.PLAIN, Tone.DARK, false, List.of());
                var changed = changed(Renderer.render(with, draws), Renderer.render(without, draws));
                assertTrue(changed.stream().allMatch(xy -> xy / 48 / 16 == 1 && xy % 48 / 16 == 1), thing.name());
                assertTrue(changed.size() > 15, thing.name());
            }
        }
    }

    @Test
    void renderingIsAFunctionOfSceneAndDraws() {
        var scene = Domain.ANY.scene(RandomStream.of(3, "test"));
        var once = Renderer.render(scene, RandomStream.of(4, "test")).rgb();
        assertArrayEquals(
                once, Renderer.render(scene, RandomStream.of(4, "test")).rgb());
        assertTrue(!Arrays.equals(
                once, Renderer.render(scene, RandomStream.of(5, "test")).rgb()));
    }

    @Test
    void spritesDifferClearly() {
        var sprites = ObjectType.Group.SPRITE.things();
        for (var a : sprites) {
            for (var b : sprites.subList(0, sprites.indexOf(a))) {
                var one = Bitmap.of(a, 0).covered();
                var other = Bitmap.of(b, 0).covered();
                var differing = 0;
                for (var i = 0; i < one.length; i++) {
                    differing += one[i] == other[i] ? 0 : 1;
                }
                assertTrue(differing >= 8 * 4, a + " and " + b + " differ in " + differing / 4 + " dots");
            }
        }
    }

    private static Set<Integer> changed(Pixels one, Pixels other) {
        var places = new HashSet<Integer>();
        for (var i = 0; i < one.rgb().length; i++) {
            if (one.rgb()[i] != other.rgb()[i]) {
                places.add(i / 3);
            }
        }
        return places;
    }
}
