package karuta.intake;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.samples.ImageRoot;

/**
 * A folder per class: what is in it, however deep, is called as it is. Hidden files are passed over.
 *
 * @param root that holds the folders
 */
record ClassRows(Path root) implements Rows {

    private static final List<String> SAMPLES = List.of("train.json", "train.jsonl");

    @Override
    public void each(Sink sink) {
        var children = children(root);
        refuseTasks(children);
        var classes = children.stream().filter(Files::isDirectory).toList();
        if (classes.isEmpty()) {
            throw new KarutaException(
                    "The folder " + root + " holds no folder per class: its " + children.size()
                            + " files have no answers.",
                    "Put the images of each class into a folder with its name, or give a table that names images and"
                            + " answers.");
        }
        children.stream()
                .filter(child -> !Files.isDirectory(child))
                .forEach(file -> sink.leave(Reason.NO_ANSWER, file + " lies in no class's folder."));
        for (var name : classes) {
            if (!ImageRoot.isWithin(root, name)) {
                sink.leave(Reason.OUTSIDE, name + " is a link that leads out of " + root + ".");
                continue;
            }
            files(name).forEach(file -> {
                var object = new JsonObject();
                var path = root.relativize(file).toString();
                object.addProperty("id", path);
                object.addProperty("image", path);
                object.addProperty("answer", name.getFileName().toString());
                sink.row(object, file.toString());
            });
        }
    }

    private void refuseTasks(List<Path> children) {
        Stream.concat(Stream.of(root), children.stream())
                .filter(folder -> SAMPLES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name))))
                .findFirst()
                .ifPresent(task -> {
                    throw new KarutaException(
                            "The folder " + task + " is a task's already: it has samples.",
                            "Look at it with `karuta data "
                                    + (task.equals(root) ? root.resolve("..").normalize() : root) + "`.");
                });
    }

    private static List<Path> children(Path folder) {
        try (var all = Files.list(folder)) {
            return all.filter(path -> !isHidden(path)).sorted().toList();
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
    }

    private static List<Path> files(Path folder) {
        try (var all = Files.walk(folder.toRealPath())) {
            var real = folder.toRealPath();
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(real::relativize)
                    .filter(path -> Stream.iterate(path, Path::getParent)
                            .limit(path.getNameCount())
                            .noneMatch(ClassRows::isHidden))
                    .sorted()
                    .map(folder::resolve)
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw unreadable(folder, unreadable);
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static KarutaException unreadable(Path folder, Exception why) {
        return new KarutaException(
                "The folder " + folder + " cannot be read (" + why.getMessage() + ").", "May this user read it?", why);
    }
}
