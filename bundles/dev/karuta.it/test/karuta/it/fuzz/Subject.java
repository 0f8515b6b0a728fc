package karuta.it.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Something that people give to Karuta.
 *
 * @param name of it
 * @param folder a right one, copied for every file that is damaged
 * @param files those that are damaged, relative to the folder
 * @param share of all damaged files that go here, in percent
 * @param sealed whether every change must be noticed, since the files carry a checksum
 * @param use what Karuta does with the folder
 */
record Subject(String name, Path folder, List<String> files, int share, boolean sealed, Use use) {

    /** Reads a folder as the program would. */
    @FunctionalInterface
    interface Use {

        void of(Path folder) throws Exception;
    }

    /** Copies the folder with one file damaged, and tells which. */
    String damage(long seed, Path copy) throws IOException {
        var random = new SplittableRandom(seed);
        var file = files.get(random.nextInt(files.size()));
        try (var all = Files.walk(folder)) {
            for (var from : all.toList()) {
                var to = copy.resolve(folder.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else if (from.equals(folder.resolve(file))) {
                    Files.write(to, new Mutation(random.nextLong()).of(Files.readAllBytes(from)));
                } else {
                    Files.createLink(to, from);
                }
            }
        }
        return file;
    }
}
