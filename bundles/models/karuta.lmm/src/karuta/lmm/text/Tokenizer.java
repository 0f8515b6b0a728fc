package karuta.lmm.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.lmm.tokenizer.TokenizerFile;
import karuta.tensor.TorchEngine;

/**
 * The tokenizer that a {@code tokenizer.json} describes, taken as it is: nothing is truncated, nothing is padded. Any
 * number of threads may use it.
 */
public final class Tokenizer implements AutoCloseable {

    private static final int MAX_TEXT = 1 << 20;
    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerFile file;

    private Tokenizer(HuggingFaceTokenizer tokenizer, TokenizerFile file) {
        this.tokenizer = tokenizer;
        this.file = file;
    }

    /**
     * Opens the tokenizer of a model folder.
     *
     * @throws KarutaException if the folder has no usable {@code tokenizer.json}; what the native library could not
     *     stand is found before it sees the file
     */
    public static Tokenizer open(Path folder) {
        var file = TokenizerFile.read(folder.resolve("tokenizer.json"));
        try {
            return new Tokenizer(started(file.bytes()), file);
        } catch (IOException | RuntimeException e) {
            throw new KarutaException(
                    "Cannot use " + folder.resolve("tokenizer.json") + ": " + e.getMessage(),
                    "Give the folder a complete tokenizer.json; a tokenizer.model alone is not read.",
                    e);
        }
    }

    private static HuggingFaceTokenizer started(byte[] json) throws IOException {
        TorchEngine.start(); // keeps DJL from reporting to its makers
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        // DJL finds its natives, as resources, through the thread's class loader.
        thread.setContextClassLoader(HuggingFaceTokenizer.class.getClassLoader());
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
        } catch (LinkageError e) { // of the machine, not of the file
            throw new IOException("the native tokenizers of this machine's kind did not start (" + e + ")", e);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /**
     * Token ids of a text. Half a surrogate pair counts as the replacement character.
     *
     * @param text up to 2^20 characters
     * @param special whether the tokens are added that start and end every text, as the tokenizer has them
     */
    public long[] encode(String text, boolean special) {
        if (text.length() > MAX_TEXT) {
            throw new KarutaException(
                    "A text of " + text.length() + " characters begins with \"" + text.substring(0, 40) + "\".",
                    "Shorten it to " + MAX_TEXT + " characters.");
        }
        return tokenizer.encode(wellFormed(text), special, false).getIds();
    }

    /** The tokens of a text, as the vocabulary writes them, without those that start and end every text. */
    List<String> tokens(String text) {
        return List.of(tokenizer.encode(wellFormed(text), false, false).getTokens());
    }

    /** Whether a token stands for a piece of text that the vocabulary does not know: a single byte, or anything. */
    static boolean spelled(String token) {
        return token.equals("<unk>") || BYTE.matcher(token).matches();
    }

    /** The tokens that are matched as a whole wherever they stand in a text. */
    Set<String> special() {
        return file.added().keySet();
    }

    /** The text of token ids; with {@code skipSpecial} without that of special tokens. */
    public String decode(long[] ids, boolean skipSpecial) {
        return tokenizer.decode(ids, skipSpecial);
    }

    /**
     * The id of a token that is matched as a whole, such as {@code </s>}; not of the tokens that texts are cut into.
     */
    public OptionalInt idOf(String token) {
        return Optional.ofNullable(file.added().get(token)).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** All ids are smaller than this. */
    public int size() {
        return file.size();
    }

    /**
     * Checks that a model knows all the tokens.
     *
     * @param model number of tokens that it has embeddings of
     * @throws KarutaException if the tokenizer has more
     */
    public void requireWithin(int model) {
        if (size() > model) {
            throw new KarutaException(
                    "The tokenizer has " + size() + " tokens; the model knows " + model + ".",
                    "Give the model's folder its own tokenizer.json.");
        }
    }

    private static String wellFormed(String text) {
        var encoder = StandardCharsets.UTF_8.newEncoder();
        return encoder.canEncode(text)
                ? text
                : text.replaceAll("[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]", "\uFFFD");
    }

    /** Frees the native tokenizer. */
    @Override
    public void close() {
        tokenizer.close();
    }
}
