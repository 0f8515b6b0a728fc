package karuta.bench.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.samples.Elements;
import karuta.samples.EntryReader;
import karuta.samples.Pictures;
import karuta.samples.SampleList;
import karuta.samples.Shape;

/** The file of a split of a task. */
final class TaskFile {

    private TaskFile() {}

    /**
     * What was read.
     *
     * @param samples in the order of the file
     * @param notes what their user must know
     */
    record Split(List<Sample> samples, List<String> notes) {}

    /**
     * Reads {@code NAME.json} or {@code NAME.jsonl}.
     *
     * @param folder of the task
     * @param limit how many samples at most, from the first on; 0 for all. What comes after is not looked at
     */
    static Split read(Path folder, String name, int limit, Pictures pictures, boolean dropSystem) {
        var file = find(folder, name);
        var list = new SampleList(file, pictures);
        var reader = new EntryReader(Shape.LLAVA.droppingSystem(dropSystem));
        new Elements(file).each((element, where) -> {
            list.add(reader.read(element, where), where);
            return limit == 0 || list.size() < limit;
        });
        var most = limit == 0 ? list.size() : Math.min(limit, list.size());
        return new Split(list.samples().subList(0, most), list.notes());
    }

    /** Whether a folder has a split, in one form or the other. */
    static boolean has(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name + ".json"))
                || Files.isRegularFile(folder.resolve(name + ".jsonl"));
    }

    /** The file of a split. */
    static Path find(Path folder, String name) {
        var list = folder.resolve(name + ".json");
        var lines = folder.resolve(name + ".jsonl");
        if (Files.isRegularFile(list) && Files.isRegularFile(lines)) {
            throw new KarutaException(
                    "There are two files of samples, " + list + " and " + lines + ".", "Take one away.");
        }
        return Files.isRegularFile(lines) ? lines : list;
    }
}
