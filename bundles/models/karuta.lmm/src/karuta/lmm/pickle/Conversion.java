package karuta.lmm.pickle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.safetensors.DiskSpace;
import karuta.safetensors.SafeTensorsWriter;
import karuta.safetensors.SafeTensorsWriter.Source;
import karuta.safetensors.ShardIndex;
import karuta.safetensors.ShardIndex.Format;

/** Turns pickles into safetensors files of the same tensors. */
public final class Conversion {

    private static final String PICKLE = "pytorch_model.bin";
    private static final String SAFETENSORS = "model.safetensors";

    /** A file and what it becomes. */
    private record Shard(Path from, Path to) {}

    private final List<Shard> shards;
    private final Optional<ShardIndex> index;
    private final Path target;

    private Conversion(List<Shard> shards, Optional<ShardIndex> index, Path target) {
        this.shards = shards;
        this.index = index;
        this.target = target;
    }

    /**
     * Finds out what there is to do.
     *
     * @param in a file of {@code torch.save}, or a folder with {@code pytorch_model.bin} or its index and shards
     * @param out the folder to write to, or for a file perhaps the file to write; beside what is read, if empty
     * @throws KarutaException if there is nothing to convert, or it has been converted already
     */
    public static Conversion of(Path in, Optional<Path> out) {
        if (Files.isRegularFile(in)) {
            return file(in, out);
        }
        var target = out.orElse(in);
        for (var name : List.of(SAFETENSORS, Format.SAFETENSORS.index())) {
            requireNew(target.resolve(name));
        }
        if (Files.isRegularFile(in.resolve(PICKLE))) {
            var shard = new Shard(in.resolve(PICKLE), target.resolve(SAFETENSORS));
            return new Conversion(List.of(shard), Optional.empty(), target);
        }
        if (Format.PICKLE.isIn(in)) {
            var index = ShardIndex.read(in, Format.PICKLE);
            return new Conversion(shards(in, index.shards(), target), Optional.of(index), target);
        }
        throw new KarutaException(
                in + " is neither a file nor a folder with " + PICKLE + " or " + Format.PICKLE.index() + ".",
                "Give the folder of a model, or a file by its name.");
    }

    private static Conversion file(Path in, Optional<Path> out) {
        var name = in.getFileName().toString().replaceFirst("\\.(bin|pt|pth)$", "") + ".safetensors";
        var to = out.map(path -> Files.isDirectory(path) ? path.resolve(name) : path)
                .orElse(in.resolveSibling(name))
                .toAbsolutePath();
        requireNew(to);
        return new Conversion(List.of(new Shard(in, to)), Optional.empty(), to.getParent());
    }

    private static List<Shard> shards(Path in, Set<String> names, Path target) {
        var shards = new ArrayList<Shard>();
        for (var name : names) {
            var to = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", shards.size() + 1, names.size());
            requireNew(target.resolve(to));
            shards.add(new Shard(in.resolve(name), target.resolve(to)));
        }
        return shards;
    }

    private static void requireNew(Path path) {
        if (Files.exists(path)) {
            throw new KarutaException(path + " exists already.", "Remove it, or name another place to write to.");
        }
    }

    /**
     * Writes the files: all of them or, where one cannot be read or written, none.
     *
     * @param log gets a line with the size before anything is written, and one per file
     * @throws KarutaException if a file is refused, or the disk is too small
     */
    public void run(Consumer<String> log) {
        var files = new HashMap<String, String>();
        var size = new DiskSpace(
                shards.stream().mapToLong(shard -> examine(shard, files)).sum());
        log.accept(files.size() + " tensor(s), " + size + " in " + shards.size() + " file(s)");
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new KarutaException("Cannot make the folder " + target + ": " + e, "Check its access rights.", e);
        }
        size.require(target, "Give another folder.");
        try {
            shards.forEach(shard -> log.accept(write(shard)));
            if (index.isPresent()) {
                new ShardIndex(Format.SAFETENSORS, files).write(target, size.bytes());
            }
        } catch (RuntimeException e) {
            shards.forEach(Conversion::remove);
            throw e;
        }
    }

    /** Notes where each tensor will be, and says how many bytes they take. */
    private long examine(Shard shard, Map<String, String> files) {
        try (var file = TorchFile.open(shard.from())) {
            var name = shard.from().getFileName().toString();
            index.ifPresent(table -> table.requireAll(name, file.tensors().keySet()));
            for (var tensor : file.tensors().keySet()) {
                if (files.put(tensor, shard.to().getFileName().toString()) != null) {
                    throw new KarutaException(
                            shard.from() + " and a file before it both hold tensor " + PickleException.shown(tensor)
                                    + ".",
                            "Fetch all files of the model again.");
                }
            }
            return file.sources().stream().mapToLong(Source::bytes).sum();
        }
    }

    private static String write(Shard shard) {
        try (var file = TorchFile.open(shard.from())) {
            SafeTensorsWriter.write(shard.to(), file.sources(), Map.of("format", "pt"));
            return "wrote " + shard.to() + " (" + file.tensors().size() + " tensor(s))";
        }
    }

    private static void remove(Shard shard) {
        try {
            Files.deleteIfExists(shard.to());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
