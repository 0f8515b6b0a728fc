package karuta.intake;

import java.util.List;
import java.util.stream.Stream;
import karuta.samples.Entry;
import karuta.samples.Entry.Said;

/**
 * A sample whose images can be read.
 *
 * @param task whose folder it comes into
 * @param entry what it says
 * @param photos its images
 * @param where it is, for messages
 */
record Item(String task, Entry entry, List<Photo> photos, String where) {

    /** Copies the list. */
    Item {
        photos = List.copyOf(photos);
    }

    /**
     * What is asked: everything but the last answer.
     *
     * @param task of the sample
     * @param pixels of the images
     * @param said all that is said up to the last question
     */
    record Asked(String task, List<String> pixels, List<String> said) {}

    Asked asked() {
        var turns = entry.turns();
        var last = turns.size() - 1;
        var said = Stream.concat(
                turns.subList(0, last).stream()
                        .flatMap(turn -> Stream.concat(Stream.of(turn.question()), turn.answers().stream())),
                Stream.of(turns.get(last).question()));
        return new Asked(task, photos.stream().map(Photo::pixels).toList(), said.toList());
    }

    /** What the last question is answered by. */
    List<String> answers() {
        return entry.turns().get(entry.turns().size() - 1).answers();
    }

    /**
     * What may not be on both sides: its images, or without any what is asked.
     *
     * @return at least one name
     */
    List<String> halves() {
        return photos.isEmpty()
                ? List.of("text:" + String.join("\n", asked().said()))
                : photos.stream().map(Photo::pixels).distinct().toList();
    }

    /** The same with other answers to its last question. */
    Item answering(List<String> answers) {
        var turns = new java.util.ArrayList<>(entry.turns());
        var last = turns.remove(turns.size() - 1);
        turns.add(new Said(last.question(), answers));
        return new Item(task, entry.with(turns, entry.fields()), photos, where);
    }
}
