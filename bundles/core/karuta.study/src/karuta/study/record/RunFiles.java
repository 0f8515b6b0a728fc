package karuta.study.record;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import karuta.files.Sha256;
import karuta.files.WholeFile;
import karuta.study.FileHash;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.RunStatus;

/**
 * The files of a run folder, as the record lists them with size and hash.
 *
 * @param folder where
 */
record RunFiles(Path folder) {

    private static final long MAX_TEXT = 64 << 20;

    /** Reads something of a file. */
    @FunctionalInterface
    interface Reading<T> {

        T from(Path file) throws IOException;
    }

    /** Writes a text, and says what was written. */
    FileHash write(String name, String text) {
        return written(name, file -> WholeFile.ofOwner(file).write(text));
    }

    /** Does what writes a file, and says what was written. */
    FileHash written(String name, Reading<WholeFile.Written> writing) {
        var file = folder.resolve(name);
        try {
            return hash(name, writing.from(file));
        } catch (IOException e) {
            throw new RecordException("cannot write " + file + ": " + Reason.of(e), e);
        }
    }

    /** What a file is now. */
    FileHash hash(String name) {
        return hash(name, read(name, file -> new WholeFile.Written(Files.size(file), Sha256.of(file))));
    }

    private static FileHash hash(String name, WholeFile.Written written) {
        var hash = KarutaFactory.eINSTANCE.createFileHash();
        hash.setName(name);
        hash.setBytes(written.bytes());
        hash.setHash(written.sha256());
        return hash;
    }

    /** What the record says of a file. */
    static Optional<FileHash> of(Run run, String name) {
        return run.getFiles().stream()
                .filter(hash -> hash.getName().equals(name))
                .findFirst();
    }

    /** Lets the record say this of a file. */
    static void put(Run run, FileHash hash) {
        run.getFiles().removeIf(former -> former.getName().equals(hash.getName()));
        run.getFiles().add(hash);
    }

    /**
     * Checks that a file is what the record says; what an unfinished run has added to it since does not count.
     *
     * @throws DamagedRecordException if it is not
     */
    void check(Run run, FileHash listed) {
        read(listed.getName(), path -> {
            try (var file = FileChannel.open(path)) {
                var bytes = listed.getBytes();
                var grown = file.size() > bytes && run.getStatus() != RunStatus.FINISHED;
                if (file.size() != bytes && !grown) {
                    throw new JsonParseException(
                            "it has " + file.size() + " bytes, and " + RunFileNames.RUN + " says " + bytes);
                }
                demandHash(listed, new Sha256().add(file, 0, bytes).hex());
                return file;
            }
        });
    }

    private static void demandHash(FileHash listed, String found) {
        if (!found.equals(listed.getHash())) {
            throw new JsonParseException(
                    "its SHA-256 is " + found + ", and " + RunFileNames.RUN + " says " + listed.getHash());
        }
    }

    /** Whether a text has the hash that the record lists. */
    static boolean is(FileHash listed, String text) {
        return Sha256.of(text).equals(listed.getHash());
    }

    /** Reads a text and makes something of it. */
    <T> T text(String name, Function<byte[], T> parse) {
        return read(name, file -> {
            if (Files.size(file) > MAX_TEXT) {
                throw new JsonParseException("it has more than " + MAX_TEXT + " bytes");
            }
            return parse.apply(Files.readAllBytes(file));
        });
    }

    static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonParseException("it is no text in UTF-8", e);
        }
    }

    private <T> T read(String name, Reading<T> reading) {
        var file = folder.resolve(name);
        try {
            return reading.from(file);
        } catch (NoSuchFileException e) {
            throw new DamagedRecordException(file, "it is missing", e);
        } catch (IOException e) {
            throw new RecordException("cannot read " + file + ": " + Reason.of(e), e);
        } catch (JsonParseException e) {
            throw new DamagedRecordException(file, e.getMessage(), e);
        }
    }
}
