package karuta.suite;

import java.util.Map;
import java.util.Optional;

/**
 * A file beside the samples, whose entries are joined to the test samples.
 *
 * @param name what layouts call it
 * @param entries how they lie in the file
 * @param join what says which sample an entry belongs to
 * @param fields paths in an entry of what becomes a field of the sample, by the field's name
 * @param references path in an entry of what becomes a reference of the sample: those of all its entries, in the order of the
 *     file, instead of what the test file says
 * @param letter path in an entry of the index of the right choice, from 0 on: its letter is the reference
 * @param pictures where the file names the image of every entry, to be compared with the sample's
 * @param without what is lost where the file is not there; empty if nothing can be read without it
 */
public record Side(
        String name,
        Entries entries,
        Join join,
        Map<String, String> fields,
        Optional<String> references,
        Optional<String> letter,
        Optional<Pictures> pictures,
        Optional<String> without) {

    /** How entries lie in a file. */
    public sealed interface Entries {

        /** Whose they are: {@code {"11": {...}, "12": {...}}}. */
        record ById() implements Entries {}

        /**
         * A list of objects.
         *
         * @param member of the file's object that holds the list; empty if the file is the list
         * @param id path of the id in an entry
         */
        record Listed(Optional<String> member, String id) implements Entries {}

        /**
         * Nothing but ids: those of the split that the published script counts.
         *
         * @param member of the file's object that lists them
         */
        record Ids(String member) implements Entries {}
    }

    /** What says which sample an entry belongs to. */
    public enum Join {
        /** The entry's id is the sample's. */
        ID,
        /** The entry's id is the number of the sample in the test file, from 1 on. */
        NUMBER
    }

    /**
     * A list of images in the same file.
     *
     * @param member of the file's object that holds it
     * @param id path of the id in an element
     * @param file path of the file's name in an element: equal to that of the sample's image, but for folder and extension
     */
    public record Pictures(String member, String id, String file) {}
}
