package karuta.bench.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Picture;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.picture.ImageFiles;

/**
 * A split of a task.
 *
 * @param root of the benchmark
 * @param folder of the task
 * @param name of the file in it
 * @param files how pictures are read
 */
record TaskFile(Path root, Path folder, String name, ImageFiles files) {

    /**
     * Reads the samples. A conversation of several turns gives one sample for each, which does not see the turns before
     * it; the second one's id is that of the conversation and {@code #2}.
     *
     * @param limit how many at most; 0 for all
     */
    List<Sample> samples(int limit) {
        var file = folder.resolve(name);
        var content = JsonFile.read(file);
        if (!content.isJsonArray()) {
            throw new KarutaException("The file " + file + " is no JSON list.", "It must hold a list of samples.");
        }
        var samples = new ArrayList<Sample>();
        var ids = new HashSet<String>();
        var elements = content.getAsJsonArray();
        for (var i = 0; i < elements.size() && (limit == 0 || samples.size() < limit); i++) {
            var where = "The file " + file + ", element " + (i + 1);
            var entry = Entry.read(elements.get(i), where);
            if (!ids.add(entry.id())) {
                throw new KarutaException(
                        where + " has the id " + entry.id() + ", which an element before it has too.",
                        "Ids must be unique in a file.");
            }
            var picture = entry.image().map(image -> picture(image, where));
            for (var turn = 0; turn < entry.turns().size(); turn++) {
                samples.add(sample(entry, turn, picture));
            }
        }
        return limit == 0 ? samples : samples.subList(0, Math.min(limit, samples.size()));
    }

    private static Sample sample(Entry entry, int turn, Optional<Picture> picture) {
        var said = entry.turns().get(turn);
        var id = turn == 0 ? entry.id() : entry.id() + "#" + (turn + 1);
        return new Sample(id, new Query(picture, said.question()), said.answer());
    }

    private Picture picture(String image, String where) {
        return Stream.of(folder, root)
                .map(base -> base.resolve(image))
                .filter(Files::isRegularFile)
                .findFirst()
                .<Picture>map(file -> new ImageFile(file, files))
                .orElseThrow(() -> new KarutaException(
                        where + " has the image " + image + ", which is neither in " + folder + " nor in " + root + ".",
                        "Put the image there, or correct the path in the file."));
    }
}
